using CoatLine.Domain.Events;
using CoatLine.Ledger;

namespace CoatLine.Messaging;

/// <summary>
/// The ledger as its consumer sees it: a seam to the database. Its members may throw when that fails.
/// </summary>
internal interface IEventSink
{
    ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken);

    ValueTask<AppendOutcome> AppendAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken);
}
