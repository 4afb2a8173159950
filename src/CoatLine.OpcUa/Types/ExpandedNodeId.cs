using System.Globalization;

namespace CoatLine.OpcUa;

/// <summary>
/// Identifier of a node that may name its namespace by URI or lie in another server (OPC 10000-4 §7.16).
/// </summary>
/// <param name="NodeId">The identifier; its namespace index is 0 when <paramref name="NamespaceUri"/> is given.</param>
/// <param name="NamespaceUri">Namespace by URI, or null when the index counts.</param>
/// <param name="ServerIndex">Index into the ServerArray; 0 is the answering server itself.</param>
public readonly record struct ExpandedNodeId(NodeId NodeId, string? NamespaceUri = null, uint ServerIndex = 0)
{
    /// <summary>True when the identifier is null.</summary>
    public bool IsNull => NodeId.IsNull && NamespaceUri is null && ServerIndex == 0;

    /// <summary>True when the node lies in the answering server.</summary>
    public bool IsLocal => ServerIndex == 0;

    /// <summary>A local node.</summary>
    public static ExpandedNodeId Of(NodeId nodeId) => new(nodeId);

    /// <summary>
    /// The NodeId in terms of a server's NamespaceArray, or null when the URI is not in it or the node is not local.
    /// </summary>
    public NodeId? Resolve(IReadOnlyList<string> namespaceArray)
    {
        if (!IsLocal)
        {
            return null;
        }

        if (NamespaceUri is null)
        {
            return NodeId;
        }

        for (var index = 0; index < namespaceArray.Count && index <= ushort.MaxValue; index++)
        {
            if (namespaceArray[index] == NamespaceUri)
            {
                return WithNamespace((ushort)index);
            }
        }

        return null;
    }

    private NodeId WithNamespace(ushort index) => NodeId.IdType switch
    {
        NodeIdType.Numeric => new NodeId(index, NodeId.Numeric),
        NodeIdType.String => new NodeId(index, (string)NodeId.Identifier),
        NodeIdType.Guid => new NodeId(index, (Guid)NodeId.Identifier),
        _ => new NodeId(index, (byte[])NodeId.Identifier),
    };

    /// <summary>The standard notation, for example <c>svr=1;nsu=urn:x;s=Mixer</c>.</summary>
    public override string ToString()
    {
        var server = ServerIndex == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"svr={ServerIndex};");
        var uri = NamespaceUri is null ? "" : $"nsu={NamespaceUri};";
        return server + uri + NodeId;
    }
}
