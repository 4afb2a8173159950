using CoatLine.Domain.Events;
using CoatLine.Ledger.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger;

/// <summary>The one transaction that writes the ledger: rows and line head together, or nothing.</summary>
internal static class SegmentCommit
{
    /// <summary>Commits what is new of a segment that <see cref="SegmentCheck"/> has passed.</summary>
    public static AppendOutcome Run(SqliteConnection connection, IReadOnlyList<ChainedEvent> segment)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        LineId line = segment[0].Line;
        LedgerMark mark = ReadHead(connection, transaction, line) ?? LedgerMark.Empty(line);
        int known = (int)Math.Clamp(mark.Seq + 1 - segment[0].Seq, 0, segment.Count);
        AppendOutcome? refusal = GapBefore(segment[0], mark)
            ?? HeadRow(connection, transaction, mark)
            ?? Reused(connection, transaction, segment.Take(known).ToList(), mark)
            ?? (known < segment.Count ? BrokenLink(segment[known], mark) : null);
        if (refusal is not null)
        {
            return refusal;
        }

        if (known == segment.Count)
        {
            return new AppendOutcome(AppendVerdict.AllDuplicates, mark, 0, known, mark.Seq, "");
        }

        connection.Execute(LedgerSql.InsertEvent, segment.Skip(known).Select(Row), transaction);
        ChainedEvent last = segment[^1];
        connection.Execute(
            LedgerSql.MoveHead, new { line = line.Value, seq = last.Seq, hash = last.Hash.ToString() }, transaction);
        transaction.Commit();
        var moved = new LedgerMark(line, last.Seq, last.Hash);
        return new AppendOutcome(AppendVerdict.Committed, moved, segment.Count - known, known, last.Seq, "");
    }

    /// <summary>Reads a line's head; null when it has none.</summary>
    /// <exception cref="LedgerException">What stands there is no head.</exception>
    public static LedgerMark? ReadHead(SqliteConnection connection, SqliteTransaction? transaction, LineId line)
    {
        Head? head = connection.QueryFirstOrDefault<Head>(
            LedgerSql.ReadHead, new { line = line.Value }, transaction);
        return head switch
        {
            null => null,
            { Seq: long and >= 1 and var seq, Hash: string hash } when HashText.TryParse(hash, out ChainHash parsed) =>
                new LedgerMark(line, seq, parsed),
            _ => throw new LedgerException(LedgerFault.Damaged,
                $"the head of {line} in the ledger is damaged (seq {head.Seq}, hash {head.Hash}); run a verification"),
        };
    }

    private static AppendOutcome? GapBefore(ChainedEvent first, LedgerMark mark) => first.Seq <= mark.Seq + 1
        ? null
        : AppendOutcome.Refused(AppendVerdict.Gap, mark, mark.Seq + 1,
            $"the segment begins at seq {first.Seq}, but the ledger's head is {mark.Seq}");

    private static AppendOutcome? BrokenLink(ChainedEvent first, LedgerMark mark) => first.Previous == mark.Hash
        ? null
        : AppendOutcome.Refused(AppendVerdict.BrokenLink, mark, first.Seq,
            $"seq {first.Seq} follows {first.Previous}, but the ledger's head is {mark.Hash}");

    /// <summary>A chain must not be continued from a head that its own last row does not bear out.</summary>
    private static AppendOutcome? HeadRow(SqliteConnection connection, SqliteTransaction transaction, LedgerMark mark)
    {
        object? hash = mark.Seq == 0 ? null : connection.ExecuteScalar<object?>(
            LedgerSql.ReadHash, new { line = mark.Line.Value, seq = mark.Seq }, transaction);
        return mark.Seq == 0 || Equals(hash, mark.Hash.ToString()) ? null : Damaged(mark, mark.Seq);
    }

    private static AppendOutcome? Reused(
        SqliteConnection connection, SqliteTransaction transaction, List<ChainedEvent> known, LedgerMark mark)
    {
        if (known.Count == 0)
        {
            return null;
        }

        var stored = connection.Query<Head>(
            LedgerSql.ReadHashes,
            new { line = mark.Line.Value, first = known[0].Seq, last = known[^1].Seq },
            transaction).ToDictionary(row => (long)row.Seq!, row => row.Hash);
        foreach (ChainedEvent e in known)
        {
            if (!stored.TryGetValue(e.Seq, out object? hash))
            {
                return Damaged(mark, e.Seq);
            }

            if (!Equals(hash, e.Hash.ToString()))
            {
                return AppendOutcome.Refused(AppendVerdict.SequenceReused, mark, e.Seq,
                    $"seq {e.Seq} is in the ledger with hash {hash}, and was offered again with hash {e.Hash}");
            }
        }

        return null;
    }

    private static AppendOutcome Damaged(LedgerMark mark, long seq) =>
        AppendOutcome.Refused(AppendVerdict.LedgerDamaged, mark, seq,
            $"row {seq} of {mark.Line} is missing or does not agree with the head {mark.Seq}; run a verification");

    private static object Row(ChainedEvent e) => new
    {
        Line = e.Line.Value,
        e.Seq,
        Id = e.EventId,
        e.Type,
        e.Batch,
        // The payload's own text, so that the copy is a copy to the letter.
        EventAttributes.TryRead(e.Payload.Span, out _)!.Value.Time,
        Payload = e.Payload.ToArray(),
        Prevhash = e.Previous.ToString(),
        Hash = e.Hash.ToString(),
    };

    /// <summary>Untyped on purpose: a file edited from outside may hold anything anywhere.</summary>
    private sealed record Head
    {
        public object? Seq { get; init; }

        public object? Hash { get; init; }
    }
}
