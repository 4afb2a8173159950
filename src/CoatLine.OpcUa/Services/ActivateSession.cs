namespace CoatLine.OpcUa.Services;

/// <summary>Gives a session its user, or moves it to a new channel (OPC 10000-4 §5.7.3).</summary>
public sealed record ActivateSessionRequest : IUaRequest, IUaStructure<ActivateSessionRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 467;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The client's signature over the server's certificate and nonce.</summary>
    public SignatureData ClientSignature { get; init; } = new();

    /// <summary>Reserved by the standard, always empty.</summary>
    public SignedSoftwareCertificate[] ClientSoftwareCertificates { get; init; } = [];

    /// <summary>Languages the client wants, best first.</summary>
    public string?[] LocaleIds { get; init; } = [];

    /// <summary>Who the user is: one of the identity tokens.</summary>
    public ExtensionObject UserIdentityToken { get; init; } = ExtensionObject.Null;

    /// <summary>Signature made with the user's key; empty without one.</summary>
    public SignatureData UserTokenSignature { get; init; } = new();

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        ClientSignature.Encode(encoder);
        encoder.WriteStructures(ClientSoftwareCertificates);
        encoder.WriteStringArray(LocaleIds);
        encoder.WriteExtensionObject(UserIdentityToken);
        UserTokenSignature.Encode(encoder);
    }

    /// <inheritdoc/>
    public static ActivateSessionRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        ClientSignature = SignatureData.Decode(ref decoder),
        ClientSoftwareCertificates = decoder.ReadStructures<SignedSoftwareCertificate>(),
        LocaleIds = decoder.ReadStringArray(),
        UserIdentityToken = decoder.ReadExtensionObject(),
        UserTokenSignature = SignatureData.Decode(ref decoder),
    };
}

/// <summary>Answer to <see cref="ActivateSessionRequest"/>.</summary>
public sealed record ActivateSessionResponse : IUaResponse, IUaStructure<ActivateSessionResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 470;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>Random octets of the server; null for a channel with policy None.</summary>
    public byte[]? ServerNonce { get; init; }

    /// <summary>One result per requested item, in order.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteByteString(ServerNonce);
        encoder.WriteStatusCodeArray(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static ActivateSessionResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        ServerNonce = decoder.ReadByteString(),
        Results = decoder.ReadStatusCodeArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Ends a session (OPC 10000-4 §5.7.4).</summary>
public sealed record CloseSessionRequest : IUaRequest, IUaStructure<CloseSessionRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 473;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>True to delete the session's subscriptions with it.</summary>
    public bool DeleteSubscriptions { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteBoolean(DeleteSubscriptions);
    }

    /// <inheritdoc/>
    public static CloseSessionRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        DeleteSubscriptions = decoder.ReadBoolean(),
    };
}

/// <summary>Answer to <see cref="CloseSessionRequest"/>.</summary>
public sealed record CloseSessionResponse : IUaResponse, IUaStructure<CloseSessionResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 476;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
    }

    /// <inheritdoc/>
    public static CloseSessionResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
    };
}

/// <summary>Asks to give up outstanding requests (OPC 10000-4 §5.7.5).</summary>
public sealed record CancelRequest : IUaRequest, IUaStructure<CancelRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 479;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Number chosen by the client, repeated in the response.</summary>
    public uint RequestHandle { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteUInt32(RequestHandle);
    }

    /// <inheritdoc/>
    public static CancelRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        RequestHandle = decoder.ReadUInt32(),
    };
}

/// <summary>Answer to <see cref="CancelRequest"/>.</summary>
public sealed record CancelResponse : IUaResponse, IUaStructure<CancelResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 482;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>How many requests were given up.</summary>
    public uint CancelCount { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteUInt32(CancelCount);
    }

    /// <inheritdoc/>
    public static CancelResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        CancelCount = decoder.ReadUInt32(),
    };
}
