namespace CoatLine.OpcUa.Services;

/// <summary>Announces nodes that will be used often (OPC 10000-4 §5.9.5).</summary>
public sealed record RegisterNodesRequest : IUaRequest, IUaStructure<RegisterNodesRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 560;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The nodes.</summary>
    public NodeId[] NodesToRegister { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteNodeIdArray(NodesToRegister);
    }

    /// <inheritdoc/>
    public static RegisterNodesRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        NodesToRegister = decoder.ReadNodeIdArray(),
    };
}

/// <summary>Answer to <see cref="RegisterNodesRequest"/>.</summary>
public sealed record RegisterNodesResponse : IUaResponse, IUaStructure<RegisterNodesResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 563;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>Ids to use instead, in order.</summary>
    public NodeId[] RegisteredNodeIds { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteNodeIdArray(RegisteredNodeIds);
    }

    /// <inheritdoc/>
    public static RegisterNodesResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        RegisteredNodeIds = decoder.ReadNodeIdArray(),
    };
}

/// <summary>Takes an announcement back (OPC 10000-4 §5.9.6).</summary>
public sealed record UnregisterNodesRequest : IUaRequest, IUaStructure<UnregisterNodesRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 566;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The ids that were given.</summary>
    public NodeId[] NodesToUnregister { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteNodeIdArray(NodesToUnregister);
    }

    /// <inheritdoc/>
    public static UnregisterNodesRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        NodesToUnregister = decoder.ReadNodeIdArray(),
    };
}

/// <summary>Answer to <see cref="UnregisterNodesRequest"/>.</summary>
public sealed record UnregisterNodesResponse : IUaResponse, IUaStructure<UnregisterNodesResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 569;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
    }

    /// <inheritdoc/>
    public static UnregisterNodesResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
    };
}
