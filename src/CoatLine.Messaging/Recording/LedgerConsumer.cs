using CoatLine.Messaging.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// The ledger's end of the bus: hands messages to the <see cref="LedgerDesk"/>, one at a time, and publishes its
/// answer. An answer that the transport does not take is given up: whoever waits for it asks again. So nobody waits for
/// the transport to take it either, but one answer for the one before it.
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

    private readonly LedgerDesk _desk = new(ledger, commits, logger);
    private Task _answered = Task.CompletedTask;

    public async Task Consume(ConsumeContext<LedgerSegment> context) => await ReplyAsync(
        await _desk.TakeAsync(context.Message, context.CancellationToken).ConfigureAwait(false), context)
        .ConfigureAwait(false);

    public async Task Consume(ConsumeContext<LedgerMarkRequested> context) => await ReplyAsync(
        await _desk.TakeAsync(context.Message, context.CancellationToken).ConfigureAwait(false), context)
        .ConfigureAwait(false);

    private async Task ReplyAsync(DeskReply reply, ConsumeContext context)
    {
        if (reply.ParkedFor is { } reason && parking is not null)
        {
            await parking.ParkAsync(context.ReceiveContext, reason).ConfigureAwait(false);
        }

        await _answered.ConfigureAwait(false);
        _answered = AnswerAsync(reply.Answer);
    }

    private async Task AnswerAsync(object answer)
    {
        try
        {
            await (answer switch
            {
                LedgerMarkMoved moved => outlet.PublishAsync(moved, CancellationToken.None),
                LedgerGapReported gap => outlet.PublishAsync(gap, CancellationToken.None),
                LedgerSegmentParked parked => outlet.PublishAsync(parked, CancellationToken.None),
                var unavailable => outlet.PublishAsync((LedgerUnavailable)unavailable, CancellationToken.None),
            }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogNotAnswered(answer.GetType().Name, e.Message);
        }
    }

    [LoggerMessage(4003, LogLevel.Warning, "The answer {Kind} was not taken by the transport: {Reason}")]
    private partial void LogNotAnswered(string kind, string reason);
}
