namespace CoatLine.OpcUa.Services;

/// <summary>An attribute of an event field or of a node below a type (OPC 10000-4 §7.7.4.5).</summary>
public sealed record SimpleAttributeOperand : IUaStructure<SimpleAttributeOperand>
{
    /// <inheritdoc/>
    public static uint EncodingId => 603;

    /// <summary>The type whose instances are meant.</summary>
    public NodeId TypeDefinitionId { get; init; }

    /// <summary>Names from the type to the node.</summary>
    public QualifiedName[] BrowsePath { get; init; } = [];

    /// <summary>The attribute.</summary>
    public AttributeId AttributeId { get; init; }

    /// <summary>Part of an array, for example <c>0:3</c>; null for all (OPC 10000-4 §7.27).</summary>
    public string? IndexRange { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(TypeDefinitionId);
        encoder.WriteQualifiedNameArray(BrowsePath);
        encoder.WriteUInt32((uint)AttributeId);
        encoder.WriteString(IndexRange);
    }

    /// <inheritdoc/>
    public static SimpleAttributeOperand Decode(ref UaDecoder decoder) => new()
    {
        TypeDefinitionId = decoder.ReadNodeId(),
        BrowsePath = decoder.ReadQualifiedNameArray(),
        AttributeId = (AttributeId)decoder.ReadUInt32(),
        IndexRange = decoder.ReadString(),
    };
}

/// <summary>A fixed value in a filter (OPC 10000-4 §7.7.4.3).</summary>
public sealed record LiteralOperand : IUaStructure<LiteralOperand>
{
    /// <inheritdoc/>
    public static uint EncodingId => 597;

    /// <summary>The value.</summary>
    public Variant Value { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteVariant(Value);
    }

    /// <inheritdoc/>
    public static LiteralOperand Decode(ref UaDecoder decoder) => new()
    {
        Value = decoder.ReadVariant(),
    };
}

/// <summary>A reference to another element of the same filter (OPC 10000-4 §7.7.4.2).</summary>
public sealed record ElementOperand : IUaStructure<ElementOperand>
{
    /// <inheritdoc/>
    public static uint EncodingId => 594;

    /// <summary>Index of the element; it must be greater than that of the referring one.</summary>
    public uint Index { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteUInt32(Index);
    }

    /// <inheritdoc/>
    public static ElementOperand Decode(ref UaDecoder decoder) => new()
    {
        Index = decoder.ReadUInt32(),
    };
}

/// <summary>One operator with its operands (OPC 10000-4 §7.7.1).</summary>
public sealed record ContentFilterElement : IUaStructure<ContentFilterElement>
{
    /// <inheritdoc/>
    public static uint EncodingId => 585;

    /// <summary>The operator.</summary>
    public FilterOperator FilterOperator { get; init; }

    /// <summary>Its operands.</summary>
    public ExtensionObject[] FilterOperands { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteInt32((int)FilterOperator);
        encoder.WriteExtensionObjectArray(FilterOperands);
    }

    /// <inheritdoc/>
    public static ContentFilterElement Decode(ref UaDecoder decoder) => new()
    {
        FilterOperator = (FilterOperator)decoder.ReadInt32(),
        FilterOperands = decoder.ReadExtensionObjectArray(),
    };
}

/// <summary>A condition as a tree of elements; the first is the root (OPC 10000-4 §7.7.1).</summary>
public sealed record ContentFilter : IUaStructure<ContentFilter>
{
    /// <inheritdoc/>
    public static uint EncodingId => 588;

    /// <summary>The elements.</summary>
    public ContentFilterElement[] Elements { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStructures(Elements);
    }

    /// <inheritdoc/>
    public static ContentFilter Decode(ref UaDecoder decoder) => new()
    {
        Elements = decoder.ReadStructures<ContentFilterElement>(),
    };
}

/// <summary>Which events are reported, and which of their fields (OPC 10000-4 §7.22.3).</summary>
public sealed record EventFilter : IUaStructure<EventFilter>
{
    /// <inheritdoc/>
    public static uint EncodingId => 727;

    /// <summary>Fields wanted from each event.</summary>
    public SimpleAttributeOperand[] SelectClauses { get; init; } = [];

    /// <summary>Condition on events; empty for all.</summary>
    public ContentFilter WhereClause { get; init; } = new();

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteStructures(SelectClauses);
        WhereClause.Encode(encoder);
    }

    /// <inheritdoc/>
    public static EventFilter Decode(ref UaDecoder decoder) => new()
    {
        SelectClauses = decoder.ReadStructures<SimpleAttributeOperand>(),
        WhereClause = ContentFilter.Decode(ref decoder),
    };
}
