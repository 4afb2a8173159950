using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Messaging.Contracts;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>What the ledger's end says to a message.</summary>
/// <param name="Answer">The message for the edge.</param>
/// <param name="ParkedFor">Why the message is to be set aside; null when it is not.</param>
internal readonly record struct DeskReply(object Answer, string? ParkedFor = null);

/// <summary>
/// Commits segments and says what became of them; knows no transport. It never throws because of a message's content:
/// what it cannot commit it says. One caller at a time.
/// </summary>
internal sealed partial class LedgerDesk(IEventSink ledger, LedgerCommits commits, ILogger logger)
{
    public async ValueTask<DeskReply> TakeAsync(LedgerSegment segment, CancellationToken cancellationToken)
    {
        if (SegmentCodec.TryRead(segment, out string reason) is not { } events)
        {
            return Park(segment, "Unreadable", reason);
        }

        AppendOutcome outcome;
        try
        {
            outcome = await ledger.AppendAsync(events, cancellationToken).ConfigureAwait(false);
        }
        catch (LedgerException e)
        {
            LogUnavailable(segment.Line, segment.FirstSeq, e.Message);
            return new DeskReply(new LedgerUnavailable(segment.Line, e.Message));
        }

        return outcome.Verdict switch
        {
            AppendVerdict.Committed or AppendVerdict.AllDuplicates => Confirm(outcome),
            AppendVerdict.Gap => new DeskReply(
                new LedgerGapReported(segment.Line, outcome.Seq, segment.FirstSeq, segment.Round)),
            _ => Park(segment, outcome.Verdict.ToString(), outcome.Reason),
        };
    }

    public async ValueTask<DeskReply> TakeAsync(LedgerMarkRequested request, CancellationToken cancellationToken)
    {
        try
        {
            var line = new LineId(request.Line);
            LedgerMark mark = await ledger.MarkAsync(line, cancellationToken).ConfigureAwait(false)
                ?? LedgerMark.Empty(line);
            commits.Report(mark, 0);
            return new DeskReply(new LedgerMarkMoved(request.Line, mark.Seq, mark.Hash.ToString(), request.Ask));
        }
        catch (Exception e) when (e is LedgerException or ArgumentException)
        {
            LogUnavailable(request.Line, 0, e.Message);
            return new DeskReply(new LedgerUnavailable(request.Line, e.Message));
        }
    }

    private DeskReply Confirm(AppendOutcome outcome)
    {
        MessagingMetrics.EventsCommitted.Add(outcome.Committed);
        LedgerMark mark = outcome.Mark!;
        commits.Report(mark, outcome.Committed);
        return new DeskReply(
            new LedgerMarkMoved(mark.Line.Value, mark.Seq, mark.Hash.ToString(), LedgerMarkMoved.Unasked));
    }

    private DeskReply Park(LedgerSegment segment, string verdict, string reason)
    {
        MessagingMetrics.SegmentsParked.Add(1);
        LogParked(segment.Line, segment.FirstSeq, verdict, reason);
        return new DeskReply(
            new LedgerSegmentParked(segment.Line, segment.FirstSeq, segment.Round, verdict, reason),
            $"{verdict}: {reason}");
    }

    [LoggerMessage(4001, LogLevel.Error,
        "Segment of {Line} from seq {FirstSeq} parked ({Verdict}): {Reason}")]
    private partial void LogParked(string line, long firstSeq, string verdict, string reason);

    [LoggerMessage(4002, LogLevel.Warning,
        "The ledger could not serve {Line} (segment from seq {FirstSeq}): {Reason}")]
    private partial void LogUnavailable(string line, long firstSeq, string reason);
}
