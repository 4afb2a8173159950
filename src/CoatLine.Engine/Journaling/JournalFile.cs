using System.Globalization;
using CoatLine.Domain.Events;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Engine.Journaling;

/// <summary>
/// Opens the SQLite file of a journal: exclusive to this process, write-ahead log, synchronized on every commit; makes
/// the layout in an empty file and verifies the tail of the chain in any other.
/// </summary>
internal static class JournalFile
{
    /// <summary>At most this many of the newest events are verified when a journal is opened.</summary>
    public const int VerifiedTail = 4096;

    /// <summary>How long the first statement waits for another process to let go of the file.</summary>
    private const int BusySeconds = 2;

    /// <summary>The format without the table <c>kept</c>; it is migrated in place when it is opened.</summary>
    private const long BeforeKept = 1;

    public static SqliteConnection Open(string path, LineId line, out JournalHead head)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,

            // A handle that has failed must really be closed, never handed out again.
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            connection.Open();
            head = Prepare(connection, path, line);
            VerifyTail(connection, path, line, head);
            Migrate(connection);
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e is JournalException ? e : Explain(path, "opened", e);
        }
    }

    /// <summary>Says in a sentence what went wrong with the file and what cures it.</summary>
    public static JournalException Explain(string path, string action, Exception e)
    {
        string cure = e is SqliteException sqlite
            ? sqlite.SqliteErrorCode switch
            {
                5 or 6 => "another process has it open; stop that one first, or use another data folder",
                8 or 14 or 23 => "the folder or the file is not writable; check its owner and rights",
                10 => "the disk reports an error; check it, then start again: the journal is read anew",
                11 or 26 => "it is not a sound SQLite file; restore it from a copy, or move it away and keep it",
                13 => "the disk is full; free some space, then start again: the journal is read anew",
                _ => "start again: the journal is read anew",
            }
            : e is UnauthorizedAccessException or IOException
                ? "the folder or the file is not writable; check its owner and rights"
                : "start again: the journal is read anew";
        return new JournalException($"the journal {path} cannot be {action}: {cure} ({e.Message})", e);
    }

    private static JournalHead Prepare(SqliteConnection connection, string path, LineId line)
    {
        // Exclusive from the first lock on: no second process can read or write, and no shared memory is needed.
        connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
        string mode = connection.ExecuteScalar<string>("PRAGMA journal_mode = WAL") ?? "";
        connection.Execute("PRAGMA synchronous = FULL");
        if (mode != "wal")
        {
            throw new JournalException(
                $"the journal {path} cannot use a write-ahead log (mode '{mode}'); put it on a local file system");
        }

        // An exclusive connection keeps the lock that its first write takes.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long format = connection.ExecuteScalar<long>("PRAGMA user_version", transaction: transaction);
        long tables = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema", transaction: transaction);
        if (format == 0 && tables == 0)
        {
            connection.Execute(JournalSql.Create, transaction: transaction);
            connection.Execute(
                JournalSql.Begin, new { Line = line.Value, Zero = ChainHash.Zero.ToString() }, transaction);
            SetFormat(connection, transaction);
        }
        else if (format is not (JournalSql.Format or BeforeKept))
        {
            throw new JournalException(
                $"{path} is no journal of format {JournalSql.Format} (it has {format}); use the version that wrote it");
        }

        JournalHead head = connection.QuerySingle<JournalHead>(JournalSql.Head, transaction: transaction);
        transaction.Commit();
        return head.Line == line.Value
            ? head
            : throw new JournalException(
                $"the journal {path} belongs to line '{head.Line}', not '{line}'; use that line's own data folder");
    }

    // Last of all, so that a file which is refused stays as it is.
    private static void Migrate(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (connection.ExecuteScalar<long>("PRAGMA user_version", transaction: transaction) == BeforeKept)
        {
            // Nothing is to be filled in: the versions that wrote format 1 knew no fact that is kept.
            connection.Execute(JournalSql.CreateKept, transaction: transaction);
            SetFormat(connection, transaction);
        }

        transaction.Commit();
    }

    private static void SetFormat(SqliteConnection connection, SqliteTransaction transaction) => connection.Execute(
        string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {JournalSql.Format}"),
        transaction: transaction);

    private static void VerifyTail(SqliteConnection connection, string path, LineId line, JournalHead head)
    {
        long held = connection.ExecuteScalar<long>(JournalSql.CountAfter, new { AfterSeq = head.ConfirmedSeq });
        if (held != head.HeadSeq - head.ConfirmedSeq)
        {
            throw Broken(path, head.HeadSeq);
        }

        ChainHash? expected = null;
        long expectedSeq = 0;
        foreach (JournalRow row in connection.Query<JournalRow>(JournalSql.Tail, new { Max = VerifiedTail }))
        {
            ChainedEvent e = Parse(path, line, row);
            bool linked = expected is null || e.Seq != expectedSeq || e.Hash == expected;
            if (!linked || EventChain.Hash(line, e.Seq, e.Previous, e.Payload.Span) != e.Hash)
            {
                throw Broken(path, e.Seq);
            }

            if (expected is null && (e.Seq > head.HeadSeq || (e.Seq == head.HeadSeq && row.Hash != head.HeadHash)))
            {
                throw Broken(path, e.Seq);
            }

            expected = e.Previous;
            expectedSeq = e.Seq - 1;
        }
    }

    private static ChainedEvent Parse(string path, LineId line, JournalRow row)
    {
        try
        {
            return row.ToEvent(line);
        }
        catch (FormatException)
        {
            throw Broken(path, row.Seq);
        }
    }

    private static JournalException Broken(string path, long seq) => new(
        $"the journal {path} was changed: event {seq} does not fit its hash chain; "
        + "keep the file as it is and compare it with the ledger");
}
