using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Postgres;
using CoatLine.Ledger.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CoatLine.Ledger;

/// <summary>Walks a whole ledger in one read transaction, line after line.</summary>
internal sealed class LedgerWalk
{
    private readonly DamageList _damages = new(LedgerVerifier.MaxDamages);
    private readonly Dictionary<LineId, StoredHead> _heads = [];
    private readonly Dictionary<LineId, LedgerMark> _expected;
    private readonly ImmutableArray<LineReport>.Builder _lines = ImmutableArray.CreateBuilder<LineReport>();
    private LineId? _line;
    private LineWalk? _walk;
    private long _events;

    private LedgerWalk(Dictionary<LineId, LedgerMark> expected) => _expected = new(expected);

    /// <summary>Walks the ledger file behind an open connection.</summary>
    public static VerifyReport Run(
        SqliteConnection connection, Dictionary<LineId, LedgerMark> expected, CancellationToken cancellationToken)
    {
        var walk = new LedgerWalk(expected);
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
        try
        {
            walk.ReadHeads(connection, snapshot, LedgerSql.WalkHeads);
            walk.ReadRows(connection, snapshot, LedgerSql.WalkEvents, cancellationToken);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == LedgerFile.CorruptCode)
        {
            walk.EndLine(complete: false);
            walk._damages.Add(walk._line?.Value ?? "", walk.LastSeq + 1, DamageKind.FileCorrupt,
                $"the file cannot be read from there on: {e.Message}");
            return walk.Report();
        }

        walk.EndLine(complete: true);
        walk.EndLinesWithoutRows();
        foreach (string finding in connection.Query<string>(LedgerSql.IntegrityCheck, transaction: snapshot))
        {
            if (finding != "ok")
            {
                walk._damages.Add("", 0, DamageKind.FileCorrupt, $"the database says: {finding}");
            }
        }

        return walk.Report();
    }

    /// <summary>Walks the ledger in PostgreSQL behind an open connection.</summary>
    public static VerifyReport Run(
        NpgsqlConnection connection, Dictionary<LineId, LedgerMark> expected, CancellationToken cancellationToken)
    {
        var walk = new LedgerWalk(expected);
        using NpgsqlTransaction snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        walk.ReadHeads(connection, snapshot, PostgresSql.WalkHeads);
        walk.ReadRows(connection, snapshot, PostgresSql.WalkEvents, cancellationToken);
        walk.EndLine(complete: true);
        walk.EndLinesWithoutRows();
        return walk.Report();
    }

    private long LastSeq => _lines.Count == 0 || _line is null ? 0 : _lines[^1].Seq;

    private void ReadHeads(DbConnection connection, DbTransaction snapshot, string sql)
    {
        using DbDataReader reader = (DbDataReader)connection.ExecuteReader(sql, transaction: snapshot);
        while (reader.Read())
        {
            StoredHead head = StoredHead.Read(reader);
            if (head.Line is not { } line || !_heads.TryAdd(line, head))
            {
                _damages.Add(head.LineText, head.Seq ?? 0, DamageKind.HeadDisagrees,
                    $"there is a head for '{head.LineText}', which is no line name");
            }
        }
    }

    private void ReadRows(
        DbConnection connection, DbTransaction snapshot, string sql, CancellationToken cancellationToken)
    {
        // No bound on the time of this one statement: it is as long as the ledger.
        using DbDataReader reader = (DbDataReader)connection.ExecuteReader(
            sql, transaction: snapshot, commandTimeout: 0);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            StoredRow row = StoredRow.Read(reader);
            _events++;
            if (row.Line is not { } line)
            {
                _damages.Add(row.LineText, row.Seq ?? 0, DamageKind.ColumnAltered,
                    $"the line column of seq {row.SeqText} holds '{row.LineText}', no line name stored as text");
                continue;
            }

            if (_line != line)
            {
                EndLine(complete: true);
                _line = line;
                _walk = BeginLine(line);
            }

            _walk!.Next(row);
        }
    }

    private LineWalk BeginLine(LineId line)
    {
        _heads.Remove(line, out StoredHead? head);
        _expected.Remove(line, out LedgerMark? expected);
        return new LineWalk(line, head, expected, _damages);
    }

    private void EndLine(bool complete)
    {
        if (_walk is not null)
        {
            _lines.Add(_walk.End(complete));
            _walk = null;
        }
    }

    /// <summary>A line whose rows are all gone is known by its head or by the caller's mark only.</summary>
    private void EndLinesWithoutRows()
    {
        IEnumerable<LineId> known = _heads.Keys.Concat(_expected.Values.Where(m => m.Seq > 0).Select(m => m.Line));
        foreach (LineId line in known.Distinct().OrderBy(line => line.Value, StringComparer.Ordinal).ToList())
        {
            _lines.Add(BeginLine(line).End(complete: true));
        }
    }

    private VerifyReport Report() => new(_events, _lines.ToImmutable(), _damages.Kept, _damages.Count);
}
