using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger.Models;

/// <summary>The models beside a ledger in a file: a file of their own, which anybody may delete.</summary>
internal sealed class SqliteModels : ModelWriter
{
    /// <summary>How long one waits for another who writes.</summary>
    private const int BusySeconds = 10;

    private SqliteModels(SqliteConnection connection)
        : base(connection, new ModelSql(""))
    {
    }

    /// <summary>Name of the file beside a ledger's.</summary>
    public static string PathOf(string ledger) => Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(ledger))!, Path.GetFileNameWithoutExtension(ledger) + "-models.db");

    /// <exception cref="LedgerException">The file cannot be opened or made.</exception>
    public static SqliteModels Open(string ledger)
    {
        string path = PathOf(ledger);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL");
            Make(connection);
            return new SqliteModels(connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(path, e);
        }
    }

    public static LedgerException Explain(string path, SqliteException e) => new(
        LedgerFault.Unavailable,
        $"the read models in {path} cannot be used ({e.Message}); the file may be deleted, it is made from the ledger",
        e);

    /// <summary>Another layout is thrown away: it is filled anew from the chain.</summary>
    private static void Make(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long version = connection.ExecuteScalar<long>("PRAGMA user_version", transaction: transaction);
        if (version != ModelTable.LayoutVersion)
        {
            foreach (string name in connection.Query<string>(
                "SELECT name FROM sqlite_schema WHERE type = 'table'", transaction: transaction).ToList())
            {
                connection.Execute($"DROP TABLE \"{name}\"", transaction: transaction);
            }

            connection.Execute(
                "CREATE TABLE position(line TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, "
                + "skipped INTEGER NOT NULL, verified INTEGER NOT NULL)", transaction: transaction);
            foreach (ModelTable table in ModelTable.All)
            {
                connection.Execute(Definition(table), transaction: transaction);
            }

            connection.Execute(
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {ModelTable.LayoutVersion}"),
                transaction: transaction);
        }

        transaction.Commit();
    }

    private static string Definition(ModelTable table)
    {
        IEnumerable<string> columns = table.Columns.Select(static c => $"{c.Name} {TypeOf(c.Holds)}"
            + (c.IsRequired ? " NOT NULL" : ""));
        IEnumerable<string> key = table.Columns.Take(table.KeyCount).Select(static c => c.Name);
        return $"CREATE TABLE {table.Name}({string.Join(", ", columns)}, PRIMARY KEY ({string.Join(", ", key)}))";
    }

    private static string TypeOf(ModelValue holds) => holds switch
    {
        ModelValue.Whole => "INTEGER",
        ModelValue.Real => "REAL",
        _ => "TEXT",
    };
}
