using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Tests.Quality;

namespace CoatLine.Domain.Tests.Rules;

public sealed class RunRulesTests
{
    private static readonly SiteParameters Site = SiteParameters.Default;

    [TestCase(60.1, 60.1, 100, 0)]
    [TestCase(62.1, 60.1, 100, 0)]
    [TestCase(62.2, 61.1, 100, 1)] // left 2.1 off
    [TestCase(61.2, 59.1, 100, 1)] // 2.1 apart
    [TestCase(60.1, 60.1, 7200, 0)]
    [TestCase(60.1, 60.1, 7201, 1)] // pot life
    public void Coat_AtItsTolerances_IsInclusive(decimal left, decimal right, decimal age, int failures)
    {
        CoatMeasured coat = new(SubLayer.Top, new(60.1m), new(left), new(right), new Seconds(age));

        Assert.That(RunRules.CheckCoat(coat, Site).Count(c => c.Verdict == Verdict.Fail), Is.EqualTo(failures));
    }

    [Test]
    public void Coat_WithAGapOfBadQuality_IsNotMeasured()
    {
        CoatMeasured coat = new(SubLayer.Top, new(60.1m), null, new(60.1m), new Seconds(100m));

        Assert.That(
            RunRules.CheckCoat(coat, Site).Count(c => c.Verdict == Verdict.NotMeasured), Is.EqualTo(2));
    }

    [TestCase(480, 500, 77, 83, 1800, 0)]
    [TestCase(479.9, 500, 77, 83, 1800, 1)]
    [TestCase(480, 500.1, 77, 83, 1800, 1)]
    [TestCase(480, 500, 76.9, 83, 1800, 1)]
    [TestCase(480, 500, 77, 83.1, 1800, 1)]
    [TestCase(480, 500, 77, 83, 1799.9, 1)]
    public void Press_AtItsBands_IsInclusive(
        decimal low, decimal high, decimal cold, decimal hot, decimal dwell, int failures)
    {
        PressMeasured press = new(
            new Megapascals(low), new(high), new DegreesCelsius(cold), new(hot), new Seconds(dwell));

        Assert.That(RunRules.CheckPress(press, Site).Count(c => c.Verdict == Verdict.Fail), Is.EqualTo(failures));
    }

    [TestCase(true, 0.02, 0)]
    [TestCase(true, 0.0201, 1)]
    [TestCase(false, 0.0005, 0)]
    [TestCase(false, 0.00051, 1)]
    public void Drying_ResidualSolvent_IsJudgedByWhatFollows(bool coatFollows, decimal residual, int failures)
    {
        DryingMeasured drying = new(
            SubLayer.Base, new(77m), new(83m), new Seconds(2400m), new(107m), new(113m), new Seconds(3600m), residual);

        Assert.That(
            RunRules.CheckDrying(drying, coatFollows, Site).Count(c => c.Verdict == Verdict.Fail),
            Is.EqualTo(failures));
    }

    [Test]
    public void Drying_OutOfBandOrTooShort_Fails()
    {
        DryingMeasured drying = new(
            SubLayer.Base, new(76.9m), new(83.1m), new Seconds(2398m), new(106m), new(114m), new Seconds(3598m), 0m);

        Assert.That(RunRules.CheckDrying(drying, true, Site).Count(c => c.Verdict == Verdict.Fail), Is.EqualTo(6));
    }

    [TestCase(0.5, 9, 0)]
    [TestCase(0.51, 9, 1)]
    [TestCase(5, 8, 2)] // a ± 5 µm gauge is refused
    public void Profile_OfAPoorGaugeOrTooFewPoints_IsRefused(decimal gaugeClass, int points, int failures)
    {
        ThicknessProfile profile = Profiles.Top(LayerState.Dried, [.. Enumerable.Repeat(5m, points)]);

        Assert.That(
            GaugeRules.CheckProfile(profile, new Micrometres(gaugeClass), Site).Count(c => c.Verdict == Verdict.Fail),
            Is.EqualTo(failures));
    }
}
