using CoatLine.Domain.Events;
using Microsoft.Data.Sqlite;

namespace CoatLine.Engine.Journaling;

/// <summary>
/// The one connection of an open journal, good until the first failure. After a failed write or fsync the operating
/// system may have dropped the pages: what this handle would read or write from then on proves nothing, so it is
/// closed and never used again. For one thread at a time.
/// </summary>
internal sealed class JournalConnection : IDisposable
{
    private readonly string _path;
    private readonly JournalProbe? _probe;
    private readonly SqliteConnection _connection;
    private readonly EventInsert _insert;
    private Exception? _fault;
    private bool _disposed;

    public JournalConnection(string path, LineId line, JournalProbe? probe)
    {
        _path = path;
        _probe = probe;
        _connection = JournalFile.Open(path, line, out JournalHead head);
        Head = head;
        _insert = new EventInsert(_connection);
    }

    /// <summary>What the file said of itself when it was opened.</summary>
    public JournalHead Head { get; }

    /// <summary>Runs one transaction; it is on disk when this returns.</summary>
    /// <param name="name">Its name, for the probe.</param>
    /// <param name="write">Its statements.</param>
    public void Commit(string name, Action<SqliteConnection, SqliteTransaction> write)
    {
        ThrowIfUnusable();
        try
        {
            _probe?.Invoke(JournalMoment.BeforeWrite, name);
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            write(_connection, transaction);
            _probe?.Invoke(JournalMoment.BeforeCommit, name);
            transaction.Commit();
            _probe?.Invoke(JournalMoment.AfterCommit, name);
        }
        catch (Exception e)
        {
            throw Fault("written", e);
        }
    }

    /// <summary>Writes the row of a fact; only within <see cref="Commit"/>.</summary>
    public void Insert(SqliteTransaction transaction, ChainedEvent e) => _insert.Run(transaction, e);

    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ThrowIfUnusable();
        try
        {
            return read(_connection);
        }
        catch (SqliteException e)
        {
            throw Fault("read", e);
        }
    }

    public void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(Journal));
        if (_fault is not null)
        {
            throw new JournalException(
                $"the journal {_path} failed before ({_fault.Message}); open it again to read what is on disk", _fault);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _insert.Dispose();
        _connection.Dispose();
    }

    private JournalException Fault(string action, Exception e)
    {
        _fault = e;
        _insert.Dispose();
        _connection.Dispose();
        return JournalFile.Explain(_path, action, e);
    }
}
