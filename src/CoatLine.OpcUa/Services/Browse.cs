namespace CoatLine.OpcUa.Services;

/// <summary>A part of the address space (OPC 10000-4 §7.45); by default all of it.</summary>
public sealed record ViewDescription : IUaStructure<ViewDescription>
{
    /// <inheritdoc/>
    public static uint EncodingId => 513;

    /// <summary>The view; null for the whole address space.</summary>
    public NodeId ViewId { get; init; }

    /// <summary>Time of the version, UTC; null for the newest.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>Version of the view; 0 for the newest.</summary>
    public uint ViewVersion { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(ViewId);
        encoder.WriteDateTime(Timestamp);
        encoder.WriteUInt32(ViewVersion);
    }

    /// <inheritdoc/>
    public static ViewDescription Decode(ref UaDecoder decoder) => new()
    {
        ViewId = decoder.ReadNodeId(),
        Timestamp = decoder.ReadNullableDateTime(),
        ViewVersion = decoder.ReadUInt32(),
    };
}

/// <summary>Which references of a node to follow (OPC 10000-4 §5.9.2).</summary>
public sealed record BrowseDescription : IUaStructure<BrowseDescription>
{
    /// <inheritdoc/>
    public static uint EncodingId => 516;

    /// <summary>The node.</summary>
    public NodeId NodeId { get; init; }

    /// <summary>Forward, inverse or both.</summary>
    public BrowseDirection BrowseDirection { get; init; }

    /// <summary>Type of reference; null for any.</summary>
    public NodeId ReferenceTypeId { get; init; }

    /// <summary>True to follow subtypes of that type too.</summary>
    public bool IncludeSubtypes { get; init; }

    /// <summary>Kinds of target wanted; 0 for all.</summary>
    public NodeClass NodeClassMask { get; init; }

    /// <summary>Which fields of the result are wanted.</summary>
    public BrowseResultMask ResultMask { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(NodeId);
        encoder.WriteInt32((int)BrowseDirection);
        encoder.WriteNodeId(ReferenceTypeId);
        encoder.WriteBoolean(IncludeSubtypes);
        encoder.WriteUInt32((uint)NodeClassMask);
        encoder.WriteUInt32((uint)ResultMask);
    }

    /// <inheritdoc/>
    public static BrowseDescription Decode(ref UaDecoder decoder) => new()
    {
        NodeId = decoder.ReadNodeId(),
        BrowseDirection = (BrowseDirection)decoder.ReadInt32(),
        ReferenceTypeId = decoder.ReadNodeId(),
        IncludeSubtypes = decoder.ReadBoolean(),
        NodeClassMask = (NodeClass)decoder.ReadUInt32(),
        ResultMask = (BrowseResultMask)decoder.ReadUInt32(),
    };
}

/// <summary>Asks for references of nodes (OPC 10000-4 §5.9.2).</summary>
public sealed record BrowseRequest : IUaRequest, IUaStructure<BrowseRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 527;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The part of the address space to look at.</summary>
    public ViewDescription View { get; init; } = new();

    /// <summary>Most references per node in one answer; 0 for no limit.</summary>
    public uint RequestedMaxReferencesPerNode { get; init; }

    /// <summary>Where to look.</summary>
    public BrowseDescription[] NodesToBrowse { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        View.Encode(encoder);
        encoder.WriteUInt32(RequestedMaxReferencesPerNode);
        encoder.WriteStructures(NodesToBrowse);
    }

    /// <inheritdoc/>
    public static BrowseRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        View = ViewDescription.Decode(ref decoder),
        RequestedMaxReferencesPerNode = decoder.ReadUInt32(),
        NodesToBrowse = decoder.ReadStructures<BrowseDescription>(),
    };
}

/// <summary>Answer to <see cref="BrowseRequest"/>.</summary>
public sealed record BrowseResponse : IUaResponse, IUaStructure<BrowseResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 530;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public BrowseResult[] Results { get; init; } = [];

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
    public static BrowseResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<BrowseResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}

/// <summary>Asks for more references, or frees what the server keeps for it (OPC 10000-4 §5.9.3).</summary>
public sealed record BrowseNextRequest : IUaRequest, IUaStructure<BrowseNextRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 533;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>True only to free the points.</summary>
    public bool ReleaseContinuationPoints { get; init; }

    /// <summary>Points from earlier answers.</summary>
    public byte[]?[] ContinuationPoints { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteBoolean(ReleaseContinuationPoints);
        encoder.WriteByteStringArray(ContinuationPoints);
    }

    /// <inheritdoc/>
    public static BrowseNextRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        ReleaseContinuationPoints = decoder.ReadBoolean(),
        ContinuationPoints = decoder.ReadByteStringArray(),
    };
}

/// <summary>Answer to <see cref="BrowseNextRequest"/>.</summary>
public sealed record BrowseNextResponse : IUaResponse, IUaStructure<BrowseNextResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 536;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public BrowseResult[] Results { get; init; } = [];

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
    public static BrowseNextResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<BrowseResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
