using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// A value that is being watched. It stays the same object when the server has to be told of it anew. Properties may
/// change at any time.
/// </summary>
public sealed class UaMonitoredItem
{
    private ExpandedNodeId _node;

    internal UaMonitoredItem(MonitoredItemRequest request, uint clientHandle)
    {
        Request = request;
        NodeId = request.NodeId;
        _node = new ExpandedNodeId(request.NodeId);
        ClientHandle = clientHandle;
    }

    /// <summary>The node, in the numbering of the session in which the server was last told of it.</summary>
    public NodeId NodeId { get; private set; }

    /// <summary>The attribute.</summary>
    public AttributeId AttributeId => Request.AttributeId;

    /// <summary>What the caller gave along.</summary>
    public object? Context => Request.Context;

    /// <summary>Number of the item on this side.</summary>
    public uint ClientHandle { get; }

    /// <summary>Number of the item in the server; 0 until it answered.</summary>
    public uint ServerId { get; private set; }

    /// <summary>Whether the server watches it; bad until it answered, and when it refused. A refused item is tried
    /// again until it is removed.</summary>
    public StatusCode Status { get; private set; } = StatusCodes.BadWaitingForResponse;

    /// <summary>How often the server looks.</summary>
    public TimeSpan SamplingInterval { get; private set; }

    /// <summary>How many values the server keeps.</summary>
    public uint QueueSize { get; private set; }

    internal MonitoredItemRequest Request { get; set; }

    /// <summary>Keeps the node by its namespace URI, since an index holds for one session only.</summary>
    internal void NameIn(UaSession session)
    {
        var namespaces = session.NamespaceArray;
        var index = NodeId.NamespaceIndex;
        if (index > 0 && index < namespaces.Count)
        {
            _node = new ExpandedNodeId(NodeId, namespaces[index]);
        }
    }

    /// <summary>Finds the node by its namespace URI in another session.</summary>
    internal void MoveTo(UaSession session) => Found(_node.Resolve(session.NamespaceArray) is { } node
        ? new ResolvedPath(StatusCodes.Good, node)
        : new ResolvedPath(StatusCodes.BadNodeIdUnknown, NodeId.Null));

    /// <summary>The node was looked for. One that was not found keeps the status that says why.</summary>
    internal void Found(ResolvedPath node)
    {
        NodeId = node.NodeId;
        ServerId = 0;
        Status = node.Status.IsBad ? node.Status : StatusCodes.BadWaitingForResponse;
    }

    internal bool IsOfEvents => Request.Events is not null;

    internal bool IsToBeCreated => Status == StatusCodes.BadWaitingForResponse;

    internal void Created(MonitoredItemCreateResult result) => Answered(
        result.StatusCode, result.MonitoredItemId, result.RevisedSamplingIntervalMs, result.RevisedQueueSize);

    internal void Answered(StatusCode status, uint serverId, double samplingMs, uint queueSize)
    {
        Status = status;
        ServerId = serverId;
        SamplingInterval = samplingMs is >= 0 and < int.MaxValue ? TimeSpan.FromMilliseconds(samplingMs) : default;
        QueueSize = queueSize;
    }

    internal MonitoredItemCreateRequest ToRequest(TimeSpan lifetime, TimeSpan publishingInterval) => new()
    {
        ItemToMonitor = ReadValueId.Of(NodeId, AttributeId),
        MonitoringMode = Request.Mode,
        RequestedParameters = Request.ToParameters(ClientHandle, lifetime, publishingInterval),
    };
}

/// <summary>An event that the server reported.</summary>
/// <param name="Item">Which item it belongs to.</param>
/// <param name="Fields">Its fields, in the order of the filter; null where the event lacks one.</param>
public readonly record struct EventReport(UaMonitoredItem Item, IReadOnlyList<Variant> Fields);

/// <summary>A value that the server reported.</summary>
/// <param name="Item">Which item it belongs to.</param>
/// <param name="Value">Value, quality and times.</param>
public readonly record struct DataChange(UaMonitoredItem Item, DataValue Value);
