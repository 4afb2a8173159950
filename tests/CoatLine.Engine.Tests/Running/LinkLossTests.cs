using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Tests.Running;

public sealed class LinkLossTests
{
    [Test]
    public async Task Batch_EveryCallLostOnceBeforeAndOnceAfter_RunsExactlyThePlannedPhases()
    {
        List<string> planned = await PlannedAsync();
        using var shop = new Workshop();
        string batch = shop.Create();
        HashSet<string> lost = [];
        shop.Line.Around = (call, unit, before) =>
        {
            // A reading in between is part of coming back; it is lost in a test of its own.
            if (call != "read" && lost.Add($"{shop.Line.Log.Count} {call} {before}"))
            {
                throw new LineUnreachableException($"no answer to {call}");
            }
        };

        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        Assert.That(lost, Has.Count.EqualTo((6 * planned.Count) + (2 * 34)));
        Assert.That(shop.Line.Log.Select(a => a.What), Is.EqualTo(planned));
        List<BatchEvent> events = shop.Events();
        Assert.That(events.OfType<LinkLost>().Count(), Is.EqualTo(lost.Count));
        Assert.That(events.OfType<LinkRestored>().Count(), Is.EqualTo(lost.Count));
        Assert.That(events.OfType<StepConcluded>().Select(e => (e.GetType(), e.Step)), Is.Unique);
    }

    [Test]
    public async Task Link_LostForLong_IsRecordedOnceAndRetriedWithCappedDelay()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        int failures = 0;
        shop.Line.Around = (call, unit, before) =>
        {
            if (unit == Unit.Press && before && failures < 40)
            {
                failures++;
                throw new LineUnreachableException("no route");
            }
        };

        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        LinkLost lost = shop.Events().OfType<LinkLost>().Single();
        Assert.That(lost.Unit, Is.EqualTo(Unit.Press));
        Assert.That(lost.Why, Is.EqualTo("no route"));
        Assert.That(shop.Events().OfType<LinkRestored>().Count(), Is.EqualTo(1));
        Assert.That(shop.NetworkTime.Waits, Has.Count.EqualTo(40));
        Assert.That(shop.NetworkTime.Waits[0], Is.EqualTo(TimeSpan.FromMilliseconds(100)));
        Assert.That(shop.NetworkTime.Waits, Is.Ordered);
        Assert.That(shop.NetworkTime.Waits[^1], Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task Unit_ThatCanBeReadButNeverAnswers_IsHeldAfterABound()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Around = (call, unit, before) =>
        {
            if (unit == Unit.Mixer && call == "request" && before)
            {
                throw new LineUnreachableException("no answer in 5 s");
            }
        };

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Reason, Is.EqualTo("Mixer can be read, but does not answer: no answer in 5 s"));
        Assert.That(shop.Events().OfType<LinkRestored>().Count(), Is.EqualTo(20));
        Assert.That(shop.Line.Log.Any(a => a.Phase == PhaseKind.MixCycle), Is.False);
    }

    [Test]
    public async Task Link_StillLostAfterARestart_IsRestoredOnRecordBeforeAnythingIsWritten()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        shop.Line.Around = (call, unit, before) =>
        {
            if (unit == Unit.Coater && call == "start" && !before)
            {
                throw new LineUnreachableException("cable out");
            }

            if (unit == Unit.Coater && call == "read" && before && shop.Line[Unit.Coater].IsRunning)
            {
                throw new InvalidOperationException("killed");
            }
        };
        Assert.That(async () => await shop.RunAsync(batch), Throws.InvalidOperationException);
        shop.Line.Around = (_, _, _) => { };

        BatchOutcome outcome = await shop.RunAsync(batch);

        Assert.That(outcome, Is.InstanceOf<BatchWasReleased>());
        List<BatchEvent> events = shop.Events();
        int restored = events.FindIndex(e => e is LinkRestored);
        Assert.That(events.OfType<LinkLost>().Count(), Is.EqualTo(1));
        Assert.That(events[restored + 1], Is.InstanceOf<PhaseReattached>());
        Assert.That(((PhaseReattached)events[restored + 1]).How, Is.EqualTo(ReattachKind.Running));
    }

    [Test]
    public async Task Run_Cancelled_LeavesTheBatchOpen()
    {
        using var shop = new Workshop();
        string batch = shop.Create();
        using var stop = new CancellationTokenSource();
        shop.Line.Around = (call, unit, before) =>
        {
            if (unit == Unit.Dryer && call == "await")
            {
                stop.Cancel();
            }
        };
        using (Journal journal = shop.OpenJournal())
        {
            BatchEngine engine = shop.Start(journal);
            Assert.That(
                async () => await engine.RunAsync(batch, stop.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(engine.OpenBatches(), Is.EqualTo(new[] { batch }));
        }

        shop.Line.Around = (_, _, _) => { };
        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.Dry), Is.EqualTo(2));
    }

    private static async Task<List<string>> PlannedAsync()
    {
        using var shop = new Workshop();
        await shop.RunAsync(shop.Create());
        return [.. shop.Line.Log.Select(a => a.What)];
    }
}
