namespace CoatLine.OpcUa.Services;

/// <summary>One step of a path (OPC 10000-4 §7.31).</summary>
public sealed record RelativePathElement : IUaStructure<RelativePathElement>
{
    /// <inheritdoc/>
    public static uint EncodingId => 539;

    /// <summary>Type of reference; null for any.</summary>
    public NodeId ReferenceTypeId { get; init; }

    /// <summary>True to follow the reference backwards.</summary>
    public bool IsInverse { get; init; }

    /// <summary>True to follow subtypes of that type too.</summary>
    public bool IncludeSubtypes { get; init; }

    /// <summary>BrowseName of the next node.</summary>
    public QualifiedName TargetName { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(ReferenceTypeId);
        encoder.WriteBoolean(IsInverse);
        encoder.WriteBoolean(IncludeSubtypes);
        encoder.WriteQualifiedName(TargetName);
    }

    /// <inheritdoc/>
    public static RelativePathElement Decode(ref UaDecoder decoder) => new()
    {
        ReferenceTypeId = decoder.ReadNodeId(),
        IsInverse = decoder.ReadBoolean(),
        IncludeSubtypes = decoder.ReadBoolean(),
        TargetName = decoder.ReadQualifiedName(),
    };
}

/// <summary>Steps from one node to another (OPC 10000-4 §7.31).</summary>
public sealed record RelativePath : IUaStructure<RelativePath>
{
    /// <inheritdoc/>
    public static uint EncodingId => 542;

    /// <summary>The steps.</summary>
    public RelativePathElement[] Elements { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStructures(Elements);
    }

    /// <inheritdoc/>
    public static RelativePath Decode(ref UaDecoder decoder) => new()
    {
        Elements = decoder.ReadStructures<RelativePathElement>(),
    };
}

/// <summary>A path with the node it starts at (OPC 10000-4 §5.9.4).</summary>
public sealed record BrowsePath : IUaStructure<BrowsePath>
{
    /// <inheritdoc/>
    public static uint EncodingId => 545;

    /// <summary>A path of names along hierarchical references and their subtypes.</summary>
    public static BrowsePath Of(NodeId startingNode, params ReadOnlySpan<QualifiedName> names)
    {
        var elements = new RelativePathElement[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            elements[i] = new RelativePathElement
            {
                ReferenceTypeId = ReferenceTypeIds.HierarchicalReferences,
                IncludeSubtypes = true,
                TargetName = names[i],
            };
        }

        return new() { StartingNode = startingNode, RelativePath = new RelativePath { Elements = elements } };
    }

    /// <summary>Where the path starts.</summary>
    public NodeId StartingNode { get; init; }

    /// <summary>The steps.</summary>
    public RelativePath RelativePath { get; init; } = new();

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(StartingNode);
        RelativePath.Encode(encoder);
    }

    /// <inheritdoc/>
    public static BrowsePath Decode(ref UaDecoder decoder) => new()
    {
        StartingNode = decoder.ReadNodeId(),
        RelativePath = RelativePath.Decode(ref decoder),
    };
}

/// <summary>A node that a path leads to (OPC 10000-4 §5.9.4).</summary>
public sealed record BrowsePathTarget : IUaStructure<BrowsePathTarget>
{
    /// <inheritdoc/>
    public static uint EncodingId => 548;

    /// <summary>The node found.</summary>
    public ExpandedNodeId TargetId { get; init; }

    /// <summary>First step not followed, for a node in another server; 4294967295 when all were.</summary>
    public uint RemainingPathIndex { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteExpandedNodeId(TargetId);
        encoder.WriteUInt32(RemainingPathIndex);
    }

    /// <inheritdoc/>
    public static BrowsePathTarget Decode(ref UaDecoder decoder) => new()
    {
        TargetId = decoder.ReadExpandedNodeId(),
        RemainingPathIndex = decoder.ReadUInt32(),
    };
}

/// <summary>Where one path leads (OPC 10000-4 §5.9.4).</summary>
public sealed record BrowsePathResult : IUaStructure<BrowsePathResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 551;

    /// <summary>Outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>The nodes found.</summary>
    public BrowsePathTarget[] Targets { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteStructures(Targets);
    }

    /// <inheritdoc/>
    public static BrowsePathResult Decode(ref UaDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        Targets = decoder.ReadStructures<BrowsePathTarget>(),
    };
}

/// <summary>Asks where paths lead (OPC 10000-4 §5.9.4).</summary>
public sealed record TranslateBrowsePathsToNodeIdsRequest
    : IUaRequest, IUaStructure<TranslateBrowsePathsToNodeIdsRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 554;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>The paths.</summary>
    public BrowsePath[] BrowsePaths { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteStructures(BrowsePaths);
    }

    /// <inheritdoc/>
    public static TranslateBrowsePathsToNodeIdsRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        BrowsePaths = decoder.ReadStructures<BrowsePath>(),
    };
}

/// <summary>Answer to <see cref="TranslateBrowsePathsToNodeIdsRequest"/>.</summary>
public sealed record TranslateBrowsePathsToNodeIdsResponse
    : IUaResponse, IUaStructure<TranslateBrowsePathsToNodeIdsResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 557;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public BrowsePathResult[] Results { get; init; } = [];

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
    public static TranslateBrowsePathsToNodeIdsResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<BrowsePathResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
