using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Engine;
using CoatLine.Faults.Engine;
using CoatLine.Ledger;

namespace CoatLine.Bench.Engine;

/// <summary>A data folder with a past: batches that have ended, and one that is open.</summary>
internal static class History
{
    public static readonly LineId Line = Plant.LineName;

    private const int BatchesAtOnce = 8;

    /// <summary>The facts of a batch from its order to its release, as the engine itself recorded them.</summary>
    private static readonly Lazy<BatchEvent[]> OneBatch = new(() =>
    {
        using var plant = new Plant();
        Life.RunAsync(plant, BatchOrder.Plain, new Person(plant, null)).GetAwaiter().GetResult();
        return [.. Record.Of(plant).Chain.Select(EventCatalog.Read).Where(e => e.Batch.Length > 0)];
    });

    /// <summary>Writes a journal of at least so many events through the journal's own API.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="events">How many; with 0 only the open batch.</param>
    /// <param name="confirmed">Whether the ledger has them too and has confirmed them.</param>
    public static void Write(string folder, int events, bool confirmed)
    {
        using Journal journal = Journal.Open(Path.Combine(folder, "journal.db"), Line, TimeProvider.System);
        using LedgerStore? ledger = confirmed ? LedgerStore.Open(Path.Combine(folder, "ledger.db")) : null;
        for (int batch = 1; journal.HeadSeq < events;)
        {
            List<BatchEvent> facts = [];
            for (int i = 0; i < BatchesAtOnce && journal.HeadSeq + facts.Count < events; i++, batch++)
            {
                facts.AddRange(OneBatch.Value.Select(e => e with { Batch = Id(batch) }));
            }

            Give(journal.AppendAll(facts), ledger, journal);
        }

        BatchEvent[] open = [.. OneBatch.Value.Take(OneBatch.Value.Length / 2).Select(e => e with { Batch = Id(0) })];
        Give(journal.AppendAll(open), ledger, journal);
    }

    private static void Give(IReadOnlyList<ChainedEvent> events, LedgerStore? ledger, Journal journal)
    {
        if (ledger is null)
        {
            return;
        }

        foreach (ChainedEvent[] segment in events.Chunk(LedgerStore.MaxSegmentEvents))
        {
            if (ledger.Append(segment) is { Accepted: false } refused)
            {
                throw new InvalidOperationException($"the ledger refused: {refused.Reason}");
            }
        }

        journal.Confirm(events[^1].Seq, events[^1].Hash);
    }

    private static string Id(int batch) => FormattableString.Invariant($"B-2020-{batch:0000}");
}
