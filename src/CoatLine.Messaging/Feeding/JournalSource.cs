using CoatLine.Domain.Events;
using CoatLine.Engine;

namespace CoatLine.Messaging;

/// <summary>The real journal.</summary>
internal sealed class JournalSource(Journal journal) : IEventSource
{
    public LineId Line => journal.Line;

    public long HeadSeq => journal.HeadSeq;

    public long ConfirmedSeq => journal.ConfirmedSeq;

    public IReadOnlyList<ChainedEvent> Read(long afterSeq, int max) => journal.Read(afterSeq, max);

    public Task WaitForMoreAsync(long afterSeq, CancellationToken cancellationToken) =>
        journal.WaitForMoreAsync(afterSeq, cancellationToken).AsTask();

    public void Confirm(long throughSeq, ChainHash hash) => journal.Confirm(throughSeq, hash);
}
