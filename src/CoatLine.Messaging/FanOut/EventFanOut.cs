using System.Text;
using CoatLine.Domain.Events;
using CoatLine.Messaging.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// Publishes each recorded event by itself for whoever watches the line. Runs beside the feed with a place of its
/// own in the journal, so that neither can hold up the other.
/// </summary>
internal sealed partial class EventFanOut(
    IEventSource source, ICoatLineBus bus, BusStart busStart, MessagingOptions options, ILogger<EventFanOut> logger)
    : BackgroundService
{
    /// <summary>How many events are read from the journal at a time, inclusive.</summary>
    private const int MaxRead = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeProvider time = options.NetworkTime;
        long? after = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await busStart.Ready.WaitAsync(stoppingToken);
                after ??= source.ConfirmedSeq;
                await source.WaitForMoreAsync(after.Value, stoppingToken);
                foreach (ChainedEvent e in source.Read(after.Value, MaxRead))
                {
                    await bus.Publish(News(e), stoppingToken)
                        .WaitAsync(options.PublishTimeout, time, stoppingToken);
                    after = e.Seq;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(source.Line, after, e.Message);
                await Task.Delay(options.MaxResendAfter, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static LineEventPublished News(ChainedEvent e) => new(
        e.Line.Value, e.Seq, e.EventId, e.Type, e.Batch, e.Time, Encoding.UTF8.GetString(CloudEvent.WithHash(e)));

    [LoggerMessage(4121, LogLevel.Warning, "Publishing events of {Line} after seq {After} failed: {Reason}")]
    private partial void LogFailed(LineId line, long? after, string reason);
}
