using System.Buffers.Binary;
using CoatLine.Domain.Events;
using Dapper;
using Npgsql;

namespace CoatLine.Ledger.Postgres;

/// <summary>The rows as the server's binary COPY gives them, read from its stream as they come.</summary>
internal sealed class PostgresSource(PostgresReader ledger) : IChainSource
{
    private const int Columns = 8;
    private const int BufferBytes = 1 << 18;

    public bool HasHexHashes => false;

    public IReadOnlyList<ChainExtent>? Lines() => ledger.Read<IReadOnlyList<ChainExtent>?>(connection =>
    {
        using NpgsqlTransaction snapshot = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        var heads = connection.Query<(string Line, long Seq, byte[] Hash)>(
            "SELECT line, seq, hash FROM coatline.line_head").ToDictionary(h => h.Line);
        var found = new List<ChainExtent>();
        string? after = null;
        while (connection.ExecuteScalar<string?>(
            "SELECT line FROM coatline.events WHERE @after::text IS NULL OR line > @after ORDER BY line LIMIT 1",
            new { after }) is { } line)
        {
            if (LineName.TryParse(line) is not { } name || !heads.Remove(line, out var head)
                || head.Hash.Length != ChainHash.Length)
            {
                return null;
            }

            (long first, long last) = connection.QuerySingle<(long, long)>(
                "SELECT min(seq), max(seq) FROM coatline.events WHERE line = @line", new { line });
            found.Add(new ChainExtent(
                name, first, last, new LedgerMark(name, head.Seq, ChainHash.FromBytes(head.Hash))));
            after = line;
        }

        return heads.Count == 0 ? found : null;
    });

    public bool Scan(LineId line, long first, long last, RowTaker take) => ledger.Read(connection =>
    {
        // A line's name has letters, digits and hyphens only; COPY takes no parameters.
        using NpgsqlRawCopyStream copy = connection.BeginRawBinaryCopy(FormattableString.Invariant(
            $"""
            COPY (SELECT seq, id, type, batch, time, payload, prevhash, hash FROM coatline.events
            WHERE line = '{line.Value}' AND seq BETWEEN {first} AND {last} ORDER BY seq) TO STDOUT (FORMAT BINARY)
            """));
        var tuples = new CopyTuples(copy, BufferBytes);
        Span<Range> columns = stackalloc Range[Columns];
        while (tuples.Read(columns))
        {
            ReadOnlySpan<byte> row = tuples.Row;
            if (!take(new RawRow
                {
                    Seq = BinaryPrimitives.ReadInt64BigEndian(row[columns[0]]),
                    Id = row[columns[1]],
                    Type = row[columns[2]],
                    Batch = row[columns[3]],
                    Time = row[columns[4]],
                    Payload = row[columns[5]],
                    Previous = row[columns[6]],
                    Hash = row[columns[7]],
                }))
            {
                copy.Cancel();
                return false;
            }
        }

        return true;
    });

    /// <summary>The server keeps checksums of its pages where it was made so; there is nothing to ask it
    /// here.</summary>
    public bool IsConsistent() => true;
}
