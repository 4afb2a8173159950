using System.Data.Common;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger;

/// <summary>
/// Reads a ledger, whether or not it is being written; never creates or changes a file, and verifies nothing. Opens
/// the file anew for each query, so it holds no lock in between and is safe for use from several threads.
/// </summary>
public sealed class LedgerReader : ILedgerReader
{
    private readonly string _path;

    /// <summary>Creates a reader of the file; nothing is opened yet.</summary>
    public LedgerReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <summary>The events that a query selects, in the order of line and sequence number.</summary>
    /// <exception cref="LedgerException">The file is missing, unreadable, or no ledger of a known layout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to <see cref="EventQuery.MaxLimit"/>.
    /// </exception>
    public IReadOnlyList<LedgerRow> Events(EventQuery query)
    {
        EventArguments arguments = EventArguments.Of(query);
        return Read(connection => Rows(connection, LedgerSql.QueryEvents, arguments, static r => new LedgerRow(
            Text(r, 0), r.GetInt64(1), Text(r, 2), Text(r, 3), Text(r, 4), Text(r, 5), Text(r, 6), Text(r, 7),
            Text(r, 8))));
    }

    /// <summary>
    /// Hands chain hashes of a line over one by one, in the order of their numbers, and gives their count.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="from">The first number wanted, from 1.</param>
    /// <param name="through">The last number wanted, inclusive.</param>
    /// <param name="take">Takes a hash.</param>
    /// <exception cref="LedgerException">The file is missing, unreadable, or no ledger of a known layout; or a number
    /// is missing or a hash is none, which a verification names.</exception>
    public long Hashes(LineId line, long from, long through, Action<ChainHash> take) => Read(connection =>
    {
        long count = 0;
        using var reader = (DbDataReader)connection.ExecuteReader(
            LedgerSql.ReadHashes, new { line = line.Value, first = from, last = through });
        while (reader.Read())
        {
            if (reader.GetInt64(0) != from + count || !HashText.TryParse(Text(reader, 1), out ChainHash hash))
            {
                throw new LedgerException(
                    LedgerFault.Damaged,
                    $"event {from + count} of {line} is missing or has no hash; run a verification");
            }

            count++;
            take(hash);
        }

        return count;
    });

    /// <summary>The head of a line as stored; null when the ledger has no event of it.</summary>
    /// <exception cref="LedgerException">The file is missing, unreadable, or no ledger of a known layout.</exception>
    public LedgerMark? Mark(LineId line) => Read(connection => SegmentCommit.ReadHead(connection, null, line));

    /// <inheritdoc/>
    public IReadOnlyList<LedgerMark> Marks() => Read(connection => connection
        .Query<string>(LedgerSql.ReadLines)
        .Select(line => SegmentCommit.ReadHead(connection, null, LineName.Parse(line)))
        .OfType<LedgerMark>().ToList());

    /// <summary>Every batch, in the order of line and first event.</summary>
    /// <exception cref="LedgerException">The file is missing, unreadable, or no ledger of a known layout.</exception>
    public IReadOnlyList<BatchSummary> Batches() => Read(connection => Summaries(connection, null));

    /// <summary>One batch; null when the ledger has no event of it. With several lines, the first line's.</summary>
    /// <exception cref="LedgerException">The file is missing, unreadable, or no ledger of a known layout.</exception>
    public BatchSummary? Batch(string batch)
    {
        ArgumentException.ThrowIfNullOrEmpty(batch);
        return Read(connection => Summaries(connection, batch)).FirstOrDefault();
    }

    private static List<BatchSummary> Summaries(SqliteConnection connection, string? batch) => BatchSummaries.Of(
        Rows(connection, LedgerSql.QueryBatchTypes, new { batch }, static r => new TypeCount(
            Text(r, 0), Text(r, 1), Text(r, 2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5))),
        (line, seq) => connection.ExecuteScalar<string?>(LedgerSql.QueryTime, new { line, seq }) ?? "");

    /// <summary>By hand: what a tampered row holds has no type to be mapped by.</summary>
    private static List<T> Rows<T>(
        SqliteConnection connection, string sql, object arguments, Func<DbDataReader, T> take)
    {
        using var reader = (DbDataReader)connection.ExecuteReader(sql, arguments);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(take(reader));
        }

        return rows;
    }

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private T Read<T>(Func<SqliteConnection, T> query) => LedgerFile.Guard(_path, () =>
    {
        using SqliteConnection connection = LedgerFile.OpenReader(_path, out _);
        return query(connection);
    });
}
