using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Rules;
using CoatLine.Engine;
using CoatLine.Hosting;
using CoatLine.Hosting.Time;
using CoatLine.Simulator.Log;

namespace CoatLine.System.Tests;

/// <summary>Two batches on one simulated line at the same time.</summary>
[TestFixture]
internal sealed class ConcurrentBatchesTests
{
    private const double Speed = 2_000;

    [Test]
    public async Task TwoBatches_AtTheSameTime_ShareTheUnitsAndKeepTheirPotLives()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using CancellationTokenSource patience = new(Coatline.Patience);
        await using HostedLine line = await HostedLine.StartAsync(
            new ScaledTimeProvider(now, now, Speed, TimeProvider.System), patience.Token);
        List<BatchEvent> facts = [];
        line.Mes.Recorded += e =>
        {
            lock (facts)
            {
                facts.Add(EventCatalog.Read(e));
            }
        };
        string[] batches = [Create(line.Mes), Create(line.Mes)];

        BatchOutcome[] outcomes =
            await Task.WhenAll(batches.Select(batch => line.Mes.RunAsync(batch, patience.Token)));
        await line.StopAsync(patience.Token);

        Assert.That(outcomes, Is.All.InstanceOf<BatchWasReleased>());
        SimulatorLogEntry[] log = [.. line.Line.Log.Entries];
        Assert.That(facts.OfType<PhaseRefused>(), Is.Empty, "nobody asks a unit that is another's");
        Assert.That(facts.OfType<UnitAwaited>(), Is.Not.Empty, "they do meet");
        Assert.That(facts.OfType<UnitAwaited>().All(e => e.HeldBy != e.Batch), Is.True);
        Assert.That(
            log.Where(e => e.What == LogWhat.Started).Select(e => e.RequestId),
            Is.EquivalentTo(facts.OfType<PhaseIntended>().Select(e => e.RequestId.Value)),
            "each that was meant, once");
        Assert.That(
            facts.OfType<ChecksJudged>().SelectMany(e => e.Checks)
                .Where(c => c.Rule == RuleCatalogue.CoatRun.Id).Select(c => c.Verdict),
            Is.All.EqualTo(Verdict.Pass));
        foreach (IGrouping<string, SimulatorLogEntry> unit in log.GroupBy(e => e.Unit))
        {
            Assert.That(
                unit.Select(e => e.What == LogWhat.Started),
                Is.EqualTo(unit.Select((_, i) => i % 2 == 0)),
                $"{unit.Key} begins and ends in turn");
        }

        Assert.That(log.Count(e => e is { What: LogWhat.Completed, Phase: 10 }), Is.EqualTo(2 * 34));
        DateTimeOffset[] begun = [.. batches.Select(b => First(facts, b))];
        DateTimeOffset[] ended = [.. batches.Select(b => Last(facts, b))];
        Assert.That(begun[1], Is.LessThan(ended[0]), "they overlap");
    }

    private static string Create(CoatLineMes mes) =>
        mes.CreateBatch(HostedLine.Recipe("embodiment-4"), "embodiment-4.yaml", BatchOrder.Plain).Batch!;

    private static DateTimeOffset First(List<BatchEvent> facts, string batch) =>
        facts.OfType<PhaseConcluded>().First(e => e.Batch == batch).StartedAt;

    private static DateTimeOffset Last(List<BatchEvent> facts, string batch) =>
        facts.OfType<PhaseConcluded>().Last(e => e.Batch == batch).EndedAt;
}
