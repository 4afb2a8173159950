using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;

namespace CoatLine.Faults.Engine;

/// <summary>What a run left on record, read after its end.</summary>
/// <param name="Chain">Everything in the journal.</param>
/// <param name="Wrong">What is wrong between journal and ledger, a sentence each.</param>
internal sealed record Record(IReadOnlyList<ChainedEvent> Chain, ImmutableArray<string> Wrong)
{
    /// <summary>Reads the journal, feeds the ledger with what it lacks, and has the ledger verified against the
    /// journal's head.</summary>
    public static Record Of(Plant plant)
    {
        plant.Probe = null;
        using Journal journal = plant.Open();
        IReadOnlyList<ChainedEvent> chain = journal.Read(0, Journal.MaxRead);
        if (plant.Feed(journal) is { } refusal)
        {
            return new Record(chain, [refusal]);
        }

        VerifyReport report = LedgerVerifier.Verify(
            plant.LedgerPath, [new LedgerMark(Plant.LineName, journal.HeadSeq, journal.HeadHash)]);
        string[] wrong = report.Head?.Events == chain.Count ? [] : ["ledger and journal differ in number"];
        return new Record(chain, [.. wrong, .. report.Damages.Select(d => $"the ledger: {d}")]);
    }
}
