using CoatLine.Domain.Events;
using CoatLine.Ledger;

namespace CoatLine.Messaging;

/// <summary>The real ledger, whichever database it is in.</summary>
internal sealed class LedgerSink(ILedgerWriter ledger) : IEventSink
{
    public ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken) =>
        ledger.MarkAsync(line, cancellationToken);

    public ValueTask<AppendOutcome> AppendAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken) =>
        ledger.AppendAsync(segment, cancellationToken);
}
