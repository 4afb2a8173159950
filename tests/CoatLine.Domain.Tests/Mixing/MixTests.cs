using CoatLine.Domain.Mixing;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Mixing;

public sealed class MixTests
{
    private static readonly MixStage Pre = new(MixStageKind.PreDilution, 12, new(180m), new(2000m));
    private static readonly MixingParameters Site = SiteParameters.Default.Mixing;

    [TestCase(2000, 1980, 2020, 180, true, true)]
    [TestCase(1980, 1980, 1980, 178, true, true)]
    [TestCase(2020, 2020, 2020, 182, true, true)]
    [TestCase(1979.9, 1980, 2020, 180, true, false)]
    [TestCase(2000, 1979.9, 2020, 180, true, false)]
    [TestCase(2000, 1980, 2020.1, 180, true, false)]
    [TestCase(2000, 1990, 2010, 177.9, true, false)]
    [TestCase(2000, 1990, 2010, 182.1, true, false)]
    [TestCase(2000, 1990, 2010, 180, false, false)]
    public void Cycle_AtTheTolerances_CountsOnlyInside(
        decimal mean, decimal min, decimal max, decimal seconds, bool uninterrupted, bool counts)
    {
        MixCycleMeasured cycle =
            new(MixStageKind.PreDilution, 1, new(mean), new(min), new(max), new(seconds), uninterrupted);

        Assert.That(MixRules.Counts(Pre, cycle, Site), Is.EqualTo(counts));
        Assert.That(MixRules.CheckCycle(Pre, cycle).Any(c => c.Verdict == Verdict.Fail), Is.Not.EqualTo(counts));
    }

    [Test]
    public void Cycle_WithASpeedOfBadQuality_DoesNotCount()
    {
        MixCycleMeasured cycle = Good(1) with { SpeedMin = null };

        Assert.That(MixRules.Counts(Pre, cycle, Site), Is.False);
        Assert.That(
            MixRules.CheckCycle(Pre, cycle).Single(c => c.Verdict != Verdict.Pass).Verdict,
            Is.EqualTo(Verdict.NotMeasured));
    }

    [Test]
    public void Cycle_OfTheOtherStage_DoesNotCount()
    {
        Assert.That(MixRules.Counts(Pre, Good(1) with { Stage = MixStageKind.PostDilution }, Site), Is.False);
    }

    [Test]
    public void Tally_WithCycleSevenAbortedAt95Seconds_IsNotComplete()
    {
        CycleTally tally = CycleTally.Start(Pre, Site);
        for (int i = 1; i <= 12; i++)
        {
            tally = tally.Add(i == 7 ? Good(7) with { StepTime = new(95m), Uninterrupted = false } : Good(i));
        }

        Assert.That(tally.Counted, Has.Length.EqualTo(11));
        Assert.That(tally.IsComplete, Is.False);
        Assert.That(tally.Remaining, Is.EqualTo(1));
        Assert.That(tally.DiscardedTime, Is.EqualTo(new Seconds(95m)));
        RuleCheck check = MixRules.CheckSchedule(Pre, [.. tally.Counted, .. tally.Discarded]).Single();
        Assert.That(check.Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(check.Message, Is.EqualTo(
            "R60 mix cycles that count 11 (pre-dilution) is outside n = 12 ([0084]–[0091])"));
    }

    [Test]
    public void Tally_OfTwelveGoodCycles_IsCompleteAndTakesNoThirteenth()
    {
        CycleTally tally = Enumerable.Range(1, 12).Aggregate(CycleTally.Start(Pre, Site), (t, i) => t.Add(Good(i)));

        Assert.That(tally.IsComplete, Is.True);
        Assert.That(MixRules.CheckSchedule(Pre, tally.Counted).Single().Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(() => tally.Add(Good(13)), Throws.InvalidOperationException);
    }

    [Test]
    public void Schedule_OfOneStepOf36Minutes_IsRefused()
    {
        MixCycleMeasured step = Good(1) with { StepTime = new(2160m) };

        Assert.That(MixRules.CheckSchedule(Pre, [step]).Single().Verdict, Is.EqualTo(Verdict.Fail));
    }

    [Test]
    public void Schedule_OfThirteenCycles_IsRefused()
    {
        Assert.That(
            MixRules.CheckSchedule(Pre, [.. Enumerable.Range(1, 13).Select(Good)]).Single().Verdict,
            Is.EqualTo(Verdict.Fail));
    }

    [TestCase(20, TemperatureZone.MayStart)]
    [TestCase(35, TemperatureZone.MayStart)]
    [TestCase(35.1, TemperatureZone.Wait)]
    [TestCase(41, TemperatureZone.Wait)]
    [TestCase(50, TemperatureZone.Wait)]
    [TestCase(50.1, TemperatureZone.Warn)]
    [TestCase(60, TemperatureZone.Warn)]
    [TestCase(60.1, TemperatureZone.Stop)]
    [TestCase(61, TemperatureZone.Stop)]
    public void Gate_AtItsLimits_AllowsAStartOnlyUpTo35(decimal degc, TemperatureZone zone)
    {
        Assert.That(TemperatureGate.Of(new DegreesCelsius(degc), Site), Is.EqualTo(zone));
    }

    [Test]
    public void Gate_WithoutAGoodValue_AllowsNothing()
    {
        Assert.That(TemperatureGate.Of(null, Site), Is.EqualTo(TemperatureZone.Unknown));
    }

    private static MixCycleMeasured Good(int index) => new(
        MixStageKind.PreDilution, index, new(2001m), new(1992m), new(2009m), new(180m), true);
}
