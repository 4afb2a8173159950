using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>The writing end of a ledger: an append-only chain of events per line. Safe for use from several threads.
/// </summary>
public interface ILedgerWriter
{
    /// <summary>The high-water mark of a line; null when the ledger has no event of it.</summary>
    /// <exception cref="LedgerException">The database failed.</exception>
    ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken);

    /// <summary>
    /// Commits a contiguous segment of one line's chain together with the line's head, in one durable transaction, or
    /// refuses it and changes nothing. Every hash is recomputed from the payload first. Events that the ledger has
    /// already, with the same hash, are dropped.
    /// </summary>
    /// <param name="segment">1 to <see cref="LedgerStore.MaxSegmentEvents"/> events, in order.</param>
    /// <param name="cancellationToken">Ends the attempt; whether it was committed is unknown then.</param>
    /// <exception cref="LedgerException">The database failed: whether the segment was committed is unknown until the
    /// mark is read again. Offering it again is harmless.</exception>
    ValueTask<AppendOutcome> AppendAsync(IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken);
}
