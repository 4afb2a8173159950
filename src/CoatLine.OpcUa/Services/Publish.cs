namespace CoatLine.OpcUa.Services;

/// <summary>Says that a message has arrived and need not be kept (OPC 10000-4 §5.14.5).</summary>
public sealed record SubscriptionAcknowledgement : IUaStructure<SubscriptionAcknowledgement>
{
    /// <inheritdoc/>
    public static uint EncodingId => 823;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Number of the message, 1..4294967295, then 1 again.</summary>
    public uint SequenceNumber { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32(SequenceNumber);
    }

    /// <inheritdoc/>
    public static SubscriptionAcknowledgement Decode(ref UaDecoder decoder) => new()
    {
        SubscriptionId = decoder.ReadUInt32(),
        SequenceNumber = decoder.ReadUInt32(),
    };
}

/// <summary>What a subscription sends in one go (OPC 10000-4 §7.26).</summary>
public sealed record NotificationMessage : IUaStructure<NotificationMessage>
{
    /// <inheritdoc/>
    public static uint EncodingId => 805;

    /// <summary>Number of the message, 1..4294967295, then 1 again.</summary>
    public uint SequenceNumber { get; init; }

    /// <summary>When the server made the message, UTC.</summary>
    public DateTime? PublishTime { get; init; }

    /// <summary>Data changes, events and status changes; empty for a keep-alive.</summary>
    public ExtensionObject[] NotificationData { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(SequenceNumber);
        encoder.WriteDateTime(PublishTime);
        encoder.WriteExtensionObjectArray(NotificationData);
    }

    /// <inheritdoc/>
    public static NotificationMessage Decode(ref UaDecoder decoder) => new()
    {
        SequenceNumber = decoder.ReadUInt32(),
        PublishTime = decoder.ReadNullableDateTime(),
        NotificationData = decoder.ReadExtensionObjectArray(),
    };
}

/// <summary>Waits for the next message of any subscription (OPC 10000-4 §5.14.5).</summary>
public sealed record PublishRequest : IUaRequest, IUaStructure<PublishRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 826;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Messages that have arrived.</summary>
    public SubscriptionAcknowledgement[] SubscriptionAcknowledgements { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteStructures(SubscriptionAcknowledgements);
    }

    /// <inheritdoc/>
    public static PublishRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionAcknowledgements = decoder.ReadStructures<SubscriptionAcknowledgement>(),
    };
}

/// <summary>Answer to <see cref="PublishRequest"/>.</summary>
public sealed record PublishResponse : IUaResponse, IUaStructure<PublishResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 829;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Messages that can still be asked for.</summary>
    public uint[] AvailableSequenceNumbers { get; init; } = [];

    /// <summary>True when the rest did not fit and follows at once.</summary>
    public bool MoreNotifications { get; init; }

    /// <summary>The message.</summary>
    public NotificationMessage NotificationMessage { get; init; } = new();

    /// <summary>One result per requested item, in order.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32Array(AvailableSequenceNumbers);
        encoder.WriteBoolean(MoreNotifications);
        NotificationMessage.Encode(encoder);
        encoder.WriteStatusCodeArray(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static PublishResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        AvailableSequenceNumbers = decoder.ReadUInt32Array(),
        MoreNotifications = decoder.ReadBoolean(),
        NotificationMessage = NotificationMessage.Decode(ref decoder),
        Results = decoder.ReadStatusCodeArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Asks for a message again (OPC 10000-4 §5.14.6).</summary>
public sealed record RepublishRequest : IUaRequest, IUaStructure<RepublishRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 832;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Number of the message wanted.</summary>
    public uint RetransmitSequenceNumber { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32(RetransmitSequenceNumber);
    }

    /// <inheritdoc/>
    public static RepublishRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        RetransmitSequenceNumber = decoder.ReadUInt32(),
    };
}

/// <summary>Answer to <see cref="RepublishRequest"/>.</summary>
public sealed record RepublishResponse : IUaResponse, IUaStructure<RepublishResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 835;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>The message.</summary>
    public NotificationMessage NotificationMessage { get; init; } = new();

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        NotificationMessage.Encode(encoder);
    }

    /// <inheritdoc/>
    public static RepublishResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        NotificationMessage = NotificationMessage.Decode(ref decoder),
    };
}
