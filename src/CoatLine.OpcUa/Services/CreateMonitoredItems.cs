namespace CoatLine.OpcUa.Services;

/// <summary>Adds items to a subscription (OPC 10000-4 §5.13.2).</summary>
public sealed record CreateMonitoredItemsRequest : IUaRequest, IUaStructure<CreateMonitoredItemsRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 751;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Which times are wanted.</summary>
    public TimestampsToReturn TimestampsToReturn { get; init; }

    /// <summary>The items.</summary>
    public MonitoredItemCreateRequest[] ItemsToCreate { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteInt32((int)TimestampsToReturn);
        encoder.WriteStructures(ItemsToCreate);
    }

    /// <inheritdoc/>
    public static CreateMonitoredItemsRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        TimestampsToReturn = (TimestampsToReturn)decoder.ReadInt32(),
        ItemsToCreate = decoder.ReadStructures<MonitoredItemCreateRequest>(),
    };
}

/// <summary>Answer to <see cref="CreateMonitoredItemsRequest"/>.</summary>
public sealed record CreateMonitoredItemsResponse : IUaResponse, IUaStructure<CreateMonitoredItemsResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 754;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public MonitoredItemCreateResult[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStructures(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static CreateMonitoredItemsResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<MonitoredItemCreateResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Changes items of a subscription (OPC 10000-4 §5.13.3).</summary>
public sealed record ModifyMonitoredItemsRequest : IUaRequest, IUaStructure<ModifyMonitoredItemsRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 763;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Which times are wanted.</summary>
    public TimestampsToReturn TimestampsToReturn { get; init; }

    /// <summary>The items.</summary>
    public MonitoredItemModifyRequest[] ItemsToModify { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteInt32((int)TimestampsToReturn);
        encoder.WriteStructures(ItemsToModify);
    }

    /// <inheritdoc/>
    public static ModifyMonitoredItemsRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        TimestampsToReturn = (TimestampsToReturn)decoder.ReadInt32(),
        ItemsToModify = decoder.ReadStructures<MonitoredItemModifyRequest>(),
    };
}

/// <summary>Answer to <see cref="ModifyMonitoredItemsRequest"/>.</summary>
public sealed record ModifyMonitoredItemsResponse : IUaResponse, IUaStructure<ModifyMonitoredItemsResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 766;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public MonitoredItemModifyResult[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStructures(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static ModifyMonitoredItemsResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<MonitoredItemModifyResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
