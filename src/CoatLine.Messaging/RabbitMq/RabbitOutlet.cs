using CoatLine.Messaging.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// Publishes over a bus of its own. A bus that does not take a message in time may hang for good, so it is dropped, and
/// the next message gets a new one. Safe for use from several threads.
/// </summary>
internal sealed partial class RabbitOutlet(
    string name,
    RabbitBuses buses,
    RabbitConnections connections,
    RabbitMqOptions broker,
    MessagingOptions options,
    ILogger<RabbitOutlet> logger) : IBusOutlet, IDisposable
{
    /// <summary>How long a bus may take to stop before it is left alone.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _making = new(1);
    private IBusControl? _bus;

    public Task ReadyAsync(CancellationToken cancellationToken) => BusAsync(cancellationToken);

    public async Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class
    {
        IBusControl bus = await BusAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Questions and segments must reach a queue: a broker confirms also what nobody will ever read.
            bool mandatory = typeof(T) == typeof(LedgerSegment) || typeof(T) == typeof(LedgerMarkRequested);
            await BoundedPublish.RunAsync(bus, message, mandatory, options, cancellationToken).ConfigureAwait(false);
        }
        catch (MessageReturnedException e)
        {
            throw new BrokerException(
                BrokerFault.WrongTopology,
                $"the broker at {broker.Address} has no queue for {typeof(T).Name}: no ledger has been there yet, or "
                + "its queue was deleted",
                e);
        }
        catch (TimeoutException e)
        {
            LogDropped(name, e.Message);
            await DropAsync(bus).ConfigureAwait(false);
            throw;
        }
    }

    public async Task StopAsync()
    {
        if (_bus is { } bus)
        {
            await DropAsync(bus).ConfigureAwait(false);
        }
    }

    public void Dispose() => _making.Dispose();

    private async Task<IBusControl> BusAsync(CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _bus ??= await MakeAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _making.Release();
        }
    }

    private async Task<IBusControl> MakeAsync(CancellationToken cancellationToken)
    {
        // MassTransit tries for ever and does not say why; one attempt of our own does.
        await (await connections.ConnectAsync("coatline check", cancellationToken).ConfigureAwait(false))
            .DisposeAsync().ConfigureAwait(false);
        IBusControl bus = buses.Publisher(name);
        try
        {
            using var bound = new CancellationTokenSource(broker.StartTimeout, options.NetworkTime);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
            await bus.StartAsync(either.Token)
                .WaitAsync(broker.StartTimeout, options.NetworkTime, cancellationToken).ConfigureAwait(false);
            return bus;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await StopAsync(bus).ConfigureAwait(false);
            throw connections.Reason(e);
        }
    }

    private async Task DropAsync(IBusControl bus)
    {
        if (Interlocked.CompareExchange(ref _bus, null, bus) == bus)
        {
            await StopAsync(bus).ConfigureAwait(false);
        }
    }

    private async Task StopAsync(IBusControl bus)
    {
        using var bound = new CancellationTokenSource(StopTimeout, options.NetworkTime);
        await bus.StopAsync(bound.Token).WaitAsync(StopTimeout, options.NetworkTime, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(4201, LogLevel.Warning, "The bus '{Name}' is dropped and made anew: {Reason}")]
    private partial void LogDropped(string name, string reason);
}
