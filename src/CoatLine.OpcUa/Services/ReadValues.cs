namespace CoatLine.OpcUa.Services;

/// <summary>
/// <see cref="ReadRequest"/> for the whole values of nodes with both times, written from their ids alone: a thousand
/// nodes need no thousand <see cref="ReadValueId"/>. It is only ever written; a server reads a ReadRequest.
/// </summary>
internal sealed class ReadValuesRequest(IReadOnlyList<NodeId> nodes) : IUaRequest
{
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    public NodeId BinaryEncodingId => new(ReadRequest.EncodingId);

    public void Encode(UaEncoder encoder)
    {
        RequestHeader.Encode(encoder);
        encoder.WriteDouble(0);
        encoder.WriteInt32((int)TimestampsToReturn.Both);
        encoder.WriteInt32(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            encoder.WriteNodeId(nodes[i]);
            encoder.WriteUInt32((uint)AttributeId.Value);
            encoder.WriteString(null);
            encoder.WriteQualifiedName(default);
        }
    }
}
