using RabbitMQ.Client;

namespace CoatLine.Messaging;

/// <summary>
/// One connection with one channel that confirms, made anew when it is gone; what is needed on the broker is declared
/// each time, since it may have been wiped. One caller at a time.
/// </summary>
internal sealed class RabbitChannel(
    RabbitConnections connections, string name, Func<IChannel, CancellationToken, Task> declare) : IAsyncDisposable
{
    /// <summary>How long closing may take; what is left then goes with the process.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private IConnection? _connection;
    private IChannel? _channel;

    /// <exception cref="BrokerException">The broker cannot be used.</exception>
    public async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await DisposeAsync().ConfigureAwait(false);
        _connection = await connections.ConnectAsync(name, cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever publishes bounds what is not confirmed; the client's own limiter would slow it down by waiting.
            _channel = await _connection.CreateChannelAsync(
                new CreateChannelOptions(
                    publisherConfirmationsEnabled: true,
                    publisherConfirmationTrackingEnabled: true,
                    outstandingPublisherConfirmationsRateLimiter: null),
                cancellationToken).ConfigureAwait(false);
            await declare(_channel, cancellationToken).ConfigureAwait(false);
            return _channel;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw connections.Reason(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        (IConnection? connection, _connection, _channel) = (_connection, null, null);
        if (connection is not null)
        {
            await connection.CloseAsync(CloseTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await connection.DisposeAsync().AsTask()
                .WaitAsync(CloseTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
