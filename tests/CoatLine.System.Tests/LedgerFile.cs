using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.System.Tests;

/// <summary>The ledger's file as somebody with SQL sees it.</summary>
internal static class LedgerFile
{
    public static IReadOnlyDictionary<string, long> CountByType(string data)
    {
        using SqliteConnection connection = Open(data, SqliteOpenMode.ReadOnly);
        return connection.Query<(string Type, long Count)>("SELECT type, count(*) FROM events GROUP BY type")
            .ToDictionary(static r => r.Type, static r => r.Count);
    }

    public static long Execute(string data, string sql, object? arguments = null)
    {
        using SqliteConnection connection = Open(data, SqliteOpenMode.ReadWrite);
        return connection.Execute(sql, arguments);
    }

    public static T Scalar<T>(string data, string sql)
    {
        using SqliteConnection connection = Open(data, SqliteOpenMode.ReadOnly);
        return connection.ExecuteScalar<T>(sql)!;
    }

    private static SqliteConnection Open(string data, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(data, "ledger.db"),
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
