using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>One row in its place of the chain, with all that can be said of it before its successor is known.</summary>
internal sealed class Link
{
    private readonly bool _adjacent;
    private readonly ChainHash? _computed;
    private readonly bool _linked;
    private readonly bool _consistent;
    private readonly ChainHash? _restored;
    private readonly long? _recordedAs;

    /// <summary>Looks at a row in its place.</summary>
    /// <param name="line">The line.</param>
    /// <param name="seq">The row's number.</param>
    /// <param name="row">The row.</param>
    /// <param name="before">The row read before it, not necessarily its neighbour; null for the first one read.</param>
    public Link(LineId line, long seq, StoredRow row, Link? before)
    {
        Seq = seq;
        Row = row;

        // Two candidates for "the hash before": as stored and as computed, since either may have been altered.
        ChainHash? stored = before is null ? ChainHash.Zero : before.Row.OwnHash;
        ChainHash? computed = before is null ? ChainHash.Zero : before._computed;
        _adjacent = seq == (before?.Seq ?? 0) + 1;
        _linked = _adjacent && row.Previous is { } previous && (previous == stored || previous == computed);
        _computed = row.HashAt(line, seq, row.Previous ?? stored ?? computed);
        _consistent = row.Previous is not null && row.OwnHash is not null && _computed == row.OwnHash;
        if (_consistent || row.OwnHash is not { } own)
        {
            return;
        }

        _restored = !_adjacent ? null
            : row.HashAt(line, seq, stored) == own ? stored
            : row.HashAt(line, seq, computed) == own ? computed
            : null;
        foreach (long place in (ReadOnlySpan<long>)[row.SeqInPayload() ?? seq, seq - 1, seq + 1])
        {
            if (place != seq && row.HashAt(line, place, row.Previous) == own)
            {
                _recordedAs = place;
            }
        }
    }

    /// <summary>Reports a finding.</summary>
    public delegate void Report(long seq, DamageKind kind, string what);

    public long Seq { get; }

    public StoredRow Row { get; }

    /// <summary>The hash that this row says its predecessor had; null when its word counts for nothing.</summary>
    private ChainHash? Witness => _recordedAs is not null ? null
        : _consistent || _linked ? Row.Previous
        : _restored;

    /// <summary>Judges this row, now that the next one is known.</summary>
    public void Judge(Link next, Report report)
    {
        if (next._adjacent && next._recordedAs == Seq && _recordedAs is null)
        {
            report(Seq, DamageKind.Inserted, $"seq {Seq} was put in: seq {next.Seq} was recorded under that number");
            return;
        }

        JudgeBy(next._adjacent ? next.Witness : null, report);
    }

    /// <summary>Judges the last row by the hash in the line's head; null when the head says nothing of it.</summary>
    public void JudgeLast(ChainHash? head, Report report)
    {
        JudgeBy(_consistent ? null : head, report);
        if (_consistent && head is not null && head != Row.OwnHash)
        {
            report(Seq, DamageKind.HeadDisagrees, $"the line's head names {head}, but seq {Seq} has {Row.HashText}");
        }
    }

    private void JudgeBy(ChainHash? witness, Report report)
    {
        (DamageKind Kind, string What)? finding =
            _restored is not null ? (DamageKind.PreviousHashAltered, $"the previous hash of seq {Seq} was altered")
            : _recordedAs is not null ? (DamageKind.Misplaced, $"seq {Seq} was recorded as seq {_recordedAs}")
            : !_consistent ? Inconsistent(witness)
            : Seq == 1 && !_linked ? (DamageKind.Replaced, "seq 1 is the line's first, but follows another event")
            : witness is not null && witness != Row.OwnHash
                ? (DamageKind.Replaced, $"seq {Seq} is not the event that seq {Seq + 1} was recorded after")
            : Row.CopyDifference() is { } difference ? (DamageKind.ColumnAltered, $"seq {Seq}: {difference}")
            : null;
        if (finding is { } found)
        {
            report(Seq, found.Kind, found.What);
        }
    }

    private (DamageKind Kind, string What) Inconsistent(ChainHash? witness) =>
        _computed is not null && witness == _computed
            ? (DamageKind.HashAltered, $"the hash of seq {Seq} was altered")
            : _linked
                ? (DamageKind.PayloadAltered, $"the payload of seq {Seq} is not the one that was hashed")
                : (DamageKind.RowAltered, $"seq {Seq} is not the event that was recorded there");
}
