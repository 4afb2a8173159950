namespace CoatLine.OpcUa.Services;

/// <summary>What to write (OPC 10000-4 §5.11.4).</summary>
public sealed record WriteValue : IUaStructure<WriteValue>
{
    /// <inheritdoc/>
    public static uint EncodingId => 670;

    /// <summary>A new value for a variable, without status and times, which many servers refuse.</summary>
    public static WriteValue Of(NodeId nodeId, Variant value) =>
        new() { NodeId = nodeId, AttributeId = AttributeId.Value, Value = new DataValue(value) };

    /// <summary>The node.</summary>
    public NodeId NodeId { get; init; }

    /// <summary>The attribute.</summary>
    public AttributeId AttributeId { get; init; }

    /// <summary>Part of an array, for example <c>0:3</c>; null for all (OPC 10000-4 §7.27).</summary>
    public string? IndexRange { get; init; }

    /// <summary>The value.</summary>
    public DataValue Value { get; init; } = new(Variant.Null);

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteNodeId(NodeId);
        encoder.WriteUInt32((uint)AttributeId);
        encoder.WriteString(IndexRange);
        encoder.WriteDataValue(Value);
    }

    /// <inheritdoc/>
    public static WriteValue Decode(ref UaDecoder decoder) => new()
    {
        NodeId = decoder.ReadNodeId(),
        AttributeId = (AttributeId)decoder.ReadUInt32(),
        IndexRange = decoder.ReadString(),
        Value = decoder.ReadDataValue(),
    };
}

/// <summary>Writes attributes of nodes, in the given order (OPC 10000-4 §5.11.4).</summary>
public sealed record WriteRequest : IUaRequest, IUaStructure<WriteRequest>
{
    /// <inheritdoc/>
    public static uint EncodingId => 673;

    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <summary>What to write.</summary>
    public WriteValue[] NodesToWrite { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteStructures(NodesToWrite);
    }

    /// <inheritdoc/>
    public static WriteRequest Decode(ref UaDecoder decoder) => new()
    {
        RequestHeader = RequestHeader.Decode(ref decoder),
        NodesToWrite = decoder.ReadStructures<WriteValue>(),
    };
}

/// <summary>Answer to <see cref="WriteRequest"/>.</summary>
public sealed record WriteResponse : IUaResponse, IUaStructure<WriteResponse>
{
    /// <inheritdoc/>
    public static uint EncodingId => 676;

    /// <inheritdoc/>
    public ResponseHeader ResponseHeader { get; set; } = ResponseHeader.Empty;

    /// <summary>One result per requested item, in order.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>Details of failures, when asked for.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        ResponseHeader.Encode(encoder);
        encoder.WriteStatusCodeArray(Results);
        encoder.WriteDiagnosticInfoArray(DiagnosticInfos);
    }

    /// <inheritdoc/>
    public static WriteResponse Decode(ref UaDecoder decoder) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStatusCodeArray(),
        DiagnosticInfos = decoder.ReadDiagnosticInfoArray(),
    };
}
