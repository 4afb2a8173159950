using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Messaging.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// The ledger's end of the bus: commits segments, one at a time, and publishes the mark after each commit. It never
/// throws because of a message's content: what it cannot commit it reports, and the next message is taken.
/// </summary>
internal sealed partial class LedgerConsumer(IEventSink ledger, ILogger<LedgerConsumer> logger)
    : IConsumer<LedgerSegment>, IConsumer<LedgerMarkRequested>
{
    /// <summary>
    /// Name of the receive endpoint: one queue, one consumer at a time, for all lines of this ledger.
    /// </summary>
    public const string EndpointName = "coatline-ledger";

    public async Task Consume(ConsumeContext<LedgerSegment> context)
    {
        LedgerSegment segment = context.Message;
        if (SegmentCodec.TryRead(segment, out string reason) is not { } events)
        {
            await Park(context, "Unreadable", reason);
            return;
        }

        AppendOutcome outcome;
        try
        {
            outcome = ledger.Append(events);
        }
        catch (LedgerException e)
        {
            LogUnavailable(segment.Line, segment.FirstSeq, e.Message);
            await context.Publish(new LedgerUnavailable(segment.Line, e.Message), context.CancellationToken);
            return;
        }

        await (outcome.Verdict switch
        {
            AppendVerdict.Committed or AppendVerdict.AllDuplicates => Confirm(context, outcome),
            AppendVerdict.Gap => context.Publish(
                new LedgerGapReported(segment.Line, outcome.Seq, segment.FirstSeq, segment.Round),
                context.CancellationToken),
            _ => Park(context, outcome.Verdict.ToString(), outcome.Reason),
        });
    }

    public async Task Consume(ConsumeContext<LedgerMarkRequested> context)
    {
        LedgerMarkRequested request = context.Message;
        try
        {
            var line = new LineId(request.Line);
            LedgerMark mark = ledger.Mark(line) ?? LedgerMark.Empty(line);
            await context.Publish(
                new LedgerMarkMoved(request.Line, mark.Seq, mark.Hash.ToString(), request.Ask),
                context.CancellationToken);
        }
        catch (Exception e) when (e is LedgerException or ArgumentException)
        {
            LogUnavailable(request.Line, 0, e.Message);
            await context.Publish(new LedgerUnavailable(request.Line, e.Message), context.CancellationToken);
        }
    }

    private static Task Confirm(ConsumeContext context, AppendOutcome outcome)
    {
        MessagingMetrics.EventsCommitted.Add(outcome.Committed);
        LedgerMark mark = outcome.Mark!;
        return context.Publish(
            new LedgerMarkMoved(mark.Line.Value, mark.Seq, mark.Hash.ToString(), LedgerMarkMoved.Unasked),
            context.CancellationToken);
    }

    private Task Park(ConsumeContext<LedgerSegment> context, string verdict, string reason)
    {
        LedgerSegment segment = context.Message;
        MessagingMetrics.SegmentsParked.Add(1);
        LogParked(segment.Line, segment.FirstSeq, verdict, reason);
        return context.Publish(
            new LedgerSegmentParked(segment.Line, segment.FirstSeq, segment.Round, verdict, reason),
            context.CancellationToken);
    }
}
