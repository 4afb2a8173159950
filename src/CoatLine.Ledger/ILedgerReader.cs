using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>Reads a ledger, whether or not it is being written; never changes it, and verifies nothing. Safe for use
/// from several threads.</summary>
public interface ILedgerReader
{
    /// <summary>The events that a query selects, in the order of line and sequence number.</summary>
    /// <exception cref="LedgerException">The ledger is missing, unreadable, or none of a known layout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to <see cref="EventQuery.MaxLimit"/>.
    /// </exception>
    IReadOnlyList<LedgerRow> Events(EventQuery query);

    /// <summary>
    /// Hands chain hashes of a line over one by one, in the order of their numbers, and gives their count.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="from">The first number wanted, from 1.</param>
    /// <param name="through">The last number wanted, inclusive.</param>
    /// <param name="take">Takes a hash.</param>
    /// <exception cref="LedgerException">The ledger is missing, unreadable, or none of a known layout; or a number
    /// is missing or a hash is none, which a verification names.</exception>
    long Hashes(LineId line, long from, long through, Action<ChainHash> take);

    /// <summary>The head of a line as stored; null when the ledger has no event of it.</summary>
    /// <exception cref="LedgerException">The ledger is missing, unreadable, or none of a known layout.</exception>
    LedgerMark? Mark(LineId line);

    /// <summary>The heads of all lines as stored, by the lines' names.</summary>
    /// <exception cref="LedgerException">The ledger is missing, unreadable, or none of a known layout; or a head is
    /// damaged.</exception>
    IReadOnlyList<LedgerMark> Marks();

    /// <summary>Every batch, in the order of line and first event.</summary>
    /// <exception cref="LedgerException">The ledger is missing, unreadable, or none of a known layout.</exception>
    IReadOnlyList<BatchSummary> Batches();

    /// <summary>One batch; null when the ledger has no event of it. With several lines, the first line's.</summary>
    /// <exception cref="LedgerException">The ledger is missing, unreadable, or none of a known layout.</exception>
    BatchSummary? Batch(string batch);
}
