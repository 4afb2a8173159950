using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class ChartConstantsTests
{
    // Printed tables differ by one in the third decimal, as d2 and d3 were rounded before or after the division.
    private const double ThirdDecimal = 0.00105;

    [Test]
    public void EverySize_AgreesWithTheRangeOfNormalReadings()
    {
        for (int size = ChartConstants.MinSize; size <= ChartConstants.MaxSize; size++)
        {
            ChartConstants factors = ChartConstants.Of(size);
            (double mean, double deviation) = RangeOfNormal(size);

            Assert.That(factors.Size, Is.EqualTo(size));
            Assert.That(factors.RangePerSigma, Is.EqualTo(mean).Within(ThirdDecimal), $"d2 of {size}");
            Assert.That(factors.A2, Is.EqualTo(3d / (mean * Math.Sqrt(size))).Within(ThirdDecimal), $"A2 of {size}");
            Assert.That(
                factors.Lower,
                Is.EqualTo(Math.Max(0d, 1d - (3d * deviation / mean))).Within(ThirdDecimal),
                $"D3 of {size}");
            Assert.That(
                factors.Upper, Is.EqualTo(1d + (3d * deviation / mean)).Within(ThirdDecimal), $"D4 of {size}");
        }
    }

    [TestCase(3, 1.023, 0, 2.574, 1.693)]
    [TestCase(5, 0.577, 0, 2.114, 2.326)]
    [TestCase(9, 0.337, 0.184, 1.816, 2.970)]
    public void SizesOfTheSheet_HaveTheFiguresDecidedForTheSite(
        int size, double a2, double lower, double upper, double rangePerSigma)
    {
        Assert.That(
            ChartConstants.Of(size), Is.EqualTo(new ChartConstants(size, a2, lower, upper, rangePerSigma)));
    }

    [TestCase(1)]
    [TestCase(26)]
    public void Size_OutsideTheTable_IsRefused(int size)
    {
        Assert.That(() => ChartConstants.Of(size), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    // Mean and deviation of the range of so many standard normal readings, by the trapezium rule.
    private static (double Mean, double Deviation) RangeOfNormal(int size)
    {
        const double step = 0.05;
        double[] f = [.. Enumerable.Range(0, 261).Select(i => Normal(-6.5 + (step * i)))];
        double mean = step * f.Sum(p => 1d - Math.Pow(p, size) - Math.Pow(1d - p, size));
        double square = 0d;
        for (int low = 0; low < f.Length; low++)
        {
            double below = 1d - Math.Pow(1d - f[low], size);
            square += (below - Math.Pow(f[low], size)) / 2d;
            for (int high = low + 1; high < f.Length; high++)
            {
                square += below - Math.Pow(f[high], size) + Math.Pow(f[high] - f[low], size);
            }
        }

        return (mean, Math.Sqrt((2d * step * step * square) - (mean * mean)));
    }

    // Normal distribution by Zelen and Severo's polynomial (Abramowitz and Stegun 26.2.17), good to 7.5e-8.
    private static double Normal(double x)
    {
        double t = 1d / (1d + (0.2316419 * Math.Abs(x)));
        double density = Math.Exp(-x * x / 2d) / Math.Sqrt(2d * Math.PI);
        double tail = density * t * (0.319381530 + (t * (-0.356563782
            + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x >= 0d ? 1d - tail : tail;
    }
}
