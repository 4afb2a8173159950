using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>
/// How far the ledger has a line's chain: everything up to and with <paramref name="Seq"/> is committed.
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="Seq">Last committed sequence number, from 1; 0 where the line has no event yet.</param>
/// <param name="Hash">Hash of that event; <see cref="ChainHash.Zero"/> when <paramref name="Seq"/> is 0.</param>
public sealed record LedgerMark(LineId Line, long Seq, ChainHash Hash)
{
    /// <summary>The mark of a line that has no event yet.</summary>
    public static LedgerMark Empty(LineId line) => new(line, 0, ChainHash.Zero);
}
