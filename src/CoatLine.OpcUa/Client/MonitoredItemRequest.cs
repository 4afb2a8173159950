using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>A value to be watched.</summary>
/// <param name="NodeId">The node.</param>
public sealed record MonitoredItemRequest(NodeId NodeId)
{
    /// <summary>The attribute; default Value.</summary>
    public AttributeId AttributeId { get; init; } = AttributeId.Value;

    /// <summary>How often the server looks; null for as often as the subscription sends.</summary>
    public TimeSpan? SamplingInterval { get; init; }

    /// <summary>
    /// How many values the server keeps until it can send them; null, the default, for as many as it samples in the
    /// lifetime of the subscription, 16..1000, so that a cut of the link as long as that loses none. With 1 all but the
    /// last value of a burst are lost without a trace; with more, a loss shows in <see cref="StatusCode.IsOverflow"/>
    /// and is reported as a <see cref="UaGap"/>.
    /// </summary>
    public uint? QueueSize { get; init; }

    /// <summary>True, the default, to lose the oldest value when the queue is full; false to lose the newest.</summary>
    public bool DiscardOldest { get; init; } = true;

    /// <summary>Whether it is sampled and reported; default Reporting.</summary>
    public MonitoringMode Mode { get; init; } = MonitoringMode.Reporting;

    /// <summary>Which changes count; null for a change of quality or value.</summary>
    public DataChangeFilter? Filter { get; init; }

    /// <summary>Which events are reported, and which of their fields; only for an item made by
    /// <see cref="OfEvents"/>.</summary>
    public EventFilter? Events { get; init; }

    /// <summary>Takes the events of the item, in order with everything else of the subscription; short, does not throw.
    /// </summary>
    public Action<EventReport>? EventHandler { get; init; }

    /// <summary>Events of a notifier to be watched (OPC 10000-4 §7.22.3).</summary>
    /// <param name="notifier">An object whose EventNotifier says that it has events, e.g. Server (i=2253).</param>
    /// <param name="events">Which ones, and which of their fields.</param>
    /// <param name="handler">Takes them.</param>
    public static MonitoredItemRequest OfEvents(NodeId notifier, EventFilter events, Action<EventReport> handler) =>
        new(notifier)
        {
            AttributeId = AttributeId.EventNotifier,
            SamplingInterval = TimeSpan.Zero,
            QueueSize = LongestQueue,
            Events = events,
            EventHandler = handler,
        };

    /// <summary>Anything of the caller's; it comes back as <see cref="UaMonitoredItem.Context"/>.</summary>
    public object? Context { get; init; }

    /// <summary>−1: the sampling interval is the publishing interval (OPC 10000-4 §7.21).</summary>
    private const double AsPublished = -1;

    private const uint ShortestQueue = 16;
    private const uint LongestQueue = 1000;

    /// <summary>What the server shall do.</summary>
    /// <param name="clientHandle">Number of the item on this side.</param>
    /// <param name="lifetime">How long the server keeps the subscription without a Publish request.</param>
    /// <param name="publishingInterval">How often it sends.</param>
    internal MonitoringParameters ToParameters(uint clientHandle, TimeSpan lifetime, TimeSpan publishingInterval)
    {
        var sampling = SamplingInterval is { } wanted && wanted > TimeSpan.Zero ? wanted : publishingInterval;
        var samples = sampling > TimeSpan.Zero ? Math.Ceiling(lifetime / sampling) : LongestQueue;
        return new MonitoringParameters
        {
            ClientHandle = clientHandle,
            SamplingIntervalMs = SamplingInterval?.TotalMilliseconds ?? AsPublished,
            QueueSize = QueueSize ?? (uint)Math.Clamp(samples, ShortestQueue, LongestQueue),
            DiscardOldest = DiscardOldest,
            Filter = ExtensionObject.Of(Events is null ? Filter : Events),
        };
    }
}
