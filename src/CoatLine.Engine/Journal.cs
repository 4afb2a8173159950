using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Recipes.Approval;
using CoatLine.Engine.Journaling;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Engine;

/// <summary>
/// The edge journal of one line: every fact is committed and synchronized here, with its sequence number and hash,
/// before anything depends on it. One process at a time. Thread-safe. A failed write faults it for good: dispose it,
/// open it again and read what is really there.
/// </summary>
public sealed partial class Journal : IDisposable
{
    /// <summary>The most events that one call reads, inclusive.</summary>
    public const int MaxRead = 10_000;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _lineTime;
    private readonly EventIdSource _ids;
    private readonly JournalConnection _file;
    private readonly RecentEvents _recent = new();
    private TaskCompletionSource _grown = NewSignal();
    private ChainHash _headHash;
    private ChainHash _confirmedHash;

    private Journal(string path, LineId line, TimeProvider lineTime, EventIdSource ids, JournalProbe? probe)
    {
        _path = path;
        Line = line;
        _lineTime = lineTime;
        _ids = ids;
        _file = new JournalConnection(path, line, probe);
        JournalHead head = _file.Head;
        HeadSeq = head.HeadSeq;
        _headHash = ChainHash.Parse(head.HeadHash);
        ConfirmedSeq = head.ConfirmedSeq;
        _confirmedHash = ChainHash.Parse(head.ConfirmedHash);
        Epoch = (ulong)head.Epoch;
        _stock = ReadKept("a lot", Kept.ReadStock);
        _recipes = ReadKept("an approved recipe", Kept.ReadRecipes);
        _alarms = ReadKept("an alarm", Kept.ReadAlarms);
        _quarantine = ReadKept("a unit in quarantine", Kept.ReadQuarantine);
    }

    /// <summary>The line whose facts these are.</summary>
    public LineId Line { get; }

    /// <summary>Sequence number of the newest event; 0 when there is none.</summary>
    public long HeadSeq { get; private set; }

    /// <summary>Hash of the newest event; <see cref="ChainHash.Zero"/> when there is none.</summary>
    public ChainHash HeadHash => _headHash;

    /// <summary>Through which sequence number the ledger has confirmed; 0 when it has not.</summary>
    public long ConfirmedSeq { get; private set; }

    /// <summary>The newest epoch taken; 0 when none was.</summary>
    public ulong Epoch { get; private set; }

    /// <summary>
    /// Raised after an event is durable, on the thread that appended it and in order. A handler must be quick and must
    /// not throw.
    /// </summary>
    public event Action<ChainedEvent>? Appended;

    /// <summary>Opens or creates a journal and verifies the newest <see cref="JournalFile.VerifiedTail"/> events.
    /// </summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="line">The line; a journal of another line is refused.</param>
    /// <param name="lineTime">Line time, for the events' time stamps.</param>
    /// <exception cref="JournalException">The file is not writable, in use, of another line or format, or its chain is
    /// broken; the message names the cure.</exception>
    public static Journal Open(string path, LineId line, TimeProvider lineTime) =>
        new(path, line, lineTime, EventIdSource.Secure(), probe: null);

    internal static Journal Open(
        string path, LineId line, TimeProvider lineTime, EventIdSource ids, JournalProbe? probe) =>
        new(path, line, lineTime, ids, probe);

    /// <summary>Commits one fact; it is on disk when this returns.</summary>
    /// <exception cref="JournalException">It could not be written, or the journal is faulted already.</exception>
    public ChainedEvent Append(BatchEvent fact) => AppendAll([fact])[0];

    /// <summary>Commits several facts in one transaction: all of them or none.</summary>
    /// <exception cref="JournalException">They could not be written, or the journal is faulted already.</exception>
    public IReadOnlyList<ChainedEvent> AppendAll(IReadOnlyList<BatchEvent> facts)
    {
        if (facts.Count == 0)
        {
            return [];
        }

        var recorded = new List<ChainedEvent>(facts.Count);
        lock (_gate)
        {
            ChainHash hash = _headHash;
            foreach (BatchEvent fact in facts)
            {
                DateTimeOffset now = _lineTime.GetUtcNow();
                ChainedEvent e = CloudEvent.Chain(
                    fact, Line, HeadSeq + recorded.Count + 1, hash, _ids.Next(now), now);
                hash = e.Hash;
                recorded.Add(e);
            }

            Stock stock = _stock;
            RecipeBook recipes = _recipes;
            Quarantine quarantine = _quarantine;
            AlarmBoard alarms = _alarms;
            Commit("append " + recorded[^1].Type, (connection, transaction) =>
            {
                for (int i = 0; i < recorded.Count; i++)
                {
                    _file.Insert(transaction, recorded[i]);
                    Projection.Apply(connection, transaction, facts[i], recorded[i].Seq);
                    stock = Kept.Apply(connection, transaction, facts[i], stock);
                    recipes = Kept.Apply(connection, transaction, facts[i], recipes);
                    quarantine = Kept.Apply(connection, transaction, facts[i], quarantine);
                    alarms = Kept.Apply(connection, transaction, facts[i], alarms);
                    Kept.Apply(connection, transaction, facts[i]);
                }

                connection.Execute(
                    JournalSql.MoveHead, new { recorded[^1].Seq, Hash = hash.ToString() }, transaction);
            });
            HeadSeq += recorded.Count;
            _recent.Add(recorded);
            _headHash = hash;
            _stock = stock;
            _recipes = recipes;
            _quarantine = quarantine;
            _alarms = alarms;
            Signal();
        }

        foreach (ChainedEvent e in recorded)
        {
            Appended?.Invoke(e);
        }

        return recorded;
    }

