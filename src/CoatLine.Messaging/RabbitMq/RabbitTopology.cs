using RabbitMQ.Client;

namespace CoatLine.Messaging;

/// <summary>
/// The names on the broker, and what stands behind them. MassTransit declares the queue of the ledger as well, with the
/// same arguments; declaring twice is harmless, declaring differently is refused by the broker.
/// </summary>
internal static class RabbitTopology
{
    /// <summary>Topic exchange of plain events for dashboards; routing key <c>LINE.BARE-TYPE</c>.</summary>
    public const string EventsExchange = "coatline.events";

    /// <summary>Where dashboards ask for what they missed.</summary>
    public const string ReplayQueue = "coatline.replay";

    /// <summary>Messages that the ledger can never take, each with its reason.</summary>
    public const string ParkedQueue = "coatline-ledger-parked";

    /// <summary>A queue to which a replay is answered must begin like this, so that nobody has events written into a
    /// queue of ours.</summary>
    public const string ReplyPrefix = "coatline.reply.";

    /// <summary>What the broker holds for the ledger at most, bytes; more is refused, and the journals keep
    /// it.</summary>
    public const long MaxLedgerQueueBytes = 256L << 20;

    /// <summary>Parked messages kept, bytes; the oldest give way.</summary>
    public const long MaxParkedBytes = 64L << 20;

    /// <summary>Requests for replay that may wait; more are refused.</summary>
    public const int MaxReplayRequests = 100;

    /// <summary>An edge's queue for answers goes when nobody has read it for so long.</summary>
    public static readonly TimeSpan AnswersExpiry = TimeSpan.FromMinutes(10);

    public static Dictionary<string, object?> LedgerArguments => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        ["x-max-length-bytes"] = MaxLedgerQueueBytes,
        ["x-overflow"] = "reject-publish",
    };

    /// <summary>Declares what the ledger's end needs; throws when something else stands there.</summary>
    public static async Task DeclareLedgerAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using IChannel channel =
            await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.QueueDeclareAsync(
            LedgerConsumer.EndpointName, true, false, false, LedgerArguments, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await DeclareParkedAsync(channel, cancellationToken).ConfigureAwait(false);
        await DeclareEventsAsync(channel, cancellationToken).ConfigureAwait(false);
        await DeclareReplayAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    public static Task DeclareParkedAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            ParkedQueue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-max-length-bytes"] = MaxParkedBytes,
                ["x-overflow"] = "drop-head",
            },
            cancellationToken: cancellationToken);

    public static Task DeclareEventsAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(
            EventsExchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);

    public static Task DeclareReplayAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            ReplayQueue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-max-length"] = MaxReplayRequests,
                ["x-overflow"] = "reject-publish",
                ["x-single-active-consumer"] = true,
            },
            cancellationToken: cancellationToken);
}
