using System.Diagnostics;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CoatLine.Bench.Bus;

/// <summary>The broker's own client: a quorum queue, confirmed publishing with a window, one consumer that takes what
/// is there and acknowledges when its rows are committed.</summary>
internal sealed class RawBroker : IAsyncDisposable
{
    /// <summary>Most messages that wait for their confirm.</summary>
    private const int Window = 500;

    private readonly IConnection _sending;
    private readonly IConnection _receiving;
    private readonly IChannel _out;
    private readonly IChannel _in;
    private readonly string _queue;
    private readonly Channel<(ulong Tag, byte[] Body)> _arrived =
        Channel.CreateUnbounded<(ulong, byte[])>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Queue<Task> _pending = new();
    private Task _taking = Task.CompletedTask;

    private RawBroker(IConnection sending, IConnection receiving, IChannel toQueue, IChannel fromQueue, string queue) =>
        (_sending, _receiving, _out, _in, _queue) = (sending, receiving, toQueue, fromQueue, queue);

    public static async Task<RawBroker> OpenAsync(Uri broker, string queue, ushort prefetch)
    {
        var factory = new ConnectionFactory { Uri = broker };
        IConnection sending = await factory.CreateConnectionAsync();
        IConnection receiving = await factory.CreateConnectionAsync();
        IChannel toQueue = await sending.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
            outstandingPublisherConfirmationsRateLimiter: null));
        IChannel fromQueue = await receiving.CreateChannelAsync();
        await fromQueue.QueueDeleteAsync(queue);
        await fromQueue.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await fromQueue.BasicQosAsync(0, prefetch, global: false);
        return new RawBroker(sending, receiving, toQueue, fromQueue, queue);
    }

    /// <summary>Begins to take messages.</summary>
    /// <param name="most">Most messages of one commit.</param>
    /// <param name="commit">Commits some; they are acknowledged when it returns.</param>
    /// <param name="flow">Is told when it breaks.</param>
    public async Task ConsumeAsync(int most, Func<IReadOnlyList<byte[]>, Task> commit, Flow flow)
    {
        var consumer = new AsyncEventingBasicConsumer(_in);
        consumer.ReceivedAsync += (_, message) =>
        {
            _arrived.Writer.TryWrite((message.DeliveryTag, message.Body.ToArray()));
            return Task.CompletedTask;
        };
        await _in.BasicConsumeAsync(_queue, autoAck: false, consumer);
        _taking = Task.Run(() => TakeAsync(most, commit, flow));
    }

    /// <summary>Publishes, and waits only when the window is full.</summary>
    public async Task PublishAsync(ReadOnlyMemory<byte> body)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        _pending.Enqueue(_out.BasicPublishAsync(string.Empty, _queue, mandatory: true, properties, body).AsTask());
        if (_pending.Count >= Window)
        {
            await _pending.Dequeue();
        }
    }

    /// <summary>Waits for every confirm.</summary>
    public async Task FlushAsync()
    {
        while (_pending.TryDequeue(out Task? confirm))
        {
            await confirm;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _arrived.Writer.TryComplete();
        await _taking;
        await _in.QueueDeleteAsync(_queue);
        await _out.DisposeAsync();
        await _in.DisposeAsync();
        await _sending.DisposeAsync();
        await _receiving.DisposeAsync();
    }

    private async Task TakeAsync(int most, Func<IReadOnlyList<byte[]>, Task> commit, Flow flow)
    {
        var bodies = new List<byte[]>(most);
        try
        {
            while (await _arrived.Reader.WaitToReadAsync())
            {
                bodies.Clear();
                ulong last = 0;
                while (bodies.Count < most && _arrived.Reader.TryRead(out (ulong Tag, byte[] Body) one))
                {
                    last = one.Tag;
                    bodies.Add(one.Body);
                }

                await commit(bodies);
                await _in.BasicAckAsync(last, multiple: true);
            }
        }
        catch (Exception broken)
        {
            Debug.WriteLine(broken);
            flow.Fail(broken);
        }
    }
}
