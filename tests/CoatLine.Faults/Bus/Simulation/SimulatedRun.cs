using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Messaging;
using CoatLine.Messaging.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Faults.Bus.Simulation;

/// <summary>What a schedule came to.</summary>
internal sealed record SimulatedResult(
    ulong Seed, long Sent, long Committed, IReadOnlyList<SimulatedFault> Fired, IReadOnlyList<string> Wrong);

/// <summary>
/// One schedule of one seed: the product's own decisions at both ends (<see cref="FeedCourse"/>,
/// <see cref="LedgerDesk"/>) and its frames, over a journal, a broker and a ledger in memory, in one thread and in a
/// time of its own. Faults come for a while; when they end, everything that was acknowledged must arrive, once and in
/// order.
/// </summary>
internal sealed partial class SimulatedRun
{
    private const int BusySteps = 250;
    private const int MostQuietSteps = 5000;
    private const int MostRecorded = 12;
    private const int MostStepMs = 120;
    private const int StaleSteps = 40;

    private static readonly LineId Line = new("line-1");

    private static readonly SimulatedFault[] All = Enum.GetValues<SimulatedFault>();

    private readonly Chance _chance;
    private readonly int _oneFaultIn;
    private readonly HashSet<SimulatedFault> _kinds;
    private readonly MessagingOptions _options = new();
    private readonly SimulatedBroker _broker = new();
    private readonly SimulatedLedger _ledger = new(Line);
    private readonly LedgerDesk _desk;
    private readonly List<ChainedEvent> _recorded = [];
    private readonly List<SimulatedFault> _fired = [];
    private readonly List<string> _wrong = [];
    private readonly Queue<object> _inbox = new();
    private readonly HashSet<SimulatedFault> _armed = [];
    private readonly ulong _seed;
    private SimulatedJournal _journal;
    private SimulatedJournal? _old;
    private SimulatedJournal? _newest;
    private List<ChainedEvent> _lost = [];
    private int _staleUntil;
    private int _step;
    private LedgerFeed _feed = null!;
    private FeedCourse _course = null!;
    private TimeSpan _now;
    private TimeSpan _idleUntil;

    public SimulatedRun(ulong seed)
    {
        _seed = seed;
        _chance = Chance.Of(seed, 0);
        _oneFaultIn = 2 + _chance.Below(30);
        _kinds = [.. All.Where(_ => _chance.OnceIn(2))];
        _options.MaxSegmentEvents = 1 + _chance.Below(20);
        _options.MaxUnconfirmedSegments = 1 + _chance.Below(8);
        _journal = new SimulatedJournal(Line, keepsConfirmed: _chance.OnceIn(2));
        _desk = new LedgerDesk(_ledger, new LedgerCommits(), NullLogger.Instance);
        StartEdge();
    }

    public SimulatedResult Run()
    {
        try
        {
            for (_step = 0; _step < BusySteps; _step++)
            {
                Step();
                if (_kinds.Count > 0 && _chance.OnceIn(_oneFaultIn))
                {
                    Break(_chance.Pick([.. _kinds.Order()]));
                }
            }

            Heal();
            int quiet = 0;
            while (_ledger.Rows.Count < _recorded.Count || _journal.ConfirmedSeq < _journal.HeadSeq)
            {
                if (quiet++ == MostQuietSteps)
                {
                    break;
                }

                Step();
                RestoreLedgerWhereAsked();
            }

            Judge();
        }
        catch (Exception e)
        {
            _wrong.Add($"step {_step}: {e.GetType().Name}: {e.Message} {e.StackTrace}");
        }

        return new SimulatedResult(_seed, _recorded.Count, _ledger.Rows.Count, _fired, _wrong);
    }

    private void StartEdge()
    {
        _feed = new LedgerFeed(_journal);
        _course = new FeedCourse(_journal, _feed, _options, NullLogger.Instance);
        _course.Begin();
        _inbox.Clear();
        _idleUntil = _now;
    }

