using CoatLine.Domain.Events;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CoatLine.Ledger.Sqlite;

/// <summary>The rows of a ledger file, by SQLite's own interface: no copy of a column is made.</summary>
internal sealed class LedgerSource(string path) : IChainSource
{
    private const string Rows =
        "SELECT seq, id, type, batch, time, payload, prevhash, hash FROM events " +
        "WHERE line = ? AND seq BETWEEN ? AND ? ORDER BY seq";

    private const int Columns = 8;

    public bool HasHexHashes => true;

    public IReadOnlyList<ChainExtent>? Lines() => Read<IReadOnlyList<ChainExtent>?>(connection =>
    {
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
        List<ChainExtent> found = [];
        int heads = 0;
        foreach ((object? line, object? seq, object? hash) in connection.Query<(object?, object?, object?)>(
            "SELECT line, seq, hash FROM line_head", transaction: snapshot))
        {
            heads++;
            if (line is not string name || seq is not long end || hash is not string digits
                || LineName.TryParse(name) is not { } known || !HashText.TryParse(digits, out ChainHash head))
            {
                return null;
            }

            (object? first, object? last) = connection.QuerySingle<(object?, object?)>(
                "SELECT (SELECT seq FROM events WHERE line = @name ORDER BY seq LIMIT 1), "
                + "(SELECT seq FROM events WHERE line = @name ORDER BY seq DESC LIMIT 1)",
                new { name },
                snapshot);
            if (first is not long lowest || last is not long highest)
            {
                return null;
            }

            found.Add(new ChainExtent(known, lowest, highest, new LedgerMark(known, end, head)));
        }

        // Rows of a line that has no head, or whose line is something else than text, stand before, between or behind.
        string? after = null;
        int lines = 0;
        while (connection.QueryFirstOrDefault<(string Line, string Class)?>(
            "SELECT CAST(line AS TEXT), typeof(line) FROM events WHERE @after IS NULL OR line > @after "
            + "ORDER BY line LIMIT 1",
            new { after },
            snapshot) is { } row)
        {
            if (row.Class != "text" || ++lines > heads)
            {
                return null;
            }

            after = row.Line;
        }

        return lines == heads ? [.. found.OrderBy(l => l.Line.Value, StringComparer.Ordinal)] : null;
    });

    public bool Scan(LineId line, long first, long last, RowTaker take) => Read(connection =>
    {
        sqlite3 handle = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(handle, Rows, out sqlite3_stmt statement), handle);
        using (statement)
        {
            raw.sqlite3_bind_text(statement, 1, line.Value);
            raw.sqlite3_bind_int64(statement, 2, first);
            raw.sqlite3_bind_int64(statement, 3, last);
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                if (!HasClasses(statement) || !take(Row(statement)))
                {
                    return false;
                }
            }

            // What cannot be read is for the walk to name.
            if (result == LedgerFile.CorruptCode)
            {
                return false;
            }

            Check(result, handle);
            return true;
        }
    });

    public bool IsConsistent() => Read(connection =>
        connection.Query<string>(LedgerSql.IntegrityCheck).All(finding => finding == "ok"));

    private static RawRow Row(sqlite3_stmt statement) => new()
    {
        Seq = raw.sqlite3_column_int64(statement, 0),
        Id = raw.sqlite3_column_blob(statement, 1),
        Type = raw.sqlite3_column_blob(statement, 2),
        Batch = raw.sqlite3_column_blob(statement, 3),
        Time = raw.sqlite3_column_blob(statement, 4),
        Payload = raw.sqlite3_column_blob(statement, 5),
        Previous = raw.sqlite3_column_blob(statement, 6),
        Hash = raw.sqlite3_column_blob(statement, 7),
    };

    private static bool HasClasses(sqlite3_stmt statement)
    {
        if (raw.sqlite3_column_type(statement, 0) != raw.SQLITE_INTEGER)
        {
            return false;
        }

        for (int i = 1; i < Columns; i++)
        {
            if (raw.sqlite3_column_type(statement, i) != raw.SQLITE_TEXT)
            {
                return false;
            }
        }

        return true;
    }

    private static void Check(int result, sqlite3 handle)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            throw new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), result);
        }
    }

    private T Read<T>(Func<SqliteConnection, T> work) => LedgerFile.Guard(path, () =>
    {
        using SqliteConnection connection = LedgerFile.OpenReader(path, out _);
        return work(connection);
    });
}
