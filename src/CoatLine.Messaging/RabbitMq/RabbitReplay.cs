using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CoatLine.Messaging;

/// <summary>
/// Answers dashboards that were blind for a while: a range of a line's events, in order, into the queue that the
/// request names, and a message that ends it. One request at a time; at most <see cref="MaxEvents"/> events each.
/// </summary>
internal sealed partial class RabbitReplay(
    ILedgerReader ledger,
    RabbitConnections connections,
    MessagingOptions options,
    ILogger<RabbitReplay> logger) : BackgroundService
{
    /// <summary>Most events of one answer, inclusive; whoever wants more asks again from behind its end.</summary>
    public const int MaxEvents = 10_000;

    private const int Page = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var channel = new RabbitChannel(connections, "coatline replay", RabbitTopology.DeclareReplayAsync);
            try
            {
                await ServeAsync(channel, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(e.Message);
                await Task.Delay(options.ResendAfter, options.NetworkTime, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                await channel.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(RabbitChannel channel, CancellationToken cancellationToken)
    {
        IChannel open = await channel.OpenAsync(cancellationToken).ConfigureAwait(false);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.ChannelShutdownAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await open.BasicQosAsync(0, 1, global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(open);
        consumer.ReceivedAsync += async (_, message) =>
        {
            // The body's memory is the client's own and ends with this call.
            byte[] body = message.Body.ToArray();
            string? replyTo = message.BasicProperties.ReplyTo;
            try
            {
                await AnswerAsync(open, body, replyTo, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // A request that cannot be served is not served again and again; who asked sees no end and asks anew.
                LogRefused(replyTo ?? "nobody", e.Message);
            }

            await open.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken).ConfigureAwait(false);
        };
        await open.BasicConsumeAsync(
            RabbitTopology.ReplayQueue, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        await closed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task AnswerAsync(
        IChannel open, byte[] body, string? replyTo, CancellationToken cancellationToken)
    {
        if (replyTo?.StartsWith(RabbitTopology.ReplyPrefix, StringComparison.Ordinal) != true)
        {
            throw new FormatException($"reply-to must begin with {RabbitTopology.ReplyPrefix}");
        }

        ReplayRequest request = JsonSerializer.Deserialize<ReplayRequest>(body, ReplayRequest.Json)
            ?? throw new FormatException("the request is empty");
        var line = new LineId(request.Line);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.From, 1, "from");
        long through = Math.Min(request.Through, request.From + MaxEvents - 1);
        var publishing = new ConfirmedPublishing(open, options.PublishTimeout, options.NetworkTime);
        long next = request.From;
        while (next <= through)
        {
            IReadOnlyList<LedgerRow> rows = ledger.Events(
                new EventQuery { Line = line.Value, FromSeq = next, Limit = Page });
            foreach (LedgerRow row in rows.TakeWhile(row => row.Seq <= through))
            {
                await publishing.SendAsync(
                    "", replyTo, mandatory: true, EventMessage.Properties(row), EventMessage.Body(row), row.Seq,
                    cancellationToken).ConfigureAwait(false);
                next = row.Seq + 1;
            }

            if (rows.Count < Page)
            {
                break;
            }
        }

        await publishing.FlushAsync(cancellationToken).ConfigureAwait(false);
        await open.BasicPublishAsync(
            "",
            replyTo,
            mandatory: true,
            new BasicProperties { ContentType = "application/json", Type = EventMessage.ReplayEnd },
            EventMessage.End(line.Value, request.From, next - 1),
            cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(4311, LogLevel.Warning, "The replay for dashboards failed and begins anew: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(4312, LogLevel.Warning, "A request for replay by {ReplyTo} was not served: {Reason}")]
    private partial void LogRefused(string replyTo, string reason);
}

/// <summary>A dashboard's wish for events that it missed.</summary>
/// <param name="Line">The line.</param>
/// <param name="From">First sequence number, from 1.</param>
/// <param name="Through">Last sequence number, inclusive.</param>
internal sealed record ReplayRequest(string Line, long From, long Through)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
