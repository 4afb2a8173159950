namespace CoatLine.OpcUa.Services;

/// <summary>A reference with what is known of its target (OPC 10000-4 §7.30).</summary>
public sealed record ReferenceDescription : IUaStructure<ReferenceDescription>
{
    /// <inheritdoc/>
    public static uint EncodingId => 520;

    /// <summary>Type of the reference.</summary>
    public NodeId ReferenceTypeId { get; init; }

    /// <summary>True when the node is the source of the reference.</summary>
    public bool IsForward { get; init; }

    /// <summary>The target.</summary>
    public ExpandedNodeId NodeId { get; init; }

    /// <summary>The target's name in browse paths.</summary>
    public QualifiedName BrowseName { get; init; }

    /// <summary>The target's name for people.</summary>
    public LocalizedText DisplayName { get; init; }

    /// <summary>Kind of the target.</summary>
    public NodeClass NodeClass { get; init; }

    /// <summary>Type of an object or variable.</summary>
    public ExpandedNodeId TypeDefinition { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(ReferenceTypeId);
        encoder.WriteBoolean(IsForward);
        encoder.WriteExpandedNodeId(NodeId);
        encoder.WriteQualifiedName(BrowseName);
        encoder.WriteLocalizedText(DisplayName);
        encoder.WriteInt32((int)NodeClass);
        encoder.WriteExpandedNodeId(TypeDefinition);
    }

    /// <inheritdoc/>
    public static ReferenceDescription Decode(ref UaDecoder decoder) => new()
    {
        ReferenceTypeId = decoder.ReadNodeId(),
        IsForward = decoder.ReadBoolean(),
        NodeId = decoder.ReadExpandedNodeId(),
        BrowseName = decoder.ReadQualifiedName(),
        DisplayName = decoder.ReadLocalizedText(),
        NodeClass = (NodeClass)decoder.ReadInt32(),
        TypeDefinition = decoder.ReadExpandedNodeId(),
    };
}

/// <summary>References of one node (OPC 10000-4 §7.6).</summary>
public sealed record BrowseResult : IUaStructure<BrowseResult>
{
    /// <inheritdoc/>
    public static uint EncodingId => 524;

    /// <summary>Outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Where to go on; null when there is no more.</summary>
    public byte[]? ContinuationPoint { get; init; }

    /// <summary>The references found.</summary>
    public ReferenceDescription[] References { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteByteString(ContinuationPoint);
        encoder.WriteStructures(References);
    }

    /// <inheritdoc/>
    public static BrowseResult Decode(ref UaDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        ContinuationPoint = decoder.ReadByteString(),
        References = decoder.ReadStructures<ReferenceDescription>(),
    };
}
