using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger.Sqlite;

/// <summary>Opens ledger files: one way for the writer, one for readers, and the sentence for each failure.</summary>
internal static class LedgerFile
{
    /// <summary>How long a connection waits for another one's lock before it gives up, in seconds.</summary>
    public const int BusyTimeoutSeconds = 5;

    /// <summary>SQLite's result code for a file that contradicts itself.</summary>
    public const int CorruptCode = 11;

    private static readonly string[] KnownColumns =
    [
        "events.line", "events.seq", "events.id", "events.type", "events.batch", "events.time", "events.payload",
        "events.prevhash", "events.hash", "line_head.line", "line_head.seq", "line_head.hash",
    ];

    /// <summary>Opens the file for writing and creates it, with its schema, where there is none.</summary>
    /// <exception cref="LedgerException">It cannot be opened, or is something else than a ledger.</exception>
    public static SqliteConnection OpenWriter(string path) => Guard(path, () =>
    {
        SqliteConnection connection = Connect(Path.GetFullPath(path), SqliteOpenMode.ReadWriteCreate);
        try
        {
            bool isNew = !IsLedger(connection, path, emptyIsFine: true);
            connection.Execute(LedgerSql.WriterPragmas);
            if (isNew)
            {
                using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
                connection.Execute(LedgerSql.CreateSchema, transaction: transaction);
                connection.Execute($"PRAGMA application_id = {LedgerSql.ApplicationId}", transaction: transaction);
                connection.Execute($"PRAGMA user_version = {LedgerSql.SchemaVersion}", transaction: transaction);
                transaction.Commit();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>
    /// Opens the file for reading; never creates or changes a file. A ledger at rest (no write-ahead log beside it)
    /// is opened as immutable, because SQLite would otherwise create the log's index file for a mere reader;
    /// <paramref name="assumedAtRest"/> tells the caller to check afterwards that no writer came.
    /// </summary>
    /// <exception cref="LedgerException">It is missing, cannot be opened, or is something else than a
    /// ledger.</exception>
    public static SqliteConnection OpenReader(string path, out bool assumedAtRest)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new LedgerException(LedgerFault.Missing, $"there is no ledger '{path}'; name the folder of a run");
        }

        bool atRest = assumedAtRest = !HasLog(path);
        return Guard(path, () =>
        {
            string source = atRest ? $"file:{Uri.EscapeDataString(full).Replace("%2F", "/")}?immutable=1" : full;
            SqliteConnection connection = Connect(source, SqliteOpenMode.ReadOnly);
            try
            {
                IsLedger(connection, path, emptyIsFine: false);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        });
    }

    /// <summary>True when a write-ahead log stands beside the file: a writer is open, or was killed.</summary>
    public static bool HasLog(string path) => File.Exists(Path.GetFullPath(path) + "-wal");

    /// <summary>Runs database work and turns SQLite's errors into sentences.</summary>
    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Translate(path, e);
        }
    }

    private static LedgerException Translate(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        SqliteCode.NotADatabase => new(LedgerFault.NotALedger, $"'{path}' is not a database, so it is no ledger", e),
        SqliteCode.CannotOpen or SqliteCode.ReadOnly or SqliteCode.Permission => new(LedgerFault.Unavailable,
            $"the ledger '{path}' cannot be opened; its folder must exist and be writable for this user", e),
        SqliteCode.Busy or SqliteCode.Locked => new(LedgerFault.Unavailable,
            $"the ledger '{path}' was locked by another process for {BusyTimeoutSeconds} s; end that process", e),
        SqliteCode.Full => new(LedgerFault.Unavailable, $"no room left on the disk of '{path}'; free some", e),
        _ => new(LedgerFault.Unavailable, $"the ledger '{path}' failed: {e.Message}", e),
    };

    private static SqliteConnection Connect(string source, SqliteOpenMode mode)
    {
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            // A pooled connection would keep the file, and its log, open after Dispose.
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        };
        var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        return connection;
    }

    private static bool IsLedger(SqliteConnection connection, string path, bool emptyIsFine)
    {
        (long application, long version, long objects) =
            connection.QuerySingle<(long, long, long)>(LedgerSql.ReadIdentity);
        if (emptyIsFine && application == 0 && version == 0 && objects == 0)
        {
            return false;
        }

        if (application != LedgerSql.ApplicationId)
        {
            throw new LedgerException(LedgerFault.NotALedger, $"'{path}' is a database, but not a CoatLine ledger");
        }

        var columns = connection.Query<string>(LedgerSql.ReadColumns).ToHashSet(StringComparer.Ordinal);
        return version == LedgerSql.SchemaVersion && columns.IsSupersetOf(KnownColumns)
            ? true
            : throw new LedgerException(LedgerFault.UnknownVersion,
                $"'{path}' is a ledger of layout {version}; this program reads layout {LedgerSql.SchemaVersion} only");
    }

    /// <summary>Result codes of SQLite that get a sentence of their own.</summary>
    private static class SqliteCode
    {
        public const int Permission = 3;
        public const int Busy = 5;
        public const int Locked = 6;
        public const int ReadOnly = 8;
        public const int Full = 13;
        public const int CannotOpen = 14;
        public const int NotADatabase = 26;
    }
}
