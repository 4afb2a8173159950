using CoatLine.Domain.Events;
using CoatLine.Ledger.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger;

/// <summary>The one transaction that writes the ledger: rows and line head together, or nothing.</summary>
internal static class SegmentCommit
{
    /// <summary>Commits what is new of a segment that <see cref="SegmentCheck"/> has passed.</summary>
    public static AppendOutcome Run(
        SqliteConnection connection, IReadOnlyList<ChainedEvent> segment, IReadOnlyList<string> times)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        LineId line = segment[0].Line;
        LedgerMark mark = ReadHead(connection, transaction, line) ?? LedgerMark.Empty(line);
        (AppendOutcome? refusal, int known) = AppendRules.Judge(
            segment, mark, HeadRow(connection, transaction, mark), Stored(connection, transaction, segment, mark));
        if (refusal is not null)
        {
            return refusal;
        }

        if (known == segment.Count)
        {
            return AppendRules.AllDuplicates(mark, known);
        }

        connection.Execute(LedgerSql.InsertEvent, segment.Zip(times).Skip(known).Select(Row), transaction);
        ChainedEvent last = segment[^1];
        connection.Execute(
            LedgerSql.MoveHead, new { line = line.Value, seq = last.Seq, hash = last.Hash.ToString() }, transaction);
        transaction.Commit();
        return AppendRules.Committed(segment, known);
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

    private static string? HeadRow(SqliteConnection connection, SqliteTransaction transaction, LedgerMark mark) =>
        mark.Seq == 0 ? null : connection.ExecuteScalar<object?>(
            LedgerSql.ReadHash, new { line = mark.Line.Value, seq = mark.Seq }, transaction) as string;

    private static Dictionary<long, string?> Stored(
        SqliteConnection connection,
        SqliteTransaction transaction,
        IReadOnlyList<ChainedEvent> segment,
        LedgerMark mark) =>
        segment[0].Seq > mark.Seq
            ? []
            : connection.Query<Head>(
                LedgerSql.ReadHashes,
                new { line = mark.Line.Value, first = segment[0].Seq, last = Math.Min(mark.Seq, segment[^1].Seq) },
                transaction).ToDictionary(row => (long)row.Seq!, row => row.Hash as string);

    private static object Row((ChainedEvent Event, string Time) row) => new
    {
        Line = row.Event.Line.Value,
        row.Event.Seq,
        Id = row.Event.EventId,
        row.Event.Type,
        row.Event.Batch,
        row.Time,
        Payload = row.Event.Payload.ToArray(),
        Prevhash = row.Event.Previous.ToString(),
        Hash = row.Event.Hash.ToString(),
    };

    /// <summary>Untyped on purpose: a file edited from outside may hold anything anywhere.</summary>
    private sealed record Head
    {
        public object? Seq { get; init; }

        public object? Hash { get; init; }
    }
}
