using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Messaging.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// The ledger's end of the bus: commits segments, one at a time, and publishes the mark after each commit. It never
/// throws because of a message's content: what it cannot commit it reports, and the next message is taken. An answer
/// that the transport does not take is given up: whoever waits for it asks again.
/// </summary>
internal sealed partial class LedgerConsumer(
    IEventSink ledger,
    IBusOutlet outlet,
    LedgerCommits commits,
    ILogger<LedgerConsumer> logger,
    RabbitParking? parking = null)
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
            await ParkAsync(context, "Unreadable", reason).ConfigureAwait(false);
            return;
        }

        AppendOutcome outcome;
        try
        {
            outcome = await ledger.AppendAsync(events, context.CancellationToken).ConfigureAwait(false);
        }
        catch (LedgerException e)
        {
            LogUnavailable(segment.Line, segment.FirstSeq, e.Message);
            await AnswerAsync(new LedgerUnavailable(segment.Line, e.Message), context).ConfigureAwait(false);
            return;
        }

        await (outcome.Verdict switch
        {
            AppendVerdict.Committed or AppendVerdict.AllDuplicates => ConfirmAsync(context, outcome),
            AppendVerdict.Gap => AnswerAsync(
                new LedgerGapReported(segment.Line, outcome.Seq, segment.FirstSeq, segment.Round), context),
            _ => ParkAsync(context, outcome.Verdict.ToString(), outcome.Reason),
        }).ConfigureAwait(false);
    }

    public async Task Consume(ConsumeContext<LedgerMarkRequested> context)
    {
        LedgerMarkRequested request = context.Message;
        try
        {
            var line = new LineId(request.Line);
            LedgerMark mark = await ledger.MarkAsync(line, context.CancellationToken).ConfigureAwait(false)
                ?? LedgerMark.Empty(line);
            commits.Report(mark, 0);
            await AnswerAsync(
                new LedgerMarkMoved(request.Line, mark.Seq, mark.Hash.ToString(), request.Ask), context)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is LedgerException or ArgumentException)
        {
            LogUnavailable(request.Line, 0, e.Message);
            await AnswerAsync(new LedgerUnavailable(request.Line, e.Message), context).ConfigureAwait(false);
        }
    }

    private Task ConfirmAsync(ConsumeContext context, AppendOutcome outcome)
    {
        MessagingMetrics.EventsCommitted.Add(outcome.Committed);
        LedgerMark mark = outcome.Mark!;
        commits.Report(mark, outcome.Committed);
        return AnswerAsync(
            new LedgerMarkMoved(mark.Line.Value, mark.Seq, mark.Hash.ToString(), LedgerMarkMoved.Unasked), context);
    }

    private async Task ParkAsync(ConsumeContext<LedgerSegment> context, string verdict, string reason)
    {
        LedgerSegment segment = context.Message;
        MessagingMetrics.SegmentsParked.Add(1);
        LogParked(segment.Line, segment.FirstSeq, verdict, reason);
        if (parking is not null)
        {
            await parking.ParkAsync(context.ReceiveContext, $"{verdict}: {reason}").ConfigureAwait(false);
        }

        await AnswerAsync(
            new LedgerSegmentParked(segment.Line, segment.FirstSeq, segment.Round, verdict, reason), context)
            .ConfigureAwait(false);
    }

    private async Task AnswerAsync<T>(T answer, ConsumeContext context)
        where T : class
    {
        try
        {
            await outlet.PublishAsync(answer, context.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.CancellationToken.IsCancellationRequested)
        {
            LogNotAnswered(typeof(T).Name, e.Message);
        }
    }
}
