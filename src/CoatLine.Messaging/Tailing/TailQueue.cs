using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CoatLine.Messaging.Tailing;

/// <summary>
/// One connection with a queue of its own, bound to the exchange for dashboards; the answers to its requests come into
/// the same queue, so that an answer's end comes behind its events. It ends with its connection. One caller.
/// </summary>
internal sealed class TailQueue : IAsyncDisposable
{
    /// <summary>Messages that the broker keeps for a reader that is slow; the oldest give way, which leaves a gap that
    /// is asked for again. Two whole answers.</summary>
    public const int MaxLength = 2 * RabbitReplay.MaxEvents;

    /// <summary>Messages in hand that are not acknowledged yet.</summary>
    private const ushort Prefetch = 500;

    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);

    private readonly RabbitChannel _channel;
    private readonly RabbitConnections _connections;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly Channel<TailMessage> _messages = Channel.CreateBounded<TailMessage>(
        new BoundedChannelOptions(Prefetch) { SingleReader = true });

    private IChannel _open = null!;

    /// <param name="connections">Makes the connection.</param>
    /// <param name="line">The line; null for all.</param>
    /// <param name="attempt">Counts the queues of this process, since one that is lost may live on for a while.</param>
    /// <param name="time">The machine's clock.</param>
    public TailQueue(RabbitConnections connections, string? line, int attempt, TimeProvider time)
    {
        (_connections, _time) = (connections, time);
        _name = string.Create(
            CultureInfo.InvariantCulture,
            $"{RabbitTopology.ReplyPrefix}{Environment.MachineName}-{Environment.ProcessId}-{attempt}");
        _channel = new RabbitChannel(
            connections, "coatline tail", (channel, token) => DeclareAsync(channel, line, token));
    }

    /// <summary>What came; it is completed with the reason when the queue or its connection is gone.</summary>
    public ChannelReader<TailMessage> Messages => _messages.Reader;

    /// <exception cref="BrokerException">The broker cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _open = await _channel.OpenAsync(cancellationToken).ConfigureAwait(false);
        _open.ChannelShutdownAsync += (_, shutdown) => Ended(shutdown.ReplyText);
        try
        {
            await _open.BasicQosAsync(0, Prefetch, global: false, cancellationToken).ConfigureAwait(false);
            var consumer = new AsyncEventingBasicConsumer(_open);
            consumer.UnregisteredAsync += (_, _) => Ended("its queue was deleted");
            consumer.ReceivedAsync += async (_, message) =>
            {
                // The body's memory is the client's own and ends with this call.
                await _messages.Writer.WriteAsync(
                    TailMessage.Read(message.DeliveryTag, message.Body.ToArray()), cancellationToken)
                    .ConfigureAwait(false);
            };
            await _open.BasicConsumeAsync(_name, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw _connections.Reason(e);
        }
    }

    /// <summary>Tells the broker that everything up to this message is done with.</summary>
    public ValueTask DoneAsync(ulong tag, CancellationToken cancellationToken) =>
        _open.BasicAckAsync(tag, multiple: true, cancellationToken);

    /// <summary>Asks for a range; false when there is nobody to ask.</summary>
    /// <param name="request">The range.</param>
    /// <param name="lifetime">How long it may wait to be served.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<bool> AskAsync(ReplayRequest request, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        try
        {
            await _open.BasicPublishAsync(
                "",
                RabbitTopology.ReplayQueue,
                mandatory: true,
                new BasicProperties
                {
                    ReplyTo = _name,
                    ContentType = "application/json",
                    Expiration = lifetime.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture),
                },
                JsonSerializer.SerializeToUtf8Bytes(request, ReplayRequest.Json),
                cancellationToken).AsTask().WaitAsync(PublishTimeout, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PublishException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private Task Ended(string reason)
    {
        _messages.Writer.TryComplete(new BrokerException(BrokerFault.Unreachable, reason));
        return Task.CompletedTask;
    }

    private async Task DeclareAsync(IChannel channel, string? line, CancellationToken cancellationToken)
    {
        await RabbitTopology.DeclareEventsAsync(channel, cancellationToken).ConfigureAwait(false);
        await channel.QueueDeclareAsync(
            _name,
            durable: false,
            exclusive: true,
            autoDelete: true,
            new Dictionary<string, object?> { ["x-max-length"] = MaxLength },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        // Every type: numbers without gaps are what tells that something is missing.
        string key = line is null ? "#" : line + ".#";
        await channel.QueueBindAsync(
            _name, RabbitTopology.EventsExchange, key, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
