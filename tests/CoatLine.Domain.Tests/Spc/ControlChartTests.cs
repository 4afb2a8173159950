using System.Reflection;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Spc;

public sealed class ControlChartTests
{
    // Flow rates of NIST/SEMATECH e-Handbook 6.3.2.2, individuals control charts.
    private static readonly double[] FlowRates = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

    [Test]
    public void Individuals_OfTheHandbooksFlowRates_HaveThePublishedLimits()
    {
        IndividualsLimits limits = Limits(Lots(FlowRates));

        // The handbook divides by 1.128; 2.660 is that quotient rounded, hence the fourth decimal.
        Assert.That(limits.Values.Centre, Is.EqualTo(50.81).Within(1e-9));
        Assert.That(limits.Ranges.Centre, Is.EqualTo(1.8778).Within(0.00005));
        Assert.That(limits.Values.Upper, Is.EqualTo(55.8041).Within(0.002));
        Assert.That(limits.Values.Lower, Is.EqualTo(45.8159).Within(0.002));
        Assert.That(limits.Ranges.Upper, Is.EqualTo(3.267 * 1.8778).Within(0.0005));
        Assert.That(limits.Ranges.Lower, Is.Zero);
        Assert.That(limits.SigmaWithin, Is.EqualTo(1.8778 / 1.128).Within(0.0001));
        Assert.That(limits.Judge(Lots(FlowRates)), Is.Empty, "the handbook finds the process in control");
    }

    [Test]
    public void Individuals_WithInvalidAndWaivedLots_AreAsWithoutThem()
    {
        List<LotValue> lots = [.. Lots(FlowRates)];
        lots.Insert(3, new LotValue("bad reading", 90d, LotStanding.Invalid));
        lots.Insert(7, new LotValue("waived", 10d, LotStanding.Waived));

        Assert.That(Limits(lots), Is.EqualTo(Limits(Lots(FlowRates))));
        Assert.That(Limits(lots).Judge(lots), Is.Empty);
    }

    [Test]
    public void FrozenLimits_OnALaterLot_SignalValueAndRange()
    {
        IndividualsLimits frozen = Limits(Lots(FlowRates));

        ChartSignal[] signals = [.. frozen.Judge([.. Lots(FlowRates), new LotValue("jump", 60d)])];

        Assert.That(
            signals,
            Is.EqualTo(new[]
            {
                new ChartSignal(NelsonRule.BeyondLimit, "jump", ChartPart.Location),
                new ChartSignal(NelsonRule.BeyondLimit, "jump", ChartPart.Range),
            }));
    }

    [TestCase(19, true)]
    [TestCase(20, false)]
    public void Limits_OfFewerThanTwentyLots_AreProvisional(int lots, bool provisional)
    {
        double[] values = [.. Enumerable.Range(0, lots).Select(i => (double)(i % 3))];
        Subgroup[] groups = [.. values.Select((v, i) => new Subgroup($"{i}", [v, v + 1d]))];

        Assert.That(Limits(Lots(values)).IsProvisional, Is.EqualTo(provisional));
        Assert.That(Limits(groups).IsProvisional, Is.EqualTo(provisional));
    }