    /// <summary>Reads events in order. Events that were retired are left out.</summary>
    /// <param name="afterSeq">Events above this sequence number, from 0.</param>
    /// <param name="max">At most this many, 1 to <see cref="MaxRead"/>.</param>
    /// <exception cref="JournalException">The journal is faulted or cannot be read.</exception>
    public IReadOnlyList<ChainedEvent> Read(long afterSeq, int max)
    {
        int most = Math.Clamp(max, 1, MaxRead);
        lock (_gate)
        {
            _file.ThrowIfUnusable();
            if (_recent.Find(afterSeq, most) is { } found)
            {
                return found;
            }
        }

        return Query(JournalSql.After, new { AfterSeq = afterSeq, Max = most });
    }

    /// <summary>Reads events of one batch in order; an open batch is always complete.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="afterSeq">Events above this sequence number, from 0.</param>
    /// <exception cref="JournalException">The journal is faulted or cannot be read.</exception>
    public IReadOnlyList<ChainedEvent> ReadBatch(string batch, long afterSeq = 0) =>
        Query(JournalSql.OfBatch, new { Batch = batch, AfterSeq = afterSeq, Max = -1 });

    /// <summary>Batches that are neither released nor rejected, by id.</summary>
    public IReadOnlyList<string> OpenBatches() => Locked(c => c.Query<string>(JournalSql.OpenBatches).ToList());

    /// <summary>Every batch that this journal has seen, by id; those retired too.</summary>
    public IReadOnlyList<string> AllBatches() => Locked(c => c.Query<string>(JournalSql.Batches).ToList());

    /// <summary>What the recorded facts say of a unit's handshake; null when it never had a request.</summary>
    /// <exception cref="JournalException">The journal is faulted or cannot be read.</exception>
    public UnitTrace? LastKnown(Unit unit) => Locked(c => Projection.Read(c, unit));

    /// <summary>Waits until there is an event above a sequence number; returns at once when there is.</summary>
    /// <exception cref="JournalException">The journal is faulted, so that there will be none.</exception>
    /// <exception cref="ObjectDisposedException">The journal was closed.</exception>
    public async ValueTask WaitForMoreAsync(long afterSeq, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (HeadSeq > afterSeq)
                {
                    return;
                }

                _file.ThrowIfUnusable();
                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes the ledger's high-water mark and retires the rows that it allows: confirmed, and of the line itself or of
    /// a batch whose end is confirmed too. A mark at or below the last one changes nothing.
    /// </summary>
    /// <param name="throughSeq">Through which sequence number the ledger has everything, from 0.</param>
    /// <param name="hash">The ledger's hash at that number.</param>
    /// <exception cref="JournalException">The mark is above the head, or has another hash than the journal there: the
    /// ledger holds another history, so nothing is retired.</exception>
    public void Confirm(long throughSeq, ChainHash hash)
    {
        lock (_gate)
        {
            _file.ThrowIfUnusable();
            if (throughSeq < ConfirmedSeq || (throughSeq == ConfirmedSeq && hash == _confirmedHash))
            {
                return;
            }

            if (throughSeq > HeadSeq)
            {
                throw new JournalException(
                    $"the ledger has events of {Line} through {throughSeq}, the journal {_path} ends at {HeadSeq}: "
                    + "an old copy of the journal is in use; stop, and put the newest one back");
            }

            string? known = throughSeq == ConfirmedSeq
                ? _confirmedHash.ToString()
                : _file.Read(c => c.ExecuteScalar<string>(JournalSql.HashAt, new { Seq = throughSeq }));
            if (known != hash.ToString())
            {
                throw new JournalException(
                    $"event {throughSeq} of {Line} differs between the ledger and the journal {_path}: "
                    + "stop and compare them; nothing was retired");
            }

            Commit("confirm", (connection, transaction) =>
            {
                connection.Execute(JournalSql.MoveMark, new { Seq = throughSeq, Hash = known }, transaction);
                connection.Execute(JournalSql.Retire, new { Seq = throughSeq }, transaction);
            });
            ConfirmedSeq = throughSeq;
            _confirmedHash = hash;
            _recent.Forget(throughSeq);
        }
    }

    /// <summary>Takes the next owner epoch, from 1; durable when this returns, so that none is given twice.</summary>
    /// <exception cref="JournalException">It could not be written, or the journal is faulted already.</exception>
    public ulong NextEpoch()
    {
        lock (_gate)
        {
            ulong next = Epoch + 1;
            Commit("epoch", (connection, transaction) =>
                connection.Execute(JournalSql.MoveEpoch, new { Epoch = (long)next }, transaction));
            Epoch = next;
            return next;
        }
    }

    /// <summary>Closes the file and lets another process have it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
            Signal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<ChainedEvent> Query(string sql, object parameters) =>
        Locked(c => c.Query<JournalRow>(sql, parameters).Select(r => r.ToEvent(Line)).ToList());

    private T Locked<T>(Func<SqliteConnection, T> read)
    {
        lock (_gate)
        {
            return Failing(() => _file.Read(read));
        }
    }

    private void Commit(string name, Action<SqliteConnection, SqliteTransaction> write) => Failing(() =>
    {
        _file.Commit(name, write);
        return true;
    });

    // A failure ends every wait: whoever waits finds out that there will be no more.
    private T Failing<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (JournalException)
        {
            Signal();
            throw;
        }
    }

    private void Signal()
    {
        TaskCompletionSource grown = _grown;
        _grown = NewSignal();
        grown.SetResult();
    }
}
