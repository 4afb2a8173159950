using System.Collections.Immutable;

namespace CoatLine.OpcUa.Server;

/// <summary>A reference of one node to another (OPC 10000-3 §4.3.4).</summary>
/// <param name="ReferenceType">NodeId of the reference type.</param>
/// <param name="IsForward">True when the node that holds the reference is its source.</param>
/// <param name="Target">The node at the other end.</param>
public readonly record struct UaReference(NodeId ReferenceType, bool IsForward, NodeId Target);

/// <summary>A node of the server's address space (OPC 10000-3 §5.2). Identity and names never change; references may
/// be added while the server runs.</summary>
public abstract class UaNode
{
    private ImmutableArray<UaReference> references = [];

    private protected UaNode(NodeClass nodeClass, NodeId nodeId, QualifiedName browseName)
    {
        NodeClass = nodeClass;
        NodeId = nodeId;
        BrowseName = browseName;
        DisplayName = LocalizedText.Of(browseName.Name);
    }

    /// <summary>Kind of node.</summary>
    public NodeClass NodeClass { get; }

    /// <summary>The identifier, unique in the address space.</summary>
    public NodeId NodeId { get; }

    /// <summary>Name used in browse paths.</summary>
    public QualifiedName BrowseName { get; }

    /// <summary>Name for people; the browse name's text unless set.</summary>
    public LocalizedText DisplayName { get; init; }

    /// <summary>Explanation for people; empty unless set.</summary>
    public LocalizedText Description { get; init; }

    /// <summary>A snapshot of the references in both directions, in the order in which they were added.</summary>
    public IReadOnlyList<UaReference> References => references;

    internal ImmutableArray<UaReference> ReferenceArray => references;

    /// <summary>Adds a reference unless it is there already; the address space calls it under its lock.</summary>
    internal void Attach(UaReference reference)
    {
        if (!references.Contains(reference))
        {
            references = references.Add(reference);
        }
    }

    /// <summary>The node's identifier and browse name, for messages.</summary>
    public override string ToString() => $"{BrowseName} ({NodeId})";
}
