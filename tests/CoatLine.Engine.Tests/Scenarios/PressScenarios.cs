using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Scenarios;

/// <summary>Acceptance scenario about a press cycle that nobody watched for a while.</summary>
public sealed class PressScenarios
{
    [Test]
    public async Task Scenario14_LinkLostInThePressAt600SecondsFor120_IsProvenByTheBufferAndAccepted()
    {
        using Workshop shop = CutInThePress();
        string batch = shop.Create();

        Assert.That(await shop.RunAsync(batch), Is.InstanceOf<BatchWasReleased>());

        List<BatchEvent> events = shop.Events();
        LinkLost lost = events.OfType<LinkLost>().Single();
        PressCycleCompleted pressed = events.OfType<PressCycleCompleted>().Single();
        Assert.That(lost.Unit, Is.EqualTo(Unit.Press), "what it does meanwhile is on record as unknown");
        Assert.That(events.OfType<LinkRestored>().Count(), Is.EqualTo(1));
        Assert.That(pressed.DwellS, Is.EqualTo(1800m));
        Assert.That(pressed.Trace!.Value.Count(p => p.AtS is >= 600 and <= 720), Is.EqualTo(13), "back-filled");
        Assert.That(
            events.OfType<ChecksJudged>().Single(e => e.Step == "press/cycle").Checks
                .Single(c => c.Quantity == "dwell by the press samples").Value,
            Is.EqualTo(1800m));
        Assert.That(shop.Line.Log.Count(a => a.Phase == PhaseKind.PressCycle), Is.EqualTo(1));
    }

    [Test]
    public async Task Scenario14_GapThatIsNotBackFilled_HoldsTheSheet()
    {
        using Workshop shop = CutInThePress();
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.PressCycle ? WithoutSamples(result, 600, 720) : result;

        var held = (BatchWasHeld)await shop.RunAsync(batch);

        Assert.That(held.Step, Is.EqualTo("press/cycle"));
        Assert.That(held.Reason, Does.Contain("has a gap of 140 s from 590 s on that was not back-filled"));
        Assert.That(shop.Events().OfType<SheetDisposed>(), Is.Empty);
        Assert.That(
            shop.Answer(batch, AnswerKind.GoOn).Single(),
            Does.EndWith("can be answered by PressAgain, ScrapSheet, GiveUp, not by GoOn"));
    }

    /// <summary>The press cannot be reached from 600 s to 720 s of its cycle; it goes on.</summary>
    private static Workshop CutInThePress()
    {
        var shop = new Workshop();
        DateTimeOffset? began = null;
        shop.Line.Around = (call, unit, before) =>
        {
            if (unit != Unit.Press || !before || call is not ("await" or "read"))
            {
                return;
            }

            if (began is null && call == "await")
            {
                began = shop.Line.Clock.GetUtcNow();
                shop.Line.Clock.Advance(TimeSpan.FromSeconds(600));
            }

            if (began is { } at && shop.Line.Clock.GetUtcNow() - at < TimeSpan.FromSeconds(720))
            {
                shop.Line.Clock.Advance(TimeSpan.FromSeconds(30));
                throw new LineUnreachableException("no route");
            }
        };
        return shop;
    }

    private static PhaseResult WithoutSamples(PhaseResult result, double from, double to)
    {
        double[] at = (double[])result.Values.Single(v => v.Name == "TraceTime").Value!;
        ImmutableArray<int> kept = [.. Enumerable.Range(0, at.Length).Where(i => at[i] < from || at[i] > to)];
        foreach (string name in new[] { "TraceTime", "TracePressure", "TraceTemp" })
        {
            result = With(result, name, v => v with { Value = kept.Select(i => ((double[])v.Value!)[i]).ToArray() });
        }

        return result;
    }
}
