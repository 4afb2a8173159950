namespace CoatLine.Domain.Spc;

/// <summary>The F distribution, as far as an analysis of variance needs it.</summary>
internal static class FDistribution
{
    private const int MaxTerms = 500;
    private const double Precision = 1e-14;
    private const double NearZero = 1e-300;

    // Lanczos' approximation of ln Γ with g = 7; good to about 1e-14 for arguments from one half.
    private const double LanczosShift = 7.5;

    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Chance of a greater quotient when there is no effect.</summary>
    /// <param name="quotient">F, ≥ 0.</param>
    /// <param name="above">Degrees of freedom of the numerator, from 1.</param>
    /// <param name="below">Degrees of freedom of the denominator, from 1.</param>
    public static double UpperTail(double quotient, int above, int below) =>
        double.IsPositiveInfinity(quotient)
            ? 0d
            : IncompleteBeta(below / (below + (above * quotient)), below / 2d, above / 2d);

    // The regularized incomplete beta function by its continued fraction, evaluated from the front (Lentz).
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0d or >= 1d)
        {
            return x <= 0d ? 0d : 1d;
        }

        // The fraction converges fast on this side only; the other side is its mirror image.
        if (x > (a + 1d) / (a + b + 2d))
        {
            return 1d - IncompleteBeta(1d - x, b, a);
        }

        double front = Math.Exp(
            LnGamma(a + b) - LnGamma(a) - LnGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1d - x))) / a;
        return front * Fraction(x, a, b);
    }

    private static double Fraction(double x, double a, double b)
    {
        double value = 1d;
        double above = 1d;
        double below = 0d;
        for (int term = 1; term <= MaxTerms; term++)
        {
            int m = term / 2;
            double factor = term % 2 == 0
                ? m * (b - m) * x / ((a + (2d * m) - 1d) * (a + (2d * m)))
                : -(a + m) * (a + b + m) * x / ((a + (2d * m)) * (a + (2d * m) + 1d));
            below = 1d / NotZero(1d + (factor * below));
            above = NotZero(1d + (factor / above));
            value *= above * below;
            if (Math.Abs((above * below) - 1d) < Precision)
            {
                break;
            }
        }

        return 1d / value;
    }

    private static double NotZero(double value) => Math.Abs(value) < NearZero ? NearZero : value;

    private static double LnGamma(double x)
    {
        double sum = Lanczos[0];
        for (int i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x - 1d + i);
        }

        double shifted = x - 1d + LanczosShift;
        return (Math.Log(2d * Math.PI) / 2d) + ((x - 0.5) * Math.Log(shifted)) - shifted + Math.Log(sum);
    }
}
