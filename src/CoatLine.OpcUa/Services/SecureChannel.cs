namespace CoatLine.OpcUa.Services;

/// <summary>The token that secures a channel for a time (OPC 10000-4 §5.6.2).</summary>
public sealed record ChannelSecurityToken : IUaStructure<ChannelSecurityToken>
{
    /// <inheritdoc/>
    public static uint EncodingId => 443;

    /// <summary>Number of the channel, given by the server.</summary>
    public uint ChannelId { get; init; }

    /// <summary>Number of the token, given by the server.</summary>
    public uint TokenId { get; init; }

    /// <summary>When the server made it, UTC.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>How long it holds, ms, as the server decided.</summary>
    public uint RevisedLifetimeMs { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(ChannelId);
        encoder.WriteUInt32(TokenId);
        encoder.WriteDateTime(CreatedAt);
        encoder.WriteUInt32(RevisedLifetimeMs);
    }

    /// <inheritdoc/>
    public static ChannelSecurityToken Decode(ref UaDecoder decoder) => new()
    {
        ChannelId = decoder.ReadUInt32(),
        TokenId = decoder.ReadUInt32(),
        CreatedAt = decoder.ReadNullableDateTime(),
        RevisedLifetimeMs = decoder.ReadUInt32(),
    };
}

/// <summary>Opens a channel or renews its token (OPC 10000-4 §5.6.2).</summary>
public sealed record OpenSecureChannelRequest : IUaRequest, IUaStructure<OpenSecureChannelRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 446;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Version of the protocol; 0 today.</summary>
    public uint ClientProtocolVersion { get; init; }

    /// <summary>Whether this opens the channel or renews its token.</summary>
    public SecurityTokenRequestType RequestType { get; init; }

    /// <summary>Whether messages are signed and encrypted.</summary>
    public MessageSecurityMode SecurityMode { get; init; }

    /// <summary>Random octets of the client; null with policy None.</summary>
    public byte[]? ClientNonce { get; init; }

    /// <summary>How long the token shall hold, ms.</summary>
    public uint RequestedLifetimeMs { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(ClientProtocolVersion);
        encoder.WriteInt32((int)RequestType);
        encoder.WriteInt32((int)SecurityMode);
        encoder.WriteByteString(ClientNonce);
        encoder.WriteUInt32(RequestedLifetimeMs);
    }

    /// <inheritdoc/>
    public static OpenSecureChannelRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        ClientProtocolVersion = decoder.ReadUInt32(),
        RequestType = (SecurityTokenRequestType)decoder.ReadInt32(),
        SecurityMode = (MessageSecurityMode)decoder.ReadInt32(),
        ClientNonce = decoder.ReadByteString(),
        RequestedLifetimeMs = decoder.ReadUInt32(),
    };
}

/// <summary>Answer to <see cref="OpenSecureChannelRequest"/>.</summary>
public sealed record OpenSecureChannelResponse : IUaResponse, IUaStructure<OpenSecureChannelResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 449;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>Version of the protocol; 0 today.</summary>
    public uint ServerProtocolVersion { get; init; }

    /// <summary>The token to use from now on.</summary>
    public ChannelSecurityToken SecurityToken { get; init; } = new();

    /// <summary>Random octets of the server; null for a channel with policy None.</summary>
    public byte[]? ServerNonce { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteUInt32(ServerProtocolVersion);
        SecurityToken.Encode(encoder);
        encoder.WriteByteString(ServerNonce);
    }

    /// <inheritdoc/>
    public static OpenSecureChannelResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        ServerProtocolVersion = decoder.ReadUInt32(),
        SecurityToken = ChannelSecurityToken.Decode(ref decoder),
        ServerNonce = decoder.ReadByteString(),
    };
}

/// <summary>Ends a channel; the server closes the socket without an answer (OPC 10000-4 §5.6.3).</summary>
public sealed record CloseSecureChannelRequest : IUaRequest, IUaStructure<CloseSecureChannelRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 452;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
    }

    /// <inheritdoc/>
    public static CloseSecureChannelRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
    };
}

/// <summary>Defined by the standard but never sent over TCP (OPC 10000-6 §7.1.4).</summary>
public sealed record CloseSecureChannelResponse : IUaResponse, IUaStructure<CloseSecureChannelResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 455;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
    }

    /// <inheritdoc/>
    public static CloseSecureChannelResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
    };
}
