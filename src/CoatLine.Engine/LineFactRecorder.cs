using System.Threading.Channels;
using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CoatLine.Engine;

/// <summary>
/// Records what the line reports by itself, whether or not a batch runs: alarms as they come and go, and spans of which
/// reports are lost. Thread-safe. It begins when it is made and ends when it is disposed of; a journal that faults
/// ends it too, since nothing can be recorded any more.
/// </summary>
public sealed class LineFactRecorder : IAsyncDisposable
{
    /// <summary>Reports that may wait to be recorded. One more is itself recorded as lost, never silently dropped.
    /// </summary>
    public const int Backlog = 4096;

    /// <summary>How often shelves and floods are looked at when nothing is reported (real time).</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Facts recorded in one transaction at most.</summary>
    private const int MostAtOnce = 256;

    private readonly Journal _journal;
    private readonly ILine _line;
    private readonly TimeProvider _lineTime;
    private readonly ILogger _log;
    private readonly TimeProvider _networkTime;
    private readonly AlarmFlood _flood;
    private readonly Channel<object> _reports =
        Channel.CreateBounded<object>(new BoundedChannelOptions(Backlog) { SingleReader = true });

    private readonly Task _recording;
    private long _dropped;

    /// <summary>Begins to record.</summary>
    /// <param name="journal">The journal of the line, open.</param>
    /// <param name="line">The line.</param>
    /// <param name="lineTime">Line time.</param>
    /// <param name="log">Log.</param>
    /// <param name="networkTime">Real time, for looking at shelves and floods; <see cref="TimeProvider.System"/> when
    /// null.</param>
    public LineFactRecorder(
        Journal journal,
        ILine line,
        TimeProvider lineTime,
        ILogger<LineFactRecorder> log,
        TimeProvider? networkTime = null)
    {
        _networkTime = networkTime ?? TimeProvider.System;
        _flood = new AlarmFlood(journal.Alarms.Flood);
        _journal = journal;
        _line = line;
        _lineTime = lineTime;
        _log = log;
        line.AlarmChanged += Take;
        line.GapFound += Take;
        _recording = Task.Run(RecordAsync);
    }

    /// <summary>Records what has been reported so far, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _line.AlarmChanged -= Take;
        _line.GapFound -= Take;
        _reports.Writer.TryComplete();
        await _recording.ConfigureAwait(false);
    }

    private void Take(object report)
    {
        if (!_reports.Writer.TryWrite(report))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private async Task RecordAsync()
    {
        try
        {
            while (await IsMoreToComeAsync().ConfigureAwait(false))
            {
                var facts = new List<BatchEvent>();
                AlarmBoard board = _journal.Alarms;
                while (facts.Count < MostAtOnce && _reports.Reader.TryRead(out object? report))
                {
                    foreach (BatchEvent fact in FactsOf(report, board))
                    {
                        facts.Add(fact);
                        board = board.Apply(fact);
                    }
                }

                DateTimeOffset now = _lineTime.GetUtcNow();
                facts.AddRange(FactsOfTheDropped());
                facts.AddRange(AlarmDecisions.Expire(board, now));
                facts.AddRange(_flood.Pass(now) is { } over ? [over] : Array.Empty<BatchEvent>());
                _journal.AppendAll(facts);
            }
        }
        catch (Exception e) when (e is JournalException or ObjectDisposedException)
        {
            // The engine meets the same journal and stops the batch; here there is nobody else to tell.
            EngineLog.LineFactsEnded(_log, e);
        }
    }

    /// <summary>Waits for a report, or for the next look; false when there will be no more.</summary>
    private async Task<bool> IsMoreToComeAsync()
    {
        try
        {
            return await _reports.Reader.WaitToReadAsync().AsTask().WaitAsync(Look, _networkTime)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private IEnumerable<BatchEvent> FactsOf(object report, AlarmBoard board) => report switch
    {
        UnitAlarm alarm => FactsOf(alarm, board.Alarm(alarm.Unit, alarm.Name)),
        DataGap gap => [new DataGapFound(string.Empty, gap.From, gap.To, gap.LostMessages, gap.Why)],
        _ => [],
    };

    // A refresh reports every alarm again; only a change is a fact.
    private IEnumerable<BatchEvent> FactsOf(UnitAlarm alarm, AlarmState? before)
    {
        if (alarm.IsActive && before is not { IsActive: true })
        {
            AlarmRaised raised = new(
                string.Empty, alarm.Unit, alarm.Name, alarm.Severity, alarm.At, alarm.Message);
            yield return raised;
            if (_flood.Take(raised) is { } flood)
            {
                yield return flood;
            }
        }

        if (alarm.IsAcked && before is { IsAcked: false })
        {
            yield return new AlarmAcknowledged(string.Empty, alarm.Unit, alarm.Name, alarm.Severity, alarm.At);
        }

        if (!alarm.IsActive && before is { IsActive: true })
        {
            yield return new AlarmCleared(string.Empty, alarm.Unit, alarm.Name, alarm.Severity, alarm.At);
        }
    }

    private IEnumerable<BatchEvent> FactsOfTheDropped()
    {
        long dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0)
        {
            DateTimeOffset now = _lineTime.GetUtcNow();
            yield return new DataGapFound(
                string.Empty,
                now,
                now,
                dropped,
                $"{dropped} reports of the line came faster than they could be recorded");
        }
    }
}
