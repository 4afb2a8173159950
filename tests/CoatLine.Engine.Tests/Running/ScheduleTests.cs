using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Scheduling;
using CoatLine.Engine.Running;
using CoatLine.Faults.Line;

namespace CoatLine.Engine.Tests.Running;

/// <summary>The forecast of who needs which unit when, held against batches that were really run.</summary>
public sealed class ScheduleTests
{
    [Test]
    public async Task Plan_OfABatch_IsWhatItClaimsWhenItIsRun(
        [Values("embodiment-1", "embodiment-4")] string recipe, [Values(1, 3)] int sheets)
    {
        using var shop = new Workshop();
        string batch = shop.Create(recipe, BatchOrder.Plain with { Sheets = sheets });
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());

        List<UnitClaim> claimed = [];
        BatchState state = BatchState.Of(shop.Events());
        HashSet<string> run = [.. shop.Events().OfType<PhaseIntended>().Select(e => e.Step)];
        foreach (Step step in Procedure.Of(Workshop.Recipe(recipe), batch, new BatchRecord(state)))
        {
            if (step is PhaseStep && UnitHolding.ClaimOf(step) is { } claim && claimed.LastOrDefault() != claim)
            {
                claimed.Add(claim);
            }
        }

        PlannedOperation[] plan = [.. BatchPlan.Of(Workshop.Recipe(recipe), sheets)];
        Assert.That(plan.Select(o => o.Claim), Is.EqualTo(claimed));
        Assert.That(plan.Where(o => !state.IsConcluded(o.LastStep)), Is.Empty, "each is done by a step that is there");
        Assert.That(run, Is.Not.Empty);
    }

    [Test]
    public void TwoBatches_AreScheduledSideBySide_AndNoUnitTwice()
    {
        LineSchedule schedule = Of(("A", 1), ("B", 1));

        foreach (IGrouping<Unit, ScheduledOperation> unit in schedule.Operations.GroupBy(o => o.Operation.Claim.Unit))
        {
            ScheduledOperation[] inTurn = [.. unit.OrderBy(o => o.From)];
            Assert.That(
                inTurn.Zip(inTurn.Skip(1)).All(p => p.First.To <= p.Second.From), Is.True, $"{unit.Key}");
        }

        TimeSpan alone = (Of(("A", 1)).EndOf("A") - Start)!.Value;
        TimeSpan together = (schedule.EndOf("B") - Start)!.Value;
        Assert.That(together, Is.LessThan(alone * 2).And.GreaterThan(alone));
        Assert.That(schedule.FreeFrom(Unit.Press)!.Value, Is.LessThanOrEqualTo(schedule.EndOf("B")!.Value));
        Assert.That(schedule.LapsedPotLives, Is.Empty);
    }

    [Test]
    public void Plan_InWhichAPotLifeMustLapse_IsRefusedAndNothingIsCreated()
    {
        using var shop = new Workshop();
        Recipe recipe = Workshop.Recipe("embodiment-4");
        recipe = recipe with
        {
            Site = recipe.Site with { Mixing = recipe.Site.Mixing with { PotLifeTop = new(60m) } },
        };
        using Journal journal = shop.OpenJournal();

        BatchCreation creation = shop.Start(journal).CreateBatch(
            recipe, Workshop.Yaml("embodiment-4"), BatchOrder.Plain with { Sheets = 4 });

        Assert.That(
            creation.Refusals.Single(),
            Is.EqualTo("S07 the new batch: coat-2/coat/4 is expected 75 s after the Top slurry is mixed, "
                + "beyond its pot life of 60 s"));
        Assert.That(journal.AllBatches(), Is.Empty);
    }

    [Test]
    public async Task Batch_UnderWay_IsScheduledFromWhereItStands()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Refuse = r => r.Phase == PhaseKind.PressCycle ? (AckCode.Interlocked, "cover open") : null;
        await shop.RunAsync(batch);
        using Journal journal = shop.OpenJournal();

        LineSchedule schedule = shop.Start(journal).Schedule();

        Assert.That(
            schedule.Operations.Select(o => o.Operation.Claim.Unit),
            Is.EqualTo(new[] { Unit.Press, Unit.ThicknessGauge, Unit.Profilometer }));
        Assert.That(schedule.Operations[0].From, Is.EqualTo(shop.Line.Clock.GetUtcNow()));
        Assert.That(schedule.FreeFrom(Unit.Mixer), Is.Null);
    }

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private static LineSchedule Of(params (string Batch, int Sheets)[] batches) => LineSchedule.Of(
        [
            .. batches.Select(b => new BatchToSchedule(
                b.Batch, Workshop.Recipe("embodiment-4"), b.Sheets, BatchState.Empty)),
        ],
        Start);
}
