using System.Data.Common;
using System.Text;
using CoatLine.Domain.Events;
using Dapper;
using Npgsql;

namespace CoatLine.Ledger.Postgres;

/// <summary>Reads a ledger in PostgreSQL. Needs no more than the role <c>coatline_reader</c>; each query takes a
/// connection of its own. Safe for use from several threads.</summary>
public sealed class PostgresReader : ILedgerReader, IDisposable
{
    private readonly NpgsqlDataSource _database;

    /// <summary>Names the database; nothing is opened yet.</summary>
    /// <param name="connection">Connection string or <c>postgres://</c> address of a reader.</param>
    /// <exception cref="LedgerException">The text is neither.</exception>
    public PostgresReader(string connection)
    {
        NpgsqlConnectionStringBuilder place = PostgresPlace.Parse(connection);
        Name = PostgresPlace.Name(place);
        _database = NpgsqlDataSource.Create(place);
    }

    /// <summary>The ledger's place for people, without user and password.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LedgerRow> Events(EventQuery query)
    {
        EventArguments arguments = EventArguments.Of(query);
        return Read(connection => Rows(connection, PostgresSql.QueryEvents, arguments, static r => new LedgerRow(
            r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5),
            Encoding.UTF8.GetString(r.GetFieldValue<byte[]>(6)), r.GetString(7), r.GetString(8))));
    }

    /// <inheritdoc/>
    public long Hashes(LineId line, long from, long through, Action<ChainHash> take) => Read(connection =>
    {
        long count = 0;
        using var reader = (DbDataReader)connection.ExecuteReader(
            PostgresSql.ReadHashes, new { line = line.Value, first = from, last = through });
        while (reader.Read())
        {
            byte[] hash = reader.GetFieldValue<byte[]>(1);
            if (reader.GetInt64(0) != from + count || hash.Length != ChainHash.Length)
            {
                throw new LedgerException(
                    LedgerFault.Damaged,
                    $"event {from + count} of {line} is missing or has no hash; run a verification");
            }

            count++;
            take(ChainHash.FromBytes(hash));
        }

        return count;
    });

    /// <inheritdoc/>
    public LedgerMark? Mark(LineId line) => Read(connection =>
    {
        using var reader = (DbDataReader)connection.ExecuteReader(PostgresSql.ReadHead, new { line = line.Value });
        if (!reader.Read())
        {
            return null;
        }

        byte[] hash = reader.GetFieldValue<byte[]>(1);
        return hash.Length == ChainHash.Length && reader.GetInt64(0) is >= 1 and var seq
            ? new LedgerMark(line, seq, ChainHash.FromBytes(hash))
            : throw new LedgerException(
                LedgerFault.Damaged, $"the head of {line} in the ledger is damaged; run a verification");
    });

    /// <inheritdoc/>
    public IReadOnlyList<LedgerMark> Marks() => Read(static connection => connection
            .Query<string>(PostgresSql.ReadLines).ToList())
        .Select(line => Mark(LineName.Parse(line))).OfType<LedgerMark>().ToList();

    /// <inheritdoc/>
    public IReadOnlyList<BatchSummary> Batches() => Read(connection => Summaries(connection, null));

    /// <inheritdoc/>
    public BatchSummary? Batch(string batch)
    {
        ArgumentException.ThrowIfNullOrEmpty(batch);
        return Read(connection => Summaries(connection, batch)).FirstOrDefault();
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _database.Dispose();

    /// <summary>Runs a piece of work on a connection of this ledger.</summary>
    /// <exception cref="LedgerException">The database failed, or has no ledger of the known layout.</exception>
    internal T Read<T>(Func<NpgsqlConnection, T> work) => PostgresGuard.Run(Name, () =>
    {
        using NpgsqlConnection connection = _database.OpenConnection();
        PostgresLayout.Check(connection, Name);
        return work(connection);
    });

    private static List<BatchSummary> Summaries(NpgsqlConnection connection, string? batch) => BatchSummaries.Of(
        Rows(connection, PostgresSql.QueryBatchTypes, new { batch }, static r => new TypeCount(
            r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5))),
        (line, seq) => connection.ExecuteScalar<string?>(PostgresSql.QueryTime, new { line, seq }) ?? "");

    private static List<T> Rows<T>(
        NpgsqlConnection connection, string sql, object arguments, Func<DbDataReader, T> take)
    {
        using var reader = (DbDataReader)connection.ExecuteReader(sql, arguments);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(take(reader));
        }

        return rows;
    }
}
