using CoatLine.Domain.Events;
using CoatLine.Ledger;

namespace CoatLine.Messaging;

/// <summary>The embedded ledger. SQLite has no asynchronous calls, so a call takes the thread that it is made on.
/// </summary>
internal sealed class LedgerSink(LedgerStore store) : IEventSink
{
    public ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken) => new(store.Mark(line));

    public ValueTask<AppendOutcome> AppendAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken) => new(store.Append(segment));
}
