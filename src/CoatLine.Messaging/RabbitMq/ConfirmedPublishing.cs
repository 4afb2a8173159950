using RabbitMQ.Client;

namespace CoatLine.Messaging;

/// <summary>Publishes in order with at most so many messages that wait for the broker's confirm. One caller.</summary>
internal sealed class ConfirmedPublishing(IChannel channel, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Most messages that wait for their confirm, inclusive.</summary>
    public const int Window = 500;

    private readonly Queue<(Task Confirm, long Number)> _pending = new();

    /// <summary>The number of the last message that the broker has confirmed, with all before it; 0 when
    /// none.</summary>
    public long Confirmed { get; private set; }

    public async Task SendAsync(
        string exchange,
        string routingKey,
        bool mandatory,
        BasicProperties properties,
        ReadOnlyMemory<byte> body,
        long number,
        CancellationToken cancellationToken)
    {
        Task confirm = channel.BasicPublishAsync(
            exchange, routingKey, mandatory, properties, body, cancellationToken).AsTask();
        _pending.Enqueue((confirm, number));
        if (_pending.Count >= Window)
        {
            await ConfirmOneAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until everything is confirmed.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (_pending.Count > 0)
        {
            await ConfirmOneAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ConfirmOneAsync(CancellationToken cancellationToken)
    {
        (Task confirm, long number) = _pending.Peek();
        await confirm.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        _pending.Dequeue();
        Confirmed = number;
    }
}
