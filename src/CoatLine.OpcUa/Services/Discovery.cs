namespace CoatLine.OpcUa.Services;

/// <summary>Asks which servers a discovery endpoint knows (OPC 10000-4 §5.5.2).</summary>
public sealed record FindServersRequest : IUaRequest, IUaStructure<FindServersRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 422;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The URL the client used to reach the server.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Languages the client wants, best first.</summary>
    public string?[] LocaleIds { get; init; } = [];

    /// <summary>Servers the client asks for; empty for all.</summary>
    public string?[] ServerUris { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteString(EndpointUrl);
        encoder.WriteStringArray(LocaleIds);
        encoder.WriteStringArray(ServerUris);
    }

    /// <inheritdoc/>
    public static FindServersRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        EndpointUrl = decoder.ReadString(),
        LocaleIds = decoder.ReadStringArray(),
        ServerUris = decoder.ReadStringArray(),
    };
}

/// <summary>Answer to <see cref="FindServersRequest"/>.</summary>
public sealed record FindServersResponse : IUaResponse, IUaStructure<FindServersResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 425;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>The known servers.</summary>
    public ApplicationDescription[] Servers { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStructures(Servers);
    }

    /// <inheritdoc/>
    public static FindServersResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Servers = decoder.ReadStructures<ApplicationDescription>(),
    };
}

/// <summary>Asks a server for its endpoints (OPC 10000-4 §5.5.4).</summary>
public sealed record GetEndpointsRequest : IUaRequest, IUaStructure<GetEndpointsRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 428;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The URL the client used to reach the server.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Languages the client wants, best first.</summary>
    public string?[] LocaleIds { get; init; } = [];

    /// <summary>Transports the client can use; empty for all.</summary>
    public string?[] ProfileUris { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteString(EndpointUrl);
        encoder.WriteStringArray(LocaleIds);
        encoder.WriteStringArray(ProfileUris);
    }

    /// <inheritdoc/>
    public static GetEndpointsRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        EndpointUrl = decoder.ReadString(),
        LocaleIds = decoder.ReadStringArray(),
        ProfileUris = decoder.ReadStringArray(),
    };
}

/// <summary>Answer to <see cref="GetEndpointsRequest"/>.</summary>
public sealed record GetEndpointsResponse : IUaResponse, IUaStructure<GetEndpointsResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 431;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>The server's endpoints.</summary>
    public EndpointDescription[] Endpoints { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStructures(Endpoints);
    }

    /// <inheritdoc/>
    public static GetEndpointsResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Endpoints = decoder.ReadStructures<EndpointDescription>(),
    };
}
