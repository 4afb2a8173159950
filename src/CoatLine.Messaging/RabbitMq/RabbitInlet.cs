using MassTransit;

namespace CoatLine.Messaging;

/// <summary>A consuming bus, made and started once; MassTransit then connects it again and declares its queue anew
/// after each loss of the connection. One caller.</summary>
internal sealed class RabbitInlet(
    Func<IBusControl> make, RabbitConnections connections, RabbitMqOptions broker, TimeProvider time)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private IBusControl? _bus;

    /// <exception cref="BrokerException">It did not start within <see cref="RabbitMqOptions.StartTimeout"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _bus = make();
        try
        {
            using var bound = new CancellationTokenSource(broker.StartTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
            BusHandle handle = await _bus.StartAsync(either.Token)
                .WaitAsync(broker.StartTimeout, time, cancellationToken).ConfigureAwait(false);
            await handle.Ready.WaitAsync(broker.StartTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await StopAsync().ConfigureAwait(false);
            throw connections.Reason(e);
        }
    }

    public async Task StopAsync()
    {
        if (_bus is { } bus)
        {
            _bus = null;
            using var bound = new CancellationTokenSource(StopTimeout, time);
            await bus.StopAsync(bound.Token).WaitAsync(StopTimeout, time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
