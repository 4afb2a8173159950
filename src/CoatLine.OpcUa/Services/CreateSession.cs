namespace CoatLine.OpcUa.Services;

/// <summary>Reserved by the standard, always empty (OPC 10000-4 §7.37).</summary>
public sealed record SignedSoftwareCertificate : IUaStructure<SignedSoftwareCertificate>
{
    /// <inheritdoc/>
    public static uint EncodingId => 346;

    /// <summary>Octets of the certificate.</summary>
    public byte[]? CertificateData { get; init; }

    /// <summary>Its signature.</summary>
    public byte[]? Signature { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteByteString(CertificateData);
        encoder.WriteByteString(Signature);
    }

    /// <inheritdoc/>
    public static SignedSoftwareCertificate Decode(ref UaDecoder decoder) => new()
    {
        CertificateData = decoder.ReadByteString(),
        Signature = decoder.ReadByteString(),
    };
}

/// <summary>A signature with its algorithm (OPC 10000-4 §7.36).</summary>
public sealed record SignatureData : IUaStructure<SignatureData>
{
    /// <inheritdoc/>
    public static uint EncodingId => 458;

    /// <summary>URI of the algorithm; null with policy None.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The octets; null with policy None.</summary>
    public byte[]? Signature { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(Algorithm);
        encoder.WriteByteString(Signature);
    }

    /// <inheritdoc/>
    public static SignatureData Decode(ref UaDecoder decoder) => new()
    {
        Algorithm = decoder.ReadString(),
        Signature = decoder.ReadByteString(),
    };
}

/// <summary>Creates a session (OPC 10000-4 §5.7.2).</summary>
public sealed record CreateSessionRequest : IUaRequest, IUaStructure<CreateSessionRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 461;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The client.</summary>
    public ApplicationDescription ClientDescription { get; init; } = new();

    /// <summary>ApplicationUri of the server, only needed behind a gateway.</summary>
    public string? ServerUri { get; init; }

    /// <summary>The URL the client used to reach the server.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Name of the session for people.</summary>
    public string? SessionName { get; init; }

    /// <summary>Random octets of the client; null with policy None.</summary>
    public byte[]? ClientNonce { get; init; }

    /// <summary>DER of the client's certificate; null with policy None.</summary>
    public byte[]? ClientCertificate { get; init; }

    /// <summary>How long the session shall live without a request, ms.</summary>
    public double RequestedSessionTimeoutMs { get; init; }

    /// <summary>Largest response the client takes, octets; 0 for no limit.</summary>
    public uint MaxResponseMessageOctets { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        ClientDescription.Encode(encoder);
        encoder.WriteString(ServerUri);
        encoder.WriteString(EndpointUrl);
        encoder.WriteString(SessionName);
        encoder.WriteByteString(ClientNonce);
        encoder.WriteByteString(ClientCertificate);
        encoder.WriteDouble(RequestedSessionTimeoutMs);
        encoder.WriteUInt32(MaxResponseMessageOctets);
    }

    /// <inheritdoc/>
    public static CreateSessionRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        ClientDescription = ApplicationDescription.Decode(ref decoder),
        ServerUri = decoder.ReadString(),
        EndpointUrl = decoder.ReadString(),
        SessionName = decoder.ReadString(),
        ClientNonce = decoder.ReadByteString(),
        ClientCertificate = decoder.ReadByteString(),
        RequestedSessionTimeoutMs = decoder.ReadDouble(),
        MaxResponseMessageOctets = decoder.ReadUInt32(),
    };
}

/// <summary>Answer to <see cref="CreateSessionRequest"/>.</summary>
public sealed record CreateSessionResponse : IUaResponse, IUaStructure<CreateSessionResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 464;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>Public id of the session.</summary>
    public NodeId SessionId { get; init; }

    /// <summary>Secret id of the session; null outside a session.</summary>
    public NodeId AuthenticationToken { get; init; }

    /// <summary>How long the session lives without a request, ms, as the server decided.</summary>
    public double RevisedSessionTimeoutMs { get; init; }

    /// <summary>Random octets of the server; null for a channel with policy None.</summary>
    public byte[]? ServerNonce { get; init; }

    /// <summary>DER of the server's certificate; null with policy None.</summary>
    public byte[]? ServerCertificate { get; init; }

    /// <summary>The server's endpoints, to be compared with those of discovery.</summary>
    public EndpointDescription[] ServerEndpoints { get; init; } = [];

    /// <summary>Reserved by the standard, always empty.</summary>
    public SignedSoftwareCertificate[] ServerSoftwareCertificates { get; init; } = [];

    /// <summary>The server's signature over the client's certificate and nonce.</summary>
    public SignatureData ServerSignature { get; init; } = new();

    /// <summary>Largest request the server takes, octets; 0 for no limit.</summary>
    public uint MaxRequestMessageOctets { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteNodeId(SessionId);
        encoder.WriteNodeId(AuthenticationToken);
        encoder.WriteDouble(RevisedSessionTimeoutMs);
        encoder.WriteByteString(ServerNonce);
        encoder.WriteByteString(ServerCertificate);
        encoder.WriteStructures(ServerEndpoints);
        encoder.WriteStructures(ServerSoftwareCertificates);
        ServerSignature.Encode(encoder);
        encoder.WriteUInt32(MaxRequestMessageOctets);
    }

    /// <inheritdoc/>
    public static CreateSessionResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        SessionId = decoder.ReadNodeId(),
        AuthenticationToken = decoder.ReadNodeId(),
        RevisedSessionTimeoutMs = decoder.ReadDouble(),
        ServerNonce = decoder.ReadByteString(),
        ServerCertificate = decoder.ReadByteString(),
        ServerEndpoints = decoder.ReadStructures<EndpointDescription>(),
        ServerSoftwareCertificates = decoder.ReadStructures<SignedSoftwareCertificate>(),
        ServerSignature = SignatureData.Decode(ref decoder),
        MaxRequestMessageOctets = decoder.ReadUInt32(),
    };
}
