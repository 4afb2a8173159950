using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class ProcessCapabilityTests
{
    [Test]
    public void Indices_OfTheHandbooksExample_AreThePublishedOnes()
    {
        // NIST/SEMATECH e-Handbook 6.1.6: limits 8 and 20, mean 16, standard deviation 2.
        CapabilityIndices indices = CapabilityIndices.Of(16d, 2d, new SpecificationLimits(8d, 20d));

        Assert.That(indices.Both, Is.EqualTo(1.0).Within(1e-12));
        Assert.That(indices.Upper, Is.EqualTo(0.6667).Within(0.00005));
        Assert.That(indices.Lower, Is.EqualTo(1.3333).Within(0.00005));
        Assert.That(indices.Least, Is.EqualTo(0.6667).Within(0.00005));
    }

    [Test]
    public void Indices_WithAnUpperLimitOnly_AreOneSided()
    {
        CapabilityIndices indices = CapabilityIndices.Of(36.4, 0.9, new SpecificationLimits(null, 40d));

        Assert.That(indices.Both, Is.Null);
        Assert.That(indices.Lower, Is.Null);
        Assert.That(indices.Upper, Is.EqualTo(1.3333).Within(0.00005));
        Assert.That(indices.Least, Is.EqualTo(indices.Upper));
    }

    [Test]
    public void Capability_OfTheHandbooksFlowRates_TellsWithinFromOverall()
    {
        double[] values = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

        ProcessCapability capability = Of(values, new SpecificationLimits(45d, 56d));

        // σ within is MR̄/1.128 = 1.6647, overall the standard deviation 2.0158 of the ten.
        Assert.That(capability.Within.Both, Is.EqualTo(11d / (6d * 1.6647)).Within(0.0005));
        Assert.That(capability.Overall.Both, Is.EqualTo(11d / (6d * Deviation(values))).Within(1e-9));
        Assert.That(capability.Within.Least, Is.EqualTo((56d - 50.81) / (3d * 1.6647)).Within(0.0005));
        Assert.That(capability.Overall.Least, Is.LessThan(capability.Within.Least));
        Assert.That(capability.IsProvisional, Is.True);
        Assert.That(capability.IsReleasableAt(1.33), Is.False, "ten lots prove nothing");
    }

    [TestCase(0.997, true)]
    [TestCase(1.003, false)]
    public void Capability_AtCpk133_ReleasesOnOneSideOnly(double spread, bool releasable)
    {
        // Zigzag of two values: MR̄ is their distance, so Cpk = room/(3·distance/1.128) = 1.33 at spread 1.
        double half = spread / 2d;
        double[] values = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? -half : half)];
        double room = 1.33 * 3d / 1.128;

        Assert.That(Of(values, new SpecificationLimits(-room, room)).IsReleasableAt(1.33), Is.EqualTo(releasable));
    }

    [Test]
    public void Capability_OfTheRatio_IsJudgedOnItsLogarithm()
    {
        // ln R zigzags ± 0.02 about ln 7: MR̄ 0.04.
        LotValue[] ratios = [.. Enumerable.Range(0, 20).Select(i =>
            new LotValue($"{i}", 7d * Math.Exp(i % 2 == 0 ? -0.02 : 0.02)))];

        Assert.That(ProcessCapability.TryOfRatio(ratios, out ProcessCapability? capability, out _), Is.True);

        double sigma = 0.04 / 1.128;
        double expected = Math.Min(Math.Log(10d) - Math.Log(7d), Math.Log(7d) - Math.Log(5d)) / (3d * sigma);
        Assert.That(capability!.Mean, Is.EqualTo(Math.Log(7d)).Within(1e-12));
        Assert.That(capability.Within.Least, Is.EqualTo(expected).Within(1e-9));
        Assert.That(capability.Within.Least, Is.EqualTo(capability.Within.Lower), "7 lies nearer to 5 in logarithms");
    }

    [Test]
    public void Capability_WithAWaivedLot_IsAsWithoutIt()
    {
        LotValue[] lots = [new("1", 6.9), new("2", 7.1), new("w", 10.25, LotStanding.Waived), new("3", 7.0)];
        LotValue[] without = [lots[0], lots[1], lots[3]];

        ProcessCapability.TryOfRatio(lots, out ProcessCapability? all, out _);
        ProcessCapability.TryOfRatio(without, out ProcessCapability? valid, out _);

        Assert.That(all, Is.Not.Null.And.EqualTo(valid));
    }

    [Test]
    public void Capability_OfEqualValues_IsRefused()
    {
        LotValue[] lots = [new("1", 7d), new("2", 7d), new("3", 7d)];

        Assert.That(
            ProcessCapability.TryOf(lots, new SpecificationLimits(5d, 10d), out _, out string? refusal), Is.False);
        Assert.That(refusal, Does.Contain("no spread"));
    }

    [Test]
    public void Specification_WithoutAnEndOrUpsideDown_IsAProgrammersMistake()
    {
        Assert.That(() => new SpecificationLimits(null, null), Throws.ArgumentException);
        Assert.That(() => new SpecificationLimits(2d, 2d), Throws.ArgumentException);
    }

    private static ProcessCapability Of(double[] values, SpecificationLimits specification)
    {
        LotValue[] lots = [.. values.Select((v, i) => new LotValue($"{i}", v))];
        Assert.That(
            ProcessCapability.TryOf(lots, specification, out ProcessCapability? capability, out string? refusal),
            refusal);
        return capability!;
    }

    private static double Deviation(double[] values) =>
        Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1));
}
