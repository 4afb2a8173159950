using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>
/// Whether a sound segment may be added to what a ledger holds of its line. Pure; the same for every database.
/// </summary>
internal static class AppendRules
{
    /// <summary>Looks at a segment beside the ledger's head.</summary>
    /// <param name="segment">A segment that <see cref="SegmentCheck"/> has passed.</param>
    /// <param name="mark">The line's head.</param>
    /// <param name="headRow">Hash of the row that the head stands for, as stored; null when it is not there.</param>
    /// <param name="stored">Stored hashes, by number, of those of the segment's events that the head covers.</param>
    /// <returns>The refusal, or null with the number of events that the ledger has already.</returns>
    public static (AppendOutcome? Refusal, int Known) Judge(
        IReadOnlyList<ChainedEvent> segment,
        LedgerMark mark,
        string? headRow,
        IReadOnlyDictionary<long, string?> stored)
    {
        int known = (int)Math.Clamp(mark.Seq + 1 - segment[0].Seq, 0, segment.Count);
        AppendOutcome? refusal = GapBefore(segment[0], mark)
            ?? (mark.Seq == 0 || headRow == mark.Hash.ToString() ? null : Damaged(mark, mark.Seq))
            ?? Reused(segment.Take(known), stored, mark)
            ?? (known < segment.Count ? BrokenLink(segment[known], mark) : null);
        return (refusal, known);
    }

    /// <summary>What is to be told of a segment that the ledger has as a whole.</summary>
    public static AppendOutcome AllDuplicates(LedgerMark mark, int known) =>
        new(AppendVerdict.AllDuplicates, mark, 0, known, mark.Seq, "");

    /// <summary>What is to be told after the commit.</summary>
    public static AppendOutcome Committed(IReadOnlyList<ChainedEvent> segment, int known)
    {
        ChainedEvent last = segment[^1];
        var moved = new LedgerMark(last.Line, last.Seq, last.Hash);
        return new AppendOutcome(AppendVerdict.Committed, moved, segment.Count - known, known, last.Seq, "");
    }

    private static AppendOutcome? GapBefore(ChainedEvent first, LedgerMark mark) => first.Seq <= mark.Seq + 1
        ? null
        : AppendOutcome.Refused(AppendVerdict.Gap, mark, mark.Seq + 1,
            $"the segment begins at seq {first.Seq}, but the ledger's head is {mark.Seq}");

    private static AppendOutcome? BrokenLink(ChainedEvent first, LedgerMark mark) => first.Previous == mark.Hash
        ? null
        : AppendOutcome.Refused(AppendVerdict.BrokenLink, mark, first.Seq,
            $"seq {first.Seq} follows {first.Previous}, but the ledger's head is {mark.Hash}");

    private static AppendOutcome? Reused(
        IEnumerable<ChainedEvent> known, IReadOnlyDictionary<long, string?> stored, LedgerMark mark)
    {
        foreach (ChainedEvent e in known)
        {
            if (!stored.TryGetValue(e.Seq, out string? hash))
            {
                return Damaged(mark, e.Seq);
            }

            if (hash != e.Hash.ToString())
            {
                return AppendOutcome.Refused(AppendVerdict.SequenceReused, mark, e.Seq,
                    $"seq {e.Seq} is in the ledger with hash {hash}, and was offered again with hash {e.Hash}");
            }
        }

        return null;
    }

    /// <summary>A chain must not be continued from a head that its own last row does not bear out.</summary>
    private static AppendOutcome Damaged(LedgerMark mark, long seq) =>
        AppendOutcome.Refused(AppendVerdict.LedgerDamaged, mark, seq,
            $"row {seq} of {mark.Line} is missing or does not agree with the head {mark.Seq}; run a verification");
}
