namespace CoatLine.OpcUa.Services;

/// <summary>Removes items from a subscription (OPC 10000-4 §5.13.6).</summary>
public sealed record DeleteMonitoredItemsRequest : IUaRequest, IUaStructure<DeleteMonitoredItemsRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 781;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Numbers of the items.</summary>
    public uint[] MonitoredItemIds { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32Array(MonitoredItemIds);
    }

    /// <inheritdoc/>
    public static DeleteMonitoredItemsRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        MonitoredItemIds = decoder.ReadUInt32Array(),
    };
}

/// <summary>Answer to <see cref="DeleteMonitoredItemsRequest"/>.</summary>
public sealed record DeleteMonitoredItemsResponse : IUaResponse, IUaStructure<DeleteMonitoredItemsResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 784;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStatusCodeArray(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static DeleteMonitoredItemsResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStatusCodeArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Turns sampling and reporting of items on or off (OPC 10000-4 §5.13.4).</summary>
public sealed record SetMonitoringModeRequest : IUaRequest, IUaStructure<SetMonitoringModeRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 769;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Whether it is sampled and reported.</summary>
    public MonitoringMode MonitoringMode { get; init; }

    /// <summary>Numbers of the items.</summary>
    public uint[] MonitoredItemIds { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteInt32((int)MonitoringMode);
        encoder.WriteUInt32Array(MonitoredItemIds);
    }

    /// <inheritdoc/>
    public static SetMonitoringModeRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        MonitoringMode = (MonitoringMode)decoder.ReadInt32(),
        MonitoredItemIds = decoder.ReadUInt32Array(),
    };
}

/// <summary>Answer to <see cref="SetMonitoringModeRequest"/>.</summary>
public sealed record SetMonitoringModeResponse : IUaResponse, IUaStructure<SetMonitoringModeResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 772;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStatusCodeArray(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static SetMonitoringModeResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStatusCodeArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
