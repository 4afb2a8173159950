using System.Collections.Concurrent;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace CoatLine.Messaging;

/// <summary>
/// Publishes each committed event by itself for dashboards, in order per line and at least once. It reads the ledger
/// and not the bus, so a dashboard never sees what is not committed, and holds up nobody. A broker that is away is
/// waited for; after a loss it goes on behind the last event that the broker has confirmed.
/// </summary>
internal sealed partial class RabbitFanOut(
    ILedgerReader ledger,
    LedgerCommits commits,
    RabbitConnections connections,
    RabbitMqOptions broker,
    MessagingOptions options,
    ILogger<RabbitFanOut> logger) : BackgroundService
{
    /// <summary>Events read at a time, inclusive.</summary>
    private const int Page = 1000;

    private readonly FanOutPlaces _places = new(broker.StateDirectory);
    private readonly ConcurrentDictionary<LineId, long> _begin = new();
    private readonly ConcurrentDictionary<LineId, long> _due = new();
    private readonly SemaphoreSlim _news = new(0, 1);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        commits.Moved += OnMoved;
        var channel = new RabbitChannel(connections, "coatline fan-out", RabbitTopology.DeclareEventsAsync);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await FollowAsync(channel, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The regular end.
        }
        finally
        {
            commits.Moved -= OnMoved;
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(RabbitChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
            foreach (LineId line in _due.Keys)
            {
                await PublishAsync(channel, line, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e.Message);
            await channel.DisposeAsync().ConfigureAwait(false);
            await Task.Delay(options.ResendAfter, options.NetworkTime, cancellationToken).ConfigureAwait(false);
            Wake();
        }
    }

    private async Task PublishAsync(RabbitChannel channel, LineId line, CancellationToken cancellationToken)
    {
        long after = _places.Find(line) ?? _begin[line];
        _places.Keep(line, after);
        while (after < _due[line])
        {
            IReadOnlyList<LedgerRow> rows = ledger.Events(
                new EventQuery { Line = line.Value, FromSeq = after + 1, Limit = Page });
            if (rows.Count == 0)
            {
                return;
            }

            IChannel open = await channel.OpenAsync(cancellationToken).ConfigureAwait(false);
            var publishing = new ConfirmedPublishing(open, options.PublishTimeout, options.NetworkTime);
            try
            {
                foreach (LedgerRow row in rows)
                {
                    // Not mandatory: nobody has to watch.
                    await publishing.SendAsync(
                        RabbitTopology.EventsExchange,
                        EventMessage.RoutingKey(row),
                        mandatory: false,
                        EventMessage.Properties(row),
                        EventMessage.Body(row),
                        row.Seq,
                        cancellationToken).ConfigureAwait(false);
                }

                await publishing.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                after = Math.Max(after, publishing.Confirmed);
                _places.Keep(line, after);
            }
        }
    }

    private void OnMoved(LedgerMark mark, int committed)
    {
        // The first word of a line says where to begin: with what is new then.
        _begin.TryAdd(mark.Line, mark.Seq - committed);
        _due[mark.Line] = mark.Seq;
        Wake();
    }

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
        catch (ObjectDisposedException)
        {
            // The end has come.
        }
    }

    [LoggerMessage(4301, LogLevel.Warning, "Publishing events for dashboards failed and is tried again: {Reason}")]
    private partial void LogFailed(string reason);
}
