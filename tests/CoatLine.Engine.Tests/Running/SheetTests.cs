using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Engine.Journaling;
using CoatLine.Faults.Line;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Running;

/// <summary>Several sheets of one batch, and engineering lots.</summary>
public sealed class SheetTests
{
    private static readonly BatchOrder Three = BatchOrder.Plain with { Sheets = 3 };

    [Test]
    public async Task ThreeSheets_OfTwoSlurries_HaveTheirOwnCoatsProfilesAndDispositions()
    {
        using var shop = new Workshop();
        string batch = shop.Create("embodiment-4", Three);

        Assert.That(await shop.RunAsync(batch), Is.EqualTo(new BatchWasReleased(batch, Disposition.Accept)));

        List<BatchEvent> events = shop.Events();
        string[] sheets = [$"S-{batch}-1", $"S-{batch}-2", $"S-{batch}-3"];
        Assert.That(Mixed(shop), Is.EqualTo(34), "two slurries, however many sheets");
        Assert.That(
            events.OfType<CoatCompleted>().Select(e => (e.CoatIndex, e.Sheet)),
            Is.EqualTo(sheets.Select(s => (1, s)).Concat(sheets.Select(s => (2, s)))));
        Assert.That(events.OfType<ProfileRegistered>().Count(), Is.EqualTo(9));
        Assert.That(events.OfType<GapPlanned>().Count(), Is.EqualTo(3));
        Assert.That(events.OfType<SheetDisposed>().Select(e => e.Sheet), Is.EqualTo(sheets));
        Assert.That(events.OfType<BatchReleased>().Single().Sheets!.Value, Is.EqualTo(sheets));
        Assert.That(shop.Line.Log.Select(a => a.Id), Is.Unique);
    }

    [Test]
    public async Task OneSheetScrapped_TheOthersGoOnAndAreReleased()
    {
        using var shop = new Workshop();
        string batch = shop.Create("embodiment-4", Three);
        shop.Line.Distort = (r, result) =>
            r.Phase == PhaseKind.Coat && (string)SimpleWorld.Value(r, "SheetId") == $"S-{batch}-2"
                ? With(result, "GapLeft", v => v with { Value = 140d })
                : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Step, Is.EqualTo("coat-1/coat/2"));
        Assert.That(
            shop.Answer(batch, AnswerKind.Repeat).Single(),
            Does.Contain("ScrapSheet, GiveUp"), "there is no second coat on a coat");
        Assert.That(shop.Answer(batch, AnswerKind.ScrapSheet), Is.Empty);

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        List<BatchEvent> events = shop.Events();
        Assert.That(
            events.OfType<BatchReleased>().Single().Sheets!.Value,
            Is.EqualTo(new[] { $"S-{batch}-1", $"S-{batch}-3" }));
        SheetDisposed scrapped = events.OfType<SheetDisposed>().Single(e => e.Outcome == LotOutcome.Reject);
        Assert.That((scrapped.Sheet, scrapped.Reasons[0]), Is.EqualTo(($"S-{batch}-2", "looked at it")));
        Assert.That(events.OfType<PressCycleCompleted>().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task GivenUpBatch_IsRejectedAndDoesNothingMore()
    {
        using var shop = new Workshop();
        string batch = shop.Create("embodiment-4", Three);
        shop.Line.Distort = (r, result) =>
            IsMix(r, cycle: 3) ? With(result, "RevSpeedMin", v => v with { Value = 1900d }) : result;
        await shop.RunAsync(batch);
        int actions = shop.Line.Log.Count;

        Assert.That(shop.Answer(batch, AnswerKind.GiveUp), Is.Empty);

        var rejected = (BatchWasRejected)await shop.RunAsync(batch);
        Assert.That(rejected.Reason, Is.EqualTo("looked at it"));
        Assert.That(shop.Line.Log, Has.Count.EqualTo(actions));
        Assert.That(shop.Events().OfType<SheetDisposed>().Count(), Is.EqualTo(3));
    }

    [TestCase(0)]
    [TestCase(101)]
    public void Order_OfSheetsOutsideTheLimits_IsRefused(int sheets)
    {
        using var shop = new Workshop();

        Assert.That(
            shop.TryCreate("embodiment-4", BatchOrder.Plain with { Sheets = sheets }).Refusals,
            Is.EqualTo(new[] { $"sheets must be 1 to 100, not {sheets}" }));
    }

    [Test]
    public void Order_OfMoreSheetsThanTheSlurriesAreEnoughFor_IsRefusedWithBothNumbers()
    {
        using var shop = new Workshop();
        int possible = SlurryBalance.SheetsPossible(Workshop.Recipe("embodiment-4"), SiteParameters.Default);

        Assert.That(possible, Is.InRange(3, BatchOrder.MaxSheets - 1));
        Assert.That(
            shop.TryCreate("embodiment-4", BatchOrder.Plain with { Sheets = possible }).Refusals, Is.Empty);
        Assert.That(
            shop.TryCreate("embodiment-4", BatchOrder.Plain with { Sheets = possible + 1 }).Refusals,
            Is.EqualTo(new[]
            {
                $"the slurries of embodiment-4 are enough for {possible} sheets, not {possible + 1}; scale the recipe",
            }));
    }

    [Test]
    public async Task Jar_WithLessThanOneSheetLeft_IsNotCoatedFrom()
    {
        using var shop = new Workshop();
        string batch = shop.Create("embodiment-4", Three);

        // A coat of ten times the length takes most of the Top.
        shop.Line.Distort = (r, result) =>
            r.Phase == PhaseKind.Coat && (int)SimpleWorld.Value(r, "CoatIndex") == 2
                ? With(result, "Stroke", v => v with { Value = 2500d })
                : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("coat-2/pot-life/2"));
        Assert.That(held.Reason, Does.StartWith("S07 slurry left in the jar"));
        Assert.That(shop.Answer(batch, AnswerKind.Remake), Is.Empty);
        shop.Line.Distort = (_, result) => result;
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
    }

