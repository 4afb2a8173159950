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
    /// How many values the server keeps between two messages; default 16. With 1 all but the last value of a burst are
    /// lost without a trace; with more, a loss shows in <see cref="StatusCode.IsOverflow"/>.
    /// </summary>
    public uint QueueSize { get; init; } = 16;

    /// <summary>True, the default, to lose the oldest value when the queue is full; false to lose the newest.</summary>
    public bool DiscardOldest { get; init; } = true;

    /// <summary>Which changes count; null for a change of quality or value.</summary>
    public DataChangeFilter? Filter { get; init; }

    /// <summary>Anything of the caller's; it comes back as <see cref="UaMonitoredItem.Context"/>.</summary>
    public object? Context { get; init; }

    /// <summary>−1: the sampling interval is the publishing interval (OPC 10000-4 §7.21).</summary>
    private const double AsPublished = -1;

    internal MonitoredItemCreateRequest ToRequest(uint clientHandle) => new()
    {
        ItemToMonitor = ReadValueId.Of(NodeId, AttributeId),
        MonitoringMode = MonitoringMode.Reporting,
        RequestedParameters = new MonitoringParameters
        {
            ClientHandle = clientHandle,
            SamplingIntervalMs = SamplingInterval?.TotalMilliseconds ?? AsPublished,
            QueueSize = QueueSize,
            DiscardOldest = DiscardOldest,
            Filter = ExtensionObject.Of(Filter),
        },
    };
}

/// <summary>A value that is being watched.</summary>
public sealed class UaMonitoredItem
{
    internal UaMonitoredItem(MonitoredItemRequest request, uint clientHandle)
    {
        NodeId = request.NodeId;
        AttributeId = request.AttributeId;
        Context = request.Context;
        ClientHandle = clientHandle;
    }

    /// <summary>The node.</summary>
    public NodeId NodeId { get; }

    /// <summary>The attribute.</summary>
    public AttributeId AttributeId { get; }

    /// <summary>What the caller gave along.</summary>
    public object? Context { get; }

    /// <summary>Number of the item on this side.</summary>
    public uint ClientHandle { get; }

    /// <summary>Number of the item in the server; 0 until it answered.</summary>
    public uint ServerId { get; private set; }

    /// <summary>Whether the server watches it; bad until it answered, and when it refused.</summary>
    public StatusCode Status { get; private set; } = StatusCodes.BadWaitingForResponse;

    /// <summary>How often the server looks.</summary>
    public TimeSpan SamplingInterval { get; private set; }

    /// <summary>How many values the server keeps.</summary>
    public uint QueueSize { get; private set; }

    internal void Created(MonitoredItemCreateResult result)
    {
        Status = result.StatusCode;
        ServerId = result.MonitoredItemId;
        SamplingInterval = TimeSpan.FromMilliseconds(result.RevisedSamplingIntervalMs);
        QueueSize = result.RevisedQueueSize;
    }
}

/// <summary>A value that the server reported.</summary>
/// <param name="Item">Which item it belongs to.</param>
/// <param name="Value">Value, quality and times.</param>
public readonly record struct DataChange(UaMonitoredItem Item, DataValue Value);
