using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CoatLine.Domain.Events;
using Npgsql;
using NpgsqlTypes;

namespace CoatLine.Ledger.Postgres;

/// <summary>
/// The writing end of a ledger in PostgreSQL. Rows come by binary COPY in the transaction that moves the line's head;
/// it returns when the server has made both durable. Writers of one line take turns, over all processes. Safe for use
/// from several threads. Needs no more than the role <c>coatline_writer</c>.
/// </summary>
public sealed class PostgresLedger : ILedgerWriter, IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly string _name;
    private volatile bool _isChecked;

    /// <summary>Names the database; nothing is opened yet.</summary>
    /// <param name="connection">Connection string or <c>postgres://</c> address of the writer.</param>
    /// <exception cref="LedgerException">The text is neither.</exception>
    public PostgresLedger(string connection)
    {
        NpgsqlConnectionStringBuilder place = PostgresPlace.Parse(connection);
        _name = PostgresPlace.Name(place);
        _database = NpgsqlDataSource.Create(place);
    }

    /// <inheritdoc/>
    public ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken) =>
        PostgresGuard.RunAsync(_name, async () =>
        {
            await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand(PostgresSql.ReadHead, connection);
            command.Parameters.AddWithValue("line", line.Value);
            await using NpgsqlDataReader reader =
                await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return (await HeadAsync(reader, line, cancellationToken).ConfigureAwait(false)).Mark;
        });

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return SegmentCheck.Refusal(segment) is { } refusal
            ? new(refusal)
            : PostgresGuard.RunAsync(_name, () => CommitAsync(segment, cancellationToken));
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _database.Dispose();

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<AppendOutcome> CommitAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken)
    {
        LineId line = segment[0].Line;
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction transaction =
            await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        (LedgerMark mark, AppendOutcome? refusal, int known) =
            await JudgeAsync(connection, segment, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (known == segment.Count)
        {
            return AppendRules.AllDuplicates(mark, known);
        }

        await CopyAsync(connection, segment.Skip(known), cancellationToken).ConfigureAwait(false);
        await using var move = new NpgsqlCommand(PostgresSql.MoveHead, connection);
        move.Parameters.AddWithValue("line", line.Value);
        move.Parameters.AddWithValue("from", mark.Seq);
        move.Parameters.AddWithValue("to", segment[^1].Seq);
        move.Parameters.AddWithValue("hash", segment[^1].Hash.Span.ToArray());
        if (await move.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            throw new LedgerException(
                LedgerFault.Unavailable, $"{_name}: somebody else moved the head of {line}; nothing was committed");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return AppendRules.Committed(segment, known);
    }

    /// <summary>In one round trip: takes the line, reads its head, and the hashes of what the segment repeats. Each
    /// statement sees what was committed before it, so the head is the last one.</summary>
    private static async Task<(LedgerMark Mark, AppendOutcome? Refusal, int Known)> JudgeAsync(
        NpgsqlConnection connection, IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken)
    {
        LineId line = segment[0].Line;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(PostgresSql.LockLine) { Parameters = { new("key", KeyOf(line)) } },
                new NpgsqlBatchCommand(PostgresSql.ReadHead) { Parameters = { new("line", line.Value) } },
                new NpgsqlBatchCommand(PostgresSql.ReadHashes)
                {
                    Parameters =
                    {
                        new("line", line.Value), new("first", segment[0].Seq), new("last", segment[^1].Seq),
                    },
                },
            },
        };
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        (LedgerMark? head, string? headRow) = await HeadAsync(reader, line, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var stored = new Dictionary<long, string?>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            stored.Add(reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1)));
        }

        LedgerMark mark = head ?? LedgerMark.Empty(line);
        (AppendOutcome? refusal, int known) = AppendRules.Judge(segment, mark, headRow, stored);
        return (mark, refusal, known);
    }

    private static async Task<(LedgerMark? Mark, string? HeadRow)> HeadAsync(
        NpgsqlDataReader reader, LineId line, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return (null, null);
        }

        byte[] hash = reader.GetFieldValue<byte[]>(1);
        long seq = reader.GetInt64(0);
        return hash.Length == ChainHash.Length && seq >= 1
            ? (new LedgerMark(line, seq, ChainHash.FromBytes(hash)),
                reader.IsDBNull(2) ? null : Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2)))
            : throw new LedgerException(LedgerFault.Damaged,
                $"the head of {line} in the ledger is damaged (seq {seq}); run a verification");
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection, IEnumerable<ChainedEvent> events, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection
            .BeginBinaryImportAsync(PostgresSql.CopyEvents, cancellationToken).ConfigureAwait(false);
        foreach (ChainedEvent e in events)
        {
            await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(e.Line.Value, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(e.Seq, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(e.EventId, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(e.Type, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(e.Batch, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
            // The payload's own text, so that the copy is a copy to the letter.
            await copy.WriteAsync(
                EventAttributes.TryRead(e.Payload.Span, out _)!.Value.Time, NpgsqlDbType.Text, cancellationToken)
                .ConfigureAwait(false);
            await copy.WriteAsync(e.Payload, NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(e.Previous.Span.ToArray(), NpgsqlDbType.Bytea, cancellationToken)
                .ConfigureAwait(false);
            await copy.WriteAsync(e.Hash.Span.ToArray(), NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same number for a line in every process.</summary>
    private static long KeyOf(LineId line) => BinaryPrimitives.ReadInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"coatline.ledger/{line.Value}")));

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isChecked)
            {
                PostgresLayout.Check(connection, _name);
                _isChecked = true;
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
