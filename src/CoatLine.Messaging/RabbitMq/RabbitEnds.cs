using System.Globalization;
using CoatLine.Domain.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>The journal's end on RabbitMQ: checks the broker at start, and takes the ledger's answers.</summary>
internal sealed class RabbitEdgeEnd : IHostedService, IDisposable
{
    private readonly RabbitConnections _connections;
    private readonly RabbitOutlet _outlet;
    private readonly RabbitInlet _answers;

    public RabbitEdgeEnd(
        LineId line, LedgerFeed feed, RabbitBuses buses, RabbitConnections connections, RabbitMqOptions broker,
        MessagingOptions options, ILogger<RabbitOutlet> logger)
    {
        _connections = connections;
        _outlet = new RabbitOutlet("coatline edge out", buses, connections, broker, options, logger);
        string queue = string.Create(
            CultureInfo.InvariantCulture,
            $"{FeedAnswersConsumer.EndpointPrefix}{line}-{Environment.MachineName}-{Environment.ProcessId}");
        _answers = new RabbitInlet(
            () => buses.Answers(queue, () => new FeedAnswersConsumer(feed)), connections, broker, options.NetworkTime);
    }

    public IBusOutlet Outlet => _outlet;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _connections.CheckAsync(static (_, _) => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        await _answers.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _answers.StopAsync().ConfigureAwait(false);
        await _outlet.StopAsync().ConfigureAwait(false);
    }

    public void Dispose() => _outlet.Dispose();
}

/// <summary>The ledger's end on RabbitMQ: declares what is needed, and takes segments.</summary>
internal sealed class RabbitLedgerEnd : IHostedService, IDisposable
{
    private readonly RabbitConnections _connections;
    private readonly RabbitOutlet _outlet;
    private readonly RabbitParking _parking;
    private readonly RabbitInlet _segments;

    public RabbitLedgerEnd(
        IEventSink ledger, LedgerCommits commits, RabbitBuses buses, RabbitConnections connections,
        RabbitMqOptions broker, MessagingOptions options, ILoggerFactory loggers)
    {
        _connections = connections;
        _outlet = new RabbitOutlet(
            "coatline ledger out", buses, connections, broker, options, loggers.CreateLogger<RabbitOutlet>());
        _parking = new RabbitParking(connections, options);
        var consumer = new LedgerConsumer(
            ledger, _outlet, commits, loggers.CreateLogger<LedgerConsumer>(), _parking);
        _segments = new RabbitInlet(
            () => buses.Ledger(() => consumer, _parking), connections, broker, options.NetworkTime);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _connections.CheckAsync(RabbitTopology.DeclareLedgerAsync, cancellationToken).ConfigureAwait(false);
        await _segments.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _segments.StopAsync().ConfigureAwait(false);
        await _outlet.StopAsync().ConfigureAwait(false);
        await _parking.StopAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _outlet.Dispose();
        _parking.Dispose();
    }
}
