using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace CoatLine.Bench.Bus;

/// <summary>A table with the columns, the key and the storage of the ledger's, and none of its guarantees: no trigger,
/// no head, no lock, nothing is checked or computed.</summary>
internal sealed class RawTable(NpgsqlDataSource database, string name)
{
    /// <summary>Columns, for an INSERT of one row as well.</summary>
    public const string Columns = "line, seq, id, type, batch, time, payload, prevhash, hash";

    private static readonly byte[] Hash = new byte[32];

    public async Task CreateAsync()
    {
        await using NpgsqlCommand command = database.CreateCommand($"""
            DROP TABLE IF EXISTS {name};
            CREATE TABLE {name} (
              line text COLLATE "C" NOT NULL, seq bigint NOT NULL, id text COLLATE "C" NOT NULL,
              type text COLLATE "C" NOT NULL, batch text COLLATE "C" NOT NULL, time text COLLATE "C" NOT NULL,
              payload bytea NOT NULL, prevhash bytea NOT NULL, hash bytea NOT NULL, PRIMARY KEY (line, seq));
            ALTER TABLE {name} ALTER COLUMN payload SET STORAGE EXTERNAL
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The values of a row beside number and body, as long as the ledger's are.</summary>
    public static object Row(long seq, byte[] body) => new
    {
        line = "bench",
        seq,
        id = Id(seq),
        type = "coatline.link-lost.v1",
        batch = "",
        time = "2026-01-05T06:00:00.0000000Z",
        payload = body,
        prevhash = Hash,
        hash = Hash,
    };

    /// <summary>Commits rows by binary COPY.</summary>
    public async Task CopyAsync(NpgsqlConnection connection, IEnumerable<(long Seq, ReadOnlyMemory<byte> Body)> rows)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            $"COPY {name} ({Columns}) FROM STDIN (FORMAT BINARY)");
        foreach ((long seq, ReadOnlyMemory<byte> body) in rows)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync("bench", NpgsqlDbType.Text);
            await copy.WriteAsync(seq, NpgsqlDbType.Bigint);
            await copy.WriteAsync(Id(seq), NpgsqlDbType.Text);
            await copy.WriteAsync("coatline.link-lost.v1", NpgsqlDbType.Text);
            await copy.WriteAsync("", NpgsqlDbType.Text);
            await copy.WriteAsync("2026-01-05T06:00:00.0000000Z", NpgsqlDbType.Text);
            await copy.WriteAsync(body, NpgsqlDbType.Bytea);
            await copy.WriteAsync(Hash, NpgsqlDbType.Bytea);
            await copy.WriteAsync(Hash, NpgsqlDbType.Bytea);
        }

        await copy.CompleteAsync();
    }

    private static string Id(long seq) => string.Create(
        CultureInfo.InvariantCulture, $"01942f00-0000-7000-8000-{seq:x12}");
}
