using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

public sealed class PressTraceTests
{
    private const int CycleS = 3000;
    private static readonly PressingParameters Wanted = SiteParameters.Default.Pressing;

    [Test]
    public void Trace_ThatIsWholeAndAgrees_Passes()
    {
        Assert.That(Verdicts(Trace(600, 2400), 1800), Is.EqualTo(new[] { Verdict.Pass, Verdict.Pass }));
    }

    [TestCase(1820, Verdict.Pass)]
    [TestCase(1821, Verdict.Fail)]
    [TestCase(1780, Verdict.Pass)]
    [TestCase(1779, Verdict.Fail)]
    public void Dwell_AgainstTheSamples_AgreesWithinTwoDistances(int reported, Verdict verdict)
    {
        Assert.That(Verdicts(Trace(600, 2400), reported)[1], Is.EqualTo(verdict));
    }

    [TestCase(1030, Verdict.Pass)] // between 1000 and 1030 there are 30 s
    [TestCase(1040, Verdict.NotMeasured)]
    public void Trace_WithSamplesMissing_IsNotMeasuredBeyondThreeDistances(int until, Verdict verdict)
    {
        ImmutableArray<PressSample> trace =
            [.. Trace(600, 2400).Where(p => p.At.Value <= 1000 || p.At.Value >= until)];

        RuleCheck[] checks = Check(trace, 1800);

        Assert.That(checks[0].Verdict, Is.EqualTo(verdict), checks[0].Message);
        Assert.That(checks[0].Rule, Is.EqualTo("S05"));
    }

    [Test]
    public void Gap_InTheTrace_IsNamedWithItsPlaceAndLength()
    {
        RuleCheck check = Check([.. Trace(600, 2400).Where(p => p.At.Value is < 1200 or > 1320)], 1800).Single();

        Assert.That(check.Message, Does.Contain("has a gap of 140 s from 1190 s on that was not back-filled"));
    }

    [TestCase(0, 2900)]
    [TestCase(100, 3000)]
    public void Trace_ThatBeginsLateOrEndsEarly_IsNotMeasured(int from, int to)
    {
        Assert.That(
            Check([.. Trace(600, 2400).Where(p => p.At.Value >= from && p.At.Value <= to)], 1800).Single().Verdict,
            Is.EqualTo(Verdict.NotMeasured));
    }

    [Test]
    public void Trace_OutOfOrder_IsNotMeasured()
    {
        Assert.That(
            Check([.. Trace(600, 2400).Reverse()], 1800).Single().Verdict, Is.EqualTo(Verdict.NotMeasured));
    }

    [Test]
    public void Dwell_OutsideTheTemperatureBand_DoesNotCount()
    {
        ImmutableArray<PressSample> trace =
        [
            .. Trace(600, 2400)
                .Select(p => p.At.Value is >= 1000 and <= 1100 ? p with { Temperature = new(83.1m) } : p),
        ];

        RuleCheck dwell = Check(trace, 1800)[1];

        Assert.That((dwell.Value, dwell.Verdict), Is.EqualTo(((decimal?)1680m, Verdict.Fail)));
    }

    [TestCase(3000, 30)]
    [TestCase(10_000, 30)]
    [TestCase(20_000, 60)]
    public void LongestDistance_GrowsWithACycleThatFillsTheBuffer(int cycle, int seconds) =>
        Assert.That(PressTrace.LongestDistance(new(cycle)).Value, Is.EqualTo(seconds));

    private static Verdict[] Verdicts(ImmutableArray<PressSample> trace, int reported) =>
        [.. Check(trace, reported).Select(c => c.Verdict)];

    private static RuleCheck[] Check(ImmutableArray<PressSample> trace, int reported) =>
        [.. PressTrace.Check(trace, new Seconds(CycleS), new Seconds(reported), Wanted)];

    private static ImmutableArray<PressSample> Trace(int from, int to) =>
    [
        .. Enumerable.Range(0, (CycleS / 10) + 1)
            .Select(i => 10m * i)
            .Select(t => new PressSample(new(t), new(t >= from && t <= to ? 490m : 200m), new(80m))),
    ];
}