    [TestCase(259_199, true)]
    [TestCase(259_201, false)]
    public async Task DriedSheet_LeftLyingTooLong_IsNotPressed(int seconds, bool pressed)
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Delay(
            TimeSpan.FromSeconds(seconds - 195),
            last => last.Phase == PhaseKind.WeighPunch && shop.Line.Log.Count(a => a.Phase == PhaseKind.Dry) == 2);

        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome is BatchWasReleased, Is.EqualTo(pressed));
        Assert.That(shop.Line.Log.Any(a => a.Phase == PhaseKind.PressCycle), Is.EqualTo(pressed));
        Assert.That(
            outcome is not BatchWasHeld held || held.Reason.StartsWith("S06", StringComparison.Ordinal), Is.True);
    }

    [Test]
    public void Answer_ToABatchThatIsNotHeld_IsRefused()
    {
        using var shop = new Workshop();
        string batch = shop.Create();

        Assert.That(
            shop.Answer(batch, AnswerKind.GiveUp),
            Is.EqualTo(new[] { "the batch is not held: there is no question to answer" }));
    }

    [Test]
    public async Task Comparative3_UnderDeviations_IsMadeAndNeverProduct()
    {
        using var shop = new Workshop();
        Deviation[] recipe = [.. new[] { "R03", "R04", "R05", "R06" }.Select((r, i) => Trial(shop, i, r))];
        Assert.That(shop.TryCreate("comparative-3", Order(recipe[..3])).Refusals, Has.All.Contains("R06"));

        string batch = shop.Create("comparative-3", Order(recipe));
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.MeasureRoughness
            ? With(result, "Sa", v => v with { Value = new[] { 0.22, 0.23, 0.24 } })
            : result;
        var held = (BatchWasHeld)await shop.RunAsync(batch);
        Assert.That(held.Step, Is.EqualTo("qc/judge"));
        Assert.That(held.Reason, Does.Contain("R36"));

        string again = shop.Create("comparative-3", Order([.. recipe, Trial(shop, 9, "R36")]));
        var concluded = (TrialWasConcluded)await shop.RunAsync(again);

        Assert.That(concluded.BrokenRules, Is.SupersetOf(new[] { "R03", "R04", "R05", "R06", "R36" }));
        Assert.That(shop.Events().OfType<BatchReleased>(), Is.Empty);
        Assert.That(shop.Events().OfType<SheetDisposed>().Single().Outcome, Is.EqualTo(LotOutcome.Trial));
    }

    [Test]
    public void Comparative1_UnderADeviationForSafetyOrAWaiver_IsRefused()
    {
        using var shop = new Workshop();

        Assert.That(
            shop.TryCreate("comparative-1", Order([shop.Deviate("D-1", DeviationKind.Waiver, "R01")])).Refusals,
            Has.Some.Contains("a waiver does not make it product"));
        Assert.That(
            shop.TryCreate("comparative-1", Order([Trial(shop, 1, "R01"), Trial(shop, 2, "S05")])).Refusals,
            Has.Some.Contains("S05 keeps identity or safety: nothing covers it"));
    }

    private static BatchOrder Order(Deviation[] deviations) => BatchOrder.Plain with { Deviations = [.. deviations] };

    private static Deviation Trial(Workshop shop, int number, string rule) =>
        shop.Deviate($"D-{number}", DeviationKind.Trial, rule);
}