    [Test]
    public void Limits_OfOneValidLot_AreRefused()
    {
        bool made = IndividualsLimits.TryOf(
            [new LotValue("1", 1d), new LotValue("2", 2d, LotStanding.Waived)], out _, out string? refusal);

        Assert.That(made, Is.False);
        Assert.That(refusal, Does.Contain("1 valid lots"));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Lot_WithoutAFiniteNumber_IsAProgrammersMistake(double value)
    {
        Assert.That(() => new LotValue("1", value), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Subgroups_OfNineSites_UseTheFactorsOfNine()
    {
        // Means 10, 11, 12 and ranges 8, 4, 6: X̿ 11, R̄ 6.
        SubgroupLimits limits = Limits([Nine("1", 10d, 8d), Nine("2", 11d, 4d), Nine("3", 12d, 6d)]);

        Assert.That(limits.Means.Centre, Is.EqualTo(11d).Within(1e-9));
        Assert.That(limits.Means.Upper, Is.EqualTo(11d + (0.337 * 6d)).Within(1e-9));
        Assert.That(limits.Means.Lower, Is.EqualTo(11d - (0.337 * 6d)).Within(1e-9));
        Assert.That(limits.Ranges.Lower, Is.EqualTo(0.184 * 6d).Within(1e-9));
        Assert.That(limits.Ranges.Upper, Is.EqualTo(1.816 * 6d).Within(1e-9));
        Assert.That(limits.SigmaWithin, Is.EqualTo(6d / 2.970).Within(1e-9));
    }

    [Test]
    public void Subgroups_OfThePistonRings_HaveThePublishedLimits()
    {
        // D. C. Montgomery, Introduction to Statistical Quality Control, piston-ring example: samples of five with
        // X̿ 74.001 mm and R̄ 0.023 mm have limits 73.988 and 74.014, and 0.049 for the ranges.
        Subgroup[] samples = [Five("1", 74.006, 0.020), Five("2", 73.996, 0.026)];

        SubgroupLimits limits = Limits(samples);

        Assert.That(limits.Means.Centre, Is.EqualTo(74.001).Within(1e-9));
        Assert.That(limits.Ranges.Centre, Is.EqualTo(0.023).Within(1e-9));
        Assert.That($"{limits.Means.Lower:0.000} {limits.Means.Upper:0.000}", Is.EqualTo("73.988 74.014"));
        Assert.That($"{limits.Ranges.Lower:0.000} {limits.Ranges.Upper:0.000}", Is.EqualTo("0.000 0.049"));
    }

    [Test]
    public void Subgroups_WithARangeTooSmallOrTooGreat_SignalIt()
    {
        SubgroupLimits limits = Limits([Nine("1", 10d, 8d), Nine("2", 11d, 4d), Nine("3", 12d, 6d)]);

        ChartSignal[] signals = [.. limits.Judge(
            [Nine("narrow", 11d, 1d), Nine("fair", 11d, 6d), Nine("wide", 11d, 11d)], NelsonRules.Default)];

        Assert.That(signals.Select(s => (s.Lot, s.Chart)),
            Is.EqualTo(new[] { ("narrow", ChartPart.Range), ("wide", ChartPart.Range) }));
    }

    [Test]
    public void Subgroups_OfMixedSizes_AreRefused()
    {
        bool made = SubgroupLimits.TryOf(
            [new Subgroup("1", [1d, 2d]), new Subgroup("2", [1d, 2d, 3d])], out _, out string? refusal);

        Assert.That(made, Is.False);
        Assert.That(refusal, Does.Contain("2 has 3 readings, 1 has 2"));
    }

    [TestCase(1)]
    [TestCase(26)]
    public void Subgroups_OfASizeWithoutFactors_AreRefused(int size)
    {
        Subgroup[] groups =
            [.. Enumerable.Range(1, 3).Select(i => new Subgroup($"{i}", [.. Enumerable.Repeat(1d, size)]))];

        Assert.That(SubgroupLimits.TryOf(groups, out _, out string? refusal), Is.False);
        Assert.That(refusal, Does.Contain("2 to 25"));
    }

    [Test]
    public void ControlLimits_AreNeverMadeOfSpecifications()
    {
        Type[] charts = [typeof(ControlLimits), typeof(IndividualsLimits), typeof(SubgroupLimits), typeof(NelsonRules)];
        IEnumerable<Type> taken = charts
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
            .OfType<MethodBase>()
            .SelectMany(m => m.GetParameters())
            .Select(p => p.ParameterType);

        Assert.That(taken, Is.Not.Empty);
        Assert.That(taken, Has.None.EqualTo(typeof(SpecificationLimits)));
    }

    private static Subgroup Nine(string lot, double mean, double range) => new(
        lot, [mean - (range / 2d), .. Enumerable.Repeat(mean, 7), mean + (range / 2d)]);

    private static Subgroup Five(string lot, double mean, double range) => new(
        lot, [mean - (range / 2d), mean, mean, mean, mean + (range / 2d)]);

    private static LotValue[] Lots(double[] values) => [.. values.Select((v, i) => new LotValue($"lot {i + 1}", v))];

    private static IndividualsLimits Limits(IReadOnlyList<LotValue> lots)
    {
        Assert.That(IndividualsLimits.TryOf(lots, out IndividualsLimits? limits, out string? refusal), refusal);
        return limits!;
    }

    private static SubgroupLimits Limits(IReadOnlyList<Subgroup> subgroups)
    {
        Assert.That(SubgroupLimits.TryOf(subgroups, out SubgroupLimits? limits, out string? refusal), refusal);
        return limits!;
    }
}
