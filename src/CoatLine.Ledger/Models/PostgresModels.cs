using CoatLine.Ledger.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CoatLine.Ledger.Models;

/// <summary>The models in PostgreSQL: a schema of their own beside the ledger's, made by its scripts.</summary>
internal sealed class PostgresModels : ModelWriter
{
    private const string Schema = "coatline_model.";

    private readonly NpgsqlConnection _connection;

    private PostgresModels(NpgsqlConnection connection)
        : base(connection, new ModelSql(Schema)) => _connection = connection;

    /// <exception cref="LedgerException">The models there have another layout.</exception>
    public static async Task<PostgresModels> OpenAsync(string text)
    {
        NpgsqlConnectionStringBuilder place = PostgresPlace.Parse(text);
        place.Pooling = false;
        var connection = new NpgsqlConnection(place.ConnectionString);
        try
        {
            await connection.OpenAsync().ConfigureAwait(false);
            await using var command = new NpgsqlCommand($"SELECT max(version) FROM {Schema}layout", connection);
            object? version = await command.ExecuteScalarAsync().ConfigureAwait(false);
            if (version is not ModelTable.LayoutVersion)
            {
                throw new LedgerException(
                    LedgerFault.UnknownVersion,
                    $"{PostgresPlace.Name(place)} has read models of layout {version}; this program knows "
                    + $"{ModelTable.LayoutVersion} only: its owner runs 'coatline ledger migrate'");
            }

            // A rebuild takes as long as it takes, and holds up nobody who records.
            await using var unbound = new NpgsqlCommand("SET statement_timeout = 0", connection);
            await unbound.ExecuteNonQueryAsync().ConfigureAwait(false);
            return new PostgresModels(connection);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    protected override async Task AddAsync(
        ModelTable table, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await _connection.BeginBinaryImportAsync(
            $"COPY {Sql.NameOf(table)}({ModelSql.Columns(table)}) FROM STDIN (FORMAT BINARY)", cancellationToken)
            .ConfigureAwait(false);
        foreach (object?[] row in rows)
        {
            await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < row.Length; i++)
            {
                await (row[i] is { } value
                    ? copy.WriteAsync(value, TypeOf(table.Columns[i].Holds), cancellationToken)
                    : copy.WriteNullAsync(cancellationToken)).ConfigureAwait(false);
            }
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlDbType TypeOf(ModelValue holds) => holds switch
    {
        ModelValue.Whole => NpgsqlDbType.Bigint,
        ModelValue.Real => NpgsqlDbType.Double,
        _ => NpgsqlDbType.Text,
    };
}
