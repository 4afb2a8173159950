using CoatLine.Domain.Events;
using CoatLine.Ledger.Proof;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Ledger.Tests.Proof;

/// <summary>A ledger with a notary.</summary>
internal abstract class NotaryFixture : LedgerFixture
{
    protected const string Batch = "B-2026-0002";

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero));

    protected KeyFolder Keys => new(Folder.File("keys"));

    protected CheckpointFolder Checkpoints => new(Folder.File("checkpoints"));

    protected LedgerNotary Notary => new(new LedgerReader(LedgerPath), Checkpoints, Keys, Clock);

    /// <summary>Two batches on one line, their events mixed; 20 events, 7 of <see cref="Batch"/>.</summary>
    protected List<ChainedEvent> FillMixed()
    {
        var chain = new List<ChainedEvent>();
        for (int i = 1; i <= 20; i++)
        {
            chain.Add(Next(chain.LastOrDefault(), i % 3 == 2 ? Batch : "B-2026-0001", i));
        }

        Append(chain);
        return chain;
    }

    protected void Grow(List<ChainedEvent> chain, int count)
    {
        var more = new List<ChainedEvent>();
        for (int i = 0; i < count; i++)
        {
            more.Add(Next(more.LastOrDefault() ?? chain[^1], "B-2026-0003", i));
        }

        Append(more);
        chain.AddRange(more);
    }

    private static ChainedEvent Next(ChainedEvent? before, string batch, int number) =>
        SampleChain.Next(SampleChain.Line, before, "mix-cycle-completed", batch, $"number {number} µm");

    private void Append(List<ChainedEvent> events)
    {
        using LedgerStore store = LedgerStore.Open(LedgerPath);
        Assert.That(store.Append(events).Verdict, Is.EqualTo(AppendVerdict.Committed));
    }
}