    private void Step()
    {
        _now += TimeSpan.FromMilliseconds(_chance.Below(MostStepMs));
        if (_newest is not null && _step >= _staleUntil)
        {
            PutNewestBack();
        }

        switch (_chance.Below(8))
        {
            case 0 when _step < BusySteps:
                Record();
                break;
            case 1 or 2 or 3:
                MoveEdge();
                break;
            case 4 or 5:
                MoveLedger();
                break;
            default:
                while (_broker.ToEdge.Count > 0)
                {
                    _inbox.Enqueue(_broker.ToEdge[0]);
                    _broker.ToEdge.RemoveAt(0);
                }

                break;
        }
    }

    private void Record()
    {
        for (int i = _chance.Skewed(MostRecorded); i > 0; i--)
        {
            ChainedEvent e = _journal.Record(_chance);
            if (_newest is null)
            {
                _recorded.Add(e);
            }
        }
    }

    private void MoveEdge()
    {
        if (_now < _idleUntil)
        {
            return;
        }

        try
        {
            while (_inbox.TryDequeue(out object? answer))
            {
                _course.Take(answer, _now);
            }

            FeedMove move = _course.Next(_now);
            if (move == FeedMove.Ask)
            {
                Publish(_course.Ask(_now));
            }
            else if (move == FeedMove.Send && _course.NextSegment(_now) is { } segment)
            {
                Publish(segment);
                _course.Sent(segment);
            }
        }
        catch (Exception e) when (e is TimeoutException or JournalException)
        {
            _feed.Report(FeedState.Waiting, e.Message, false, _journal.ConfirmedSeq);
            _idleUntil = _now + _course.NextWait();
            _course.Begin();
        }
    }

    private void Publish(object message)
    {
        if (_armed.Remove(SimulatedFault.PublishFails))
        {
            throw new TimeoutException("the broker did not take it");
        }

        _broker.Take(message);
        if (_armed.Remove(SimulatedFault.PublishFailsTaken))
        {
            throw new TimeoutException("the broker did not say that it took it");
        }
    }

    private void MoveLedger()
    {
        if (_broker.ToLedger.Count == 0)
        {
            return;
        }

        object? answer = Take(_broker.ToLedger[0]);
        if (_armed.Remove(SimulatedFault.LedgerCrashAfterCommit))
        {
            return;
        }

        if (answer is not null)
        {
            _broker.ToEdge.Add(answer);
        }

        if (!_armed.Remove(SimulatedFault.LedgerCrashBeforeAck))
        {
            _broker.ToLedger.RemoveAt(0);
        }
    }

    /// <summary>What the ledger's end answers; null to what is no message at all.</summary>
    private object? Take(object message)
    {
        try
        {
            ValueTask<DeskReply> reply = message is byte[] frame
                ? _desk.TakeAsync(SegmentFrame.Read(frame), CancellationToken.None)
                : _desk.TakeAsync((LedgerMarkRequested)message, CancellationToken.None);
            object answer = reply.IsCompleted
                ? reply.GetAwaiter().GetResult().Answer
                : throw new InvalidOperationException("the simulation has one thread, and something waits");

            // The bus hands an answer to the line that it names.
            return LineOf(answer) == Line.Value ? answer : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string LineOf(object answer) => answer switch
    {
        LedgerMarkMoved moved => moved.Line,
        LedgerGapReported gap => gap.Line,
        LedgerSegmentParked parked => parked.Line,
        _ => ((LedgerUnavailable)answer).Line,
    };

    private void Judge()
    {
        if (_journal.ConfirmedSeq < _journal.HeadSeq)
        {
            _wrong.Add($"stuck: {_journal.ConfirmedSeq} of {_journal.HeadSeq} confirmed; {_feed.Status}");
        }

        if (!_ledger.Rows.Select(e => e.Hash).SequenceEqual(_recorded.Select(e => e.Hash)))
        {
            _wrong.Add($"the ledger's {_ledger.Rows.Count} rows are not the {_recorded.Count} facts acknowledged");
        }

        ChainHash previous = ChainHash.Zero;
        foreach (ChainedEvent e in _ledger.Rows)
        {
            if (e.Previous != previous || EventChain.Hash(Line, e.Seq, previous, e.Payload.Span) != e.Hash)
            {
                _wrong.Add($"the chain breaks at seq {e.Seq}");
            }

            previous = e.Hash;
        }
    }
}
