using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;

namespace CoatLine.Faults.Engine.Processes;

/// <summary>What the MES's processes left in the data folder, read after the last of them.</summary>
/// <param name="Chain">Everything in the ledger.</param>
/// <param name="Wrong">What is wrong between journal and ledger, a sentence each.</param>
internal sealed record ProcessRecord(IReadOnlyList<ChainedEvent> Chain, IReadOnlyList<string> Wrong)
{
    private static readonly LineId Line = new("line-1");

    public static ProcessRecord Of(string data)
    {
        List<string> wrong = [];
        LedgerReader ledger = new(Path.Combine(data, "ledger.db"));
        ChainedEvent[] chain =
            [.. ledger.Events(new EventQuery { Limit = EventQuery.MaxLimit }).Select(r => r.ToEvent())];
        using Journal journal = Journal.Open(Path.Combine(data, "journal.db"), Line, TimeProvider.System);
        if (journal.HeadSeq != chain.Length || chain.Length == 0 || chain[^1].Hash != journal.HeadHash)
        {
            wrong.Add($"the journal ends at {journal.HeadSeq}, the ledger has {chain.Length} events");
        }

        // Rows that the ledger has confirmed may be gone from the journal; those that are there must be the same.
        wrong.AddRange(journal.Read(0, Journal.MaxRead)
            .Where(e => e.Seq > chain.Length || chain[e.Seq - 1].Hash != e.Hash)
            .Select(e => $"event {e.Seq} of the journal is not the ledger's"));
        return new ProcessRecord(chain, wrong);
    }
}
