using CoatLine.Domain.Events;
using CoatLine.Ledger.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger;

/// <summary>
/// The writing end of the ledger: an append-only table of chained events per line, in one SQLite file. There is no
/// way to change or remove an event through it. Safe for use from several threads; calls take turns. Two processes on
/// one file take turns as well, since the head is read inside the transaction that moves it.
/// </summary>
public sealed class LedgerStore : ILedgerWriter, IDisposable
{
    /// <summary>The most events in one segment, inclusive.</summary>
    public const int MaxSegmentEvents = 500;

    private readonly string _path;
    private readonly Lock _turn = new();
    private SqliteConnection? _connection;
    private bool _disposed;

    private LedgerStore(string path, SqliteConnection connection)
    {
        _path = path;
        _connection = connection;
    }

    /// <summary>Opens the ledger, and creates the file where there is none; the folder must exist.</summary>
    /// <exception cref="LedgerException">It cannot be opened or created, or is something else than a
    /// ledger.</exception>
    public static LedgerStore Open(string path) => new(path, LedgerFile.OpenWriter(path));

    /// <summary>The high-water mark of a line; null when the ledger has no event of it.</summary>
    /// <exception cref="LedgerException">The database failed.</exception>
    public LedgerMark? Mark(LineId line) => Work(connection => SegmentCommit.ReadHead(connection, null, line));

    /// <summary>
    /// Commits a contiguous segment of one line's chain together with the line's head, in one durable transaction, or
    /// refuses it and changes nothing. Every hash is recomputed from the payload first. Events that the ledger has
    /// already, with the same hash, are dropped.
    /// </summary>
    /// <param name="segment">1 to <see cref="MaxSegmentEvents"/> events, in order.</param>
    /// <exception cref="LedgerException">The database failed: whether the segment was committed is unknown until the
    /// mark is read again. Offering it again is harmless.</exception>
    public AppendOutcome Append(IReadOnlyList<ChainedEvent> segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return SegmentCheck.Refusal(segment, out string[] times) ?? Work(c => SegmentCommit.Run(c, segment, times));
    }

    /// <inheritdoc/>
    /// <remarks>SQLite has no asynchronous calls: the work is done on the caller's thread.</remarks>
    public ValueTask<LedgerMark?> MarkAsync(LineId line, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Mark(line));
    }

    /// <inheritdoc/>
    /// <remarks>SQLite has no asynchronous calls: the work is done on the caller's thread.</remarks>
    public ValueTask<AppendOutcome> AppendAsync(
        IReadOnlyList<ChainedEvent> segment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Append(segment));
    }

    /// <summary>Closes the file; SQLite then folds the write-ahead log into it.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            _connection?.Dispose();
            _connection = null;
        }
    }

    private T Work<T>(Func<SqliteConnection, T> work)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                return LedgerFile.Guard(_path, () => work(_connection ??= LedgerFile.OpenWriter(_path)));
            }
            catch (LedgerException)
            {
                // After a failed write nothing is known of the handle's cache; a fresh one reads what the disk has.
                _connection?.Dispose();
                _connection = null;
                throw;
            }
        }
    }
}
