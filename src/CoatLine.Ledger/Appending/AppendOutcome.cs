namespace CoatLine.Ledger;

/// <summary>What became of a segment offered to <see cref="LedgerStore.Append"/>.</summary>
public enum AppendVerdict
{
    /// <summary>New events were committed; those that the ledger had already were dropped.</summary>
    Committed,

    /// <summary>The ledger had every event already, with the same hashes. Nothing changed.</summary>
    AllDuplicates,

    /// <summary>
    /// Refused: events between the ledger's head and the segment are missing. Send from the mark again.
    /// </summary>
    Gap,

    /// <summary>Refused: the segment does not continue the chain of the ledger's head.</summary>
    BrokenLink,

    /// <summary>Refused, alarm: the ledger holds another event under the same sequence number.</summary>
    SequenceReused,

    /// <summary>
    /// Refused: the segment contradicts itself (order, hash, or a copy that differs from the payload).
    /// </summary>
    Malformed,

    /// <summary>Refused, alarm: the ledger's own head does not agree with its rows; run a verification.</summary>
    LedgerDamaged,
}

/// <summary>The result of offering a segment; a refusal has changed nothing.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Mark">The line's high-water mark afterwards; null only when the segment is empty and names no
/// line.</param>
/// <param name="Committed">Events newly committed, ≥ 0.</param>
/// <param name="Dropped">Events dropped as duplicates, ≥ 0; counted only when nothing was refused.</param>
/// <param name="Seq">For a refusal the sequence number it is about, else the mark's.</param>
/// <param name="Reason">For a refusal one sentence with the numbers; empty otherwise.</param>
public sealed record AppendOutcome(
    AppendVerdict Verdict, LedgerMark? Mark, int Committed, int Dropped, long Seq, string Reason)
{
    /// <summary>True when every event of the segment is in the ledger now.</summary>
    public bool Accepted => Verdict is AppendVerdict.Committed or AppendVerdict.AllDuplicates;

    internal static AppendOutcome Refused(AppendVerdict verdict, LedgerMark? mark, long seq, string reason) =>
        new(verdict, mark, 0, 0, seq, reason);
}
