using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>How a subscription sends (OPC 10000-4 §5.14.2).</summary>
public sealed record SubscriptionOptions
{
    /// <summary>The standard asks for a lifetime of at least three keep-alives.</summary>
    private const uint KeepAlivesPerLifetime = 3;

    /// <summary>How often the server sends, if there is anything to send; default 100 ms.</summary>
    public TimeSpan PublishingInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After how many quiet intervals the server sends a sign of life; default 20.</summary>
    public uint KeepAliveCount { get; init; } = 20;

    /// <summary>
    /// After how many intervals without a Publish request the server drops the subscription; default 600. At least
    /// three times <see cref="KeepAliveCount"/> is asked for.
    /// </summary>
    public uint LifetimeCount { get; init; } = 600;

    /// <summary>Most notifications in one message; default 10 000, 0 for no limit.</summary>
    public uint MaxNotificationsPerPublish { get; init; } = 10_000;

    /// <summary>Higher goes first among the subscriptions of a session; 0..255, default 0.</summary>
    public byte Priority { get; init; }

    /// <summary>
    /// Finds the nodes of items, when they are added and anew in every session in which the subscription has to be made
    /// again: one result per item, in order. Null, the default, to keep to the NodeId by its namespace URI.
    /// </summary>
    public Func<UaSession, IReadOnlyList<UaMonitoredItem>, CancellationToken, Task<ResolvedPath[]>>? Locate
    {
        get; init;
    }

    internal ModifySubscriptionRequest ToModifyRequest(uint subscription) => new()
    {
        SubscriptionId = subscription,
        RequestedPublishingIntervalMs = PublishingInterval.TotalMilliseconds,
        RequestedMaxKeepAliveCount = KeepAliveCount,
        RequestedLifetimeCount = Math.Max(LifetimeCount, KeepAlivesPerLifetime * KeepAliveCount),
        MaxNotificationsPerPublish = MaxNotificationsPerPublish,
        Priority = Priority,
    };

    internal CreateSubscriptionRequest ToRequest(bool publishingEnabled) => new()
    {
        RequestedPublishingIntervalMs = PublishingInterval.TotalMilliseconds,
        RequestedMaxKeepAliveCount = KeepAliveCount,
        RequestedLifetimeCount = Math.Max(LifetimeCount, KeepAlivesPerLifetime * KeepAliveCount),
        MaxNotificationsPerPublish = MaxNotificationsPerPublish,
        Priority = Priority,
        PublishingEnabled = publishingEnabled,
    };
}
