namespace CoatLine.OpcUa.Services;

/// <summary>Creates a subscription (OPC 10000-4 §5.14.2).</summary>
public sealed record CreateSubscriptionRequest : IUaRequest, IUaStructure<CreateSubscriptionRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 787;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>How often to send, ms; 0 as fast as possible.</summary>
    public double RequestedPublishingIntervalMs { get; init; }

    /// <summary>After how many intervals without Publish request it ends; at least 3 × keep-alive.</summary>
    public uint RequestedLifetimeCount { get; init; }

    /// <summary>After how many quiet intervals an empty message is sent.</summary>
    public uint RequestedMaxKeepAliveCount { get; init; }

    /// <summary>Most notifications in one message; 0 for no limit.</summary>
    public uint MaxNotificationsPerPublish { get; init; }

    /// <summary>True to send notifications.</summary>
    public bool PublishingEnabled { get; init; }

    /// <summary>Higher goes first among the session's subscriptions.</summary>
    public byte Priority { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteDouble(RequestedPublishingIntervalMs);
        encoder.WriteUInt32(RequestedLifetimeCount);
        encoder.WriteUInt32(RequestedMaxKeepAliveCount);
        encoder.WriteUInt32(MaxNotificationsPerPublish);
        encoder.WriteBoolean(PublishingEnabled);
        encoder.WriteByte(Priority);
    }

    /// <inheritdoc/>
    public static CreateSubscriptionRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        RequestedPublishingIntervalMs = decoder.ReadDouble(),
        RequestedLifetimeCount = decoder.ReadUInt32(),
        RequestedMaxKeepAliveCount = decoder.ReadUInt32(),
        MaxNotificationsPerPublish = decoder.ReadUInt32(),
        PublishingEnabled = decoder.ReadBoolean(),
        Priority = decoder.ReadByte(),
    };
}

/// <summary>Answer to <see cref="CreateSubscriptionRequest"/>.</summary>
public sealed record CreateSubscriptionResponse : IUaResponse, IUaStructure<CreateSubscriptionResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 790;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>How often the server sends, ms.</summary>
    public double RevisedPublishingIntervalMs { get; init; }

    /// <summary>The server's lifetime, intervals.</summary>
    public uint RevisedLifetimeCount { get; init; }

    /// <summary>The server's keep-alive, intervals.</summary>
    public uint RevisedMaxKeepAliveCount { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteDouble(RevisedPublishingIntervalMs);
        encoder.WriteUInt32(RevisedLifetimeCount);
        encoder.WriteUInt32(RevisedMaxKeepAliveCount);
    }

    /// <inheritdoc/>
    public static CreateSubscriptionResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        RevisedPublishingIntervalMs = decoder.ReadDouble(),
        RevisedLifetimeCount = decoder.ReadUInt32(),
        RevisedMaxKeepAliveCount = decoder.ReadUInt32(),
    };
}

/// <summary>Changes a subscription (OPC 10000-4 §5.14.3).</summary>
public sealed record ModifySubscriptionRequest : IUaRequest, IUaStructure<ModifySubscriptionRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 793;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Number of the subscription, given by the server.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>How often to send, ms; 0 as fast as possible.</summary>
    public double RequestedPublishingIntervalMs { get; init; }

    /// <summary>After how many intervals without Publish request it ends; at least 3 × keep-alive.</summary>
    public uint RequestedLifetimeCount { get; init; }

    /// <summary>After how many quiet intervals an empty message is sent.</summary>
    public uint RequestedMaxKeepAliveCount { get; init; }

    /// <summary>Most notifications in one message; 0 for no limit.</summary>
    public uint MaxNotificationsPerPublish { get; init; }

    /// <summary>Higher goes first among the session's subscriptions.</summary>
    public byte Priority { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteDouble(RequestedPublishingIntervalMs);
        encoder.WriteUInt32(RequestedLifetimeCount);
        encoder.WriteUInt32(RequestedMaxKeepAliveCount);
        encoder.WriteUInt32(MaxNotificationsPerPublish);
        encoder.WriteByte(Priority);
    }

    /// <inheritdoc/>
    public static ModifySubscriptionRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        RequestedPublishingIntervalMs = decoder.ReadDouble(),
        RequestedLifetimeCount = decoder.ReadUInt32(),
        RequestedMaxKeepAliveCount = decoder.ReadUInt32(),
        MaxNotificationsPerPublish = decoder.ReadUInt32(),
        Priority = decoder.ReadByte(),
    };
}

/// <summary>Answer to <see cref="ModifySubscriptionRequest"/>.</summary>
public sealed record ModifySubscriptionResponse : IUaResponse, IUaStructure<ModifySubscriptionResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 796;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>How often the server sends, ms.</summary>
    public double RevisedPublishingIntervalMs { get; init; }

    /// <summary>The server's lifetime, intervals.</summary>
    public uint RevisedLifetimeCount { get; init; }

    /// <summary>The server's keep-alive, intervals.</summary>
    public uint RevisedMaxKeepAliveCount { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteDouble(RevisedPublishingIntervalMs);
        encoder.WriteUInt32(RevisedLifetimeCount);
        encoder.WriteUInt32(RevisedMaxKeepAliveCount);
    }

    /// <inheritdoc/>
    public static ModifySubscriptionResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        RevisedPublishingIntervalMs = decoder.ReadDouble(),
        RevisedLifetimeCount = decoder.ReadUInt32(),
        RevisedMaxKeepAliveCount = decoder.ReadUInt32(),
    };
}
