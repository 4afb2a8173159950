using DbUp;
using DbUp.Engine;
using Npgsql;

namespace CoatLine.Ledger.Postgres;

/// <summary>Makes the ledger's layout in a database, or brings an older one up to date.</summary>
public static class PostgresLayout
{
    private const string Scripts = ".Postgres.Scripts.";

    /// <summary>Runs the scripts that have not been run there, each in one transaction. Run it as the owner of the
    /// ledger, who should be another role than the writer.</summary>
    /// <param name="connection">Connection string or <c>postgres://</c> address of the owner.</param>
    /// <returns>The names of the scripts that were run; empty when the layout was up to date.</returns>
    /// <exception cref="LedgerException">The database cannot be reached, or a script failed; nothing of that script has
    /// stayed.</exception>
    public static IReadOnlyList<string> Migrate(string connection)
    {
        NpgsqlConnectionStringBuilder place = PostgresPlace.Parse(connection);
        string name = PostgresPlace.Name(place);
        return PostgresGuard.Run(name, () =>
        {
            using (var opened = new NpgsqlConnection(place.ConnectionString))
            {
                opened.Open();
                using var command = new NpgsqlCommand($"CREATE SCHEMA IF NOT EXISTS {PostgresSql.Schema}", opened);
                command.ExecuteNonQuery();
            }

            UpgradeEngine engine = DeployChanges.To
                .PostgresqlDatabase(place.ConnectionString, PostgresSql.Schema)
                .WithScriptsEmbeddedInAssembly(
                    typeof(PostgresLayout).Assembly,
                    script => script.Contains(Scripts, StringComparison.Ordinal))
                .JournalToPostgresqlTable(PostgresSql.Schema, "migrations")
                .WithTransactionPerScript()
                .LogToNowhere()
                .Build();
            DatabaseUpgradeResult result = engine.PerformUpgrade();
            return result.Successful
                ? result.Scripts.Select(script => script.Name[(script.Name.IndexOf(
                    Scripts, StringComparison.Ordinal) + Scripts.Length)..]).ToList()
                : throw result.Error;
        });
    }

    /// <summary>Sees that the layout is the one that this program knows.</summary>
    internal static void Check(NpgsqlConnection connection, string name)
    {
        using var command = new NpgsqlCommand(PostgresSql.ReadLayout, connection);
        object? version = command.ExecuteScalar();
        if (version is not PostgresSql.LayoutVersion)
        {
            throw new LedgerException(
                LedgerFault.UnknownVersion,
                $"{name} has layout {version}; this program knows layout {PostgresSql.LayoutVersion} only");
        }
    }
}
