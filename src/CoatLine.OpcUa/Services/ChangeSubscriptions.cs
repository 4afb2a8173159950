namespace CoatLine.OpcUa.Services;

/// <summary>Deletes subscriptions (OPC 10000-4 §5.14.8).</summary>
public sealed record DeleteSubscriptionsRequest : IUaRequest, IUaStructure<DeleteSubscriptionsRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 847;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Numbers of the subscriptions.</summary>
    public uint[] SubscriptionIds { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32Array(SubscriptionIds);
    }

    /// <inheritdoc/>
    public static DeleteSubscriptionsRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionIds = decoder.ReadUInt32Array(),
    };
}

/// <summary>Answer to <see cref="DeleteSubscriptionsRequest"/>.</summary>
public sealed record DeleteSubscriptionsResponse : IUaResponse, IUaStructure<DeleteSubscriptionsResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 850;

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
    public static DeleteSubscriptionsResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStatusCodeArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Turns sending of notifications on or off (OPC 10000-4 §5.14.4).</summary>
public sealed record SetPublishingModeRequest : IUaRequest, IUaStructure<SetPublishingModeRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 799;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>True to send notifications.</summary>
    public bool PublishingEnabled { get; init; }

    /// <summary>Numbers of the subscriptions.</summary>
    public uint[] SubscriptionIds { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteBoolean(PublishingEnabled);
        encoder.WriteUInt32Array(SubscriptionIds);
    }

    /// <inheritdoc/>
    public static SetPublishingModeRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        PublishingEnabled = decoder.ReadBoolean(),
        SubscriptionIds = decoder.ReadUInt32Array(),
    };
}

/// <summary>Answer to <see cref="SetPublishingModeRequest"/>.</summary>
public sealed record SetPublishingModeResponse : IUaResponse, IUaStructure<SetPublishingModeResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 802;

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
    public static SetPublishingModeResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStatusCodeArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Outcome of one transfer (OPC 10000-4 §5.14.7).</summary>
public sealed record TransferResult : IUaStructure<TransferResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 838;

    /// <summary>Outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Messages that can still be asked for.</summary>
    public uint[] AvailableSequenceNumbers { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteUInt32Array(AvailableSequenceNumbers);
    }

    /// <inheritdoc/>
    public static TransferResult Decode(ref UaDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        AvailableSequenceNumbers = decoder.ReadUInt32Array(),
    };
}

/// <summary>Takes subscriptions over from another session (OPC 10000-4 §5.14.7).</summary>
public sealed record TransferSubscriptionsRequest : IUaRequest, IUaStructure<TransferSubscriptionsRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 841;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Numbers of the subscriptions.</summary>
    public uint[] SubscriptionIds { get; init; } = [];

    /// <summary>True to send the present value of every item after the transfer.</summary>
    public bool SendInitialValues { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32Array(SubscriptionIds);
        encoder.WriteBoolean(SendInitialValues);
    }

    /// <inheritdoc/>
    public static TransferSubscriptionsRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionIds = decoder.ReadUInt32Array(),
        SendInitialValues = decoder.ReadBoolean(),
    };
}

/// <summary>Answer to <see cref="TransferSubscriptionsRequest"/>.</summary>
public sealed record TransferSubscriptionsResponse : IUaResponse, IUaStructure<TransferSubscriptionsResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 844;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public TransferResult[] Results { get; init; } = [];

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
    public static TransferSubscriptionsResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<TransferResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
