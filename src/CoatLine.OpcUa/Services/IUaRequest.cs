namespace CoatLine.OpcUa.Services;

/// <summary>A message from client to server.</summary>
public interface IUaRequest : IUaStructure
{
    /// <summary>The header; the client stamps it when it sends the request.</summary>
    RequestHeader RequestHeader { get; set; }
}

/// <summary>A message from server to client.</summary>
public interface IUaResponse : IUaStructure
{
    /// <summary>The header; the server stamps it when it answers.</summary>
    ResponseHeader ResponseHeader { get; set; }
}

/// <summary>A request of a type this library does not know; only its header could be read.</summary>
/// <param name="TypeId">The type id on the wire.</param>
public sealed record UnknownRequest(NodeId TypeId) : IUaRequest
{
    /// <inheritdoc/>
    public RequestHeader RequestHeader { get; set; } = RequestHeader.Empty;

    /// <inheritdoc/>
    public NodeId BinaryEncodingId => TypeId;

    /// <summary>Writes the header, which is all that is known.</summary>
    public void Encode(UaEncoder encoder) => RequestHeader.Encode(encoder);
}
