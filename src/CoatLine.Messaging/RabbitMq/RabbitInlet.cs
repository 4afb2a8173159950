using MassTransit;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

/// <summary>
/// A consuming bus. MassTransit connects it again and declares its queue anew after most losses of the connection, but
/// not after all of them (a password that was refused for a while): one that stays unwell although the broker can be
/// reached is dropped and made anew. One caller.
/// </summary>
internal sealed partial class RabbitInlet(
    Func<IBusControl> make,
    RabbitConnections connections,
    RabbitMqOptions broker,
    TimeProvider time,
    ILogger<RabbitInlet> logger) : IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked at.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>How long it may be unwell before it is made anew: MassTransit's own attempts come within it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private IBusControl? _bus;
    private Task _watching = Task.CompletedTask;

    /// <exception cref="BrokerException">It did not start within <see
    /// cref="RabbitMqOptions.StartTimeout"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await MakeAsync(cancellationToken).ConfigureAwait(false);
        _watching = WatchAsync(_end.Token);
    }

    public async Task StopAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DropAsync().ConfigureAwait(false);
    }

    public void Dispose() => _end.Dispose();

    private async Task MakeAsync(CancellationToken cancellationToken)
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
            await DropAsync().ConfigureAwait(false);
            throw connections.Reason(e);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        long wellAt = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
            if (_bus?.CheckHealth().Status == BusHealthStatus.Healthy)
            {
                wellAt = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(wellAt) >= Patience
                && await RemakeAsync(cancellationToken).ConfigureAwait(false))
            {
                wellAt = time.GetTimestamp();
            }
        }
    }

    private async Task<bool> RemakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (await connections.ConnectAsync("coatline check", cancellationToken).ConfigureAwait(false))
                .DisposeAsync().ConfigureAwait(false);
            LogRemade(_bus?.CheckHealth().Description ?? "it could not be made");
            await DropAsync().ConfigureAwait(false);
            await MakeAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (BrokerException e)
        {
            LogUnwell(e.Message);
            return false;
        }
    }

    private async Task DropAsync()
    {
        if (_bus is { } bus)
        {
            _bus = null;
            using var bound = new CancellationTokenSource(StopTimeout, time);
            await bus.StopAsync(bound.Token).WaitAsync(StopTimeout, time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(4202, LogLevel.Warning, "Nothing is consumed although the broker is there; made anew: {Reason}")]
    private partial void LogRemade(string reason);

    [LoggerMessage(4203, LogLevel.Warning, "Nothing is consumed: {Reason}")]
    private partial void LogUnwell(string reason);
}
