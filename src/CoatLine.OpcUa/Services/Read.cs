namespace CoatLine.OpcUa.Services;

/// <summary>What to read or monitor (OPC 10000-4 §7.29).</summary>
public sealed record ReadValueId : IUaStructure<ReadValueId>
{
    /// <inheritdoc/>
    public static uint EncodingId => 628;

    /// <summary>An attribute of a node, by default its whole value.</summary>
    public static ReadValueId Of(NodeId nodeId, AttributeId attributeId = AttributeId.Value) =>
        new() { NodeId = nodeId, AttributeId = attributeId };

    /// <summary>The node.</summary>
    public NodeId NodeId { get; init; }

    /// <summary>The attribute.</summary>
    public AttributeId AttributeId { get; init; }

    /// <summary>Part of an array, for example <c>0:3</c>; null for all (OPC 10000-4 §7.27).</summary>
    public string? IndexRange { get; init; }

    /// <summary>How a structure is to be encoded; null for binary.</summary>
    public QualifiedName DataEncoding { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(NodeId);
        encoder.WriteUInt32((uint)AttributeId);
        encoder.WriteString(IndexRange);
        encoder.WriteQualifiedName(DataEncoding);
    }

    /// <inheritdoc/>
    public static ReadValueId Decode(ref UaDecoder decoder) => new()
    {
        NodeId = decoder.ReadNodeId(),
        AttributeId = (AttributeId)decoder.ReadUInt32(),
        IndexRange = decoder.ReadString(),
        DataEncoding = decoder.ReadQualifiedName(),
    };
}

/// <summary>Reads attributes of nodes (OPC 10000-4 §5.11.2).</summary>
public sealed record ReadRequest : IUaRequest, IUaStructure<ReadRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 631;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>Oldest acceptable cached value, ms; 0 asks the device.</summary>
    public double MaxAgeMs { get; init; }

    /// <summary>Which times are wanted.</summary>
    public TimestampsToReturn TimestampsToReturn { get; init; }

    /// <summary>What to read.</summary>
    public ReadValueId[] NodesToRead { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteDouble(MaxAgeMs);
        encoder.WriteInt32((int)TimestampsToReturn);
        encoder.WriteStructures(NodesToRead);
    }

    /// <inheritdoc/>
    public static ReadRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        MaxAgeMs = decoder.ReadDouble(),
        TimestampsToReturn = (TimestampsToReturn)decoder.ReadInt32(),
        NodesToRead = decoder.ReadStructures<ReadValueId>(),
    };
}

/// <summary>Answer to <see cref="ReadRequest"/>.</summary>
public sealed record ReadResponse : IUaResponse, IUaStructure<ReadResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 634;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public DataValue[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteDataValueArray(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static ReadResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadDataValueArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
