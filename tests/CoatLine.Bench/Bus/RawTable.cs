using Npgsql;
using NpgsqlTypes;

namespace CoatLine.Bench.Bus;

/// <summary>A table with what a row needs at least: number and body.</summary>
internal sealed class RawTable(NpgsqlDataSource database, string name)
{
    public async Task CreateAsync()
    {
        await using NpgsqlCommand command = database.CreateCommand(
            $"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} (seq bigint PRIMARY KEY, payload bytea NOT NULL)");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Commits rows by binary COPY.</summary>
    public async Task CopyAsync(NpgsqlConnection connection, IEnumerable<(long Seq, ReadOnlyMemory<byte> Body)> rows)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            $"COPY {name} (seq, payload) FROM STDIN (FORMAT BINARY)");
        foreach ((long seq, ReadOnlyMemory<byte> body) in rows)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(seq, NpgsqlDbType.Bigint);
            await copy.WriteAsync(body, NpgsqlDbType.Bytea);
        }

        await copy.CompleteAsync();
    }
}
