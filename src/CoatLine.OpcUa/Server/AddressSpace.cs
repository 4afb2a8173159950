using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CoatLine.OpcUa.NodeSets;

namespace CoatLine.OpcUa.Server;

/// <summary>The nodes that a server shows. It starts with namespace 0 (the standard's folders, types and the Server
/// object); namespace 1 is kept for the server's own URI, node sets and applications come behind. Finding nodes is
/// safe from any thread; adding takes a lock.</summary>
public sealed class AddressSpace
{
    /// <summary>Most namespaces of one address space.</summary>
    public const int MaxNamespaces = 256;

    internal const string StandardUri = "http://opcfoundation.org/UA/";

    internal static readonly NodeId HasTypeDefinition = new(40);

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<NodeId, UaNode> nodes = new();
    private string[] namespaces = [StandardUri, "urn:coatline:server"];

    /// <summary>An address space with namespace 0 only.</summary>
    public AddressSpace()
    {
        Types = new TypeTree(this);
        StandardNodes.AddTo(this);
        Alarms = new UaAlarms(this);
    }

    /// <summary>The namespace URIs by index; index 1 is the server's application URI once a server was made with this
    /// address space.</summary>
    public IReadOnlyList<string> NamespaceArray => Volatile.Read(ref namespaces);

    /// <summary>Count of nodes.</summary>
    public int Count => nodes.Count;

    /// <summary>Its alarms.</summary>
    public UaAlarms Alarms { get; }

    internal TypeTree Types { get; }

    /// <summary>The node with this identifier, or null.</summary>
    public UaNode? Find(NodeId nodeId) => nodes.GetValueOrDefault(nodeId);

    /// <summary>The variable with this identifier; throws <see cref="ArgumentException"/> when there is no such node
    /// or it is no variable.</summary>
    public UaVariable Variable(NodeId nodeId) => Find(nodeId) as UaVariable
        ?? throw new ArgumentException($"The address space has no variable {nodeId}.", nameof(nodeId));

    /// <summary>Index of a namespace; throws <see cref="ArgumentException"/> when it is not there.</summary>
    public ushort NamespaceIndex(string uri)
    {
        var index = Array.IndexOf(Volatile.Read(ref namespaces), uri);
        return index >= 0
            ? (ushort)index
            : throw new ArgumentException($"The address space has no namespace '{uri}'.", nameof(uri));
    }

    /// <summary>Index of a namespace, which is added when it is not there. Throws
    /// <see cref="InvalidOperationException"/> when there are <see cref="MaxNamespaces"/> already.</summary>
    public ushort AddNamespace(string uri)
    {
        lock (gate)
        {
            var index = Array.IndexOf(namespaces, uri);
            if (index >= 0)
            {
                return (ushort)index;
            }

            if (namespaces.Length == MaxNamespaces)
            {
                throw new InvalidOperationException($"An address space has at most {MaxNamespaces} namespaces.");
            }

            Volatile.Write(ref namespaces, [.. namespaces, uri]);
            return (ushort)(namespaces.Length - 1);
        }
    }

    /// <summary>Adds a node without references; throws <see cref="ArgumentException"/> when its identifier is null or
    /// taken.</summary>
    public void Add(UaNode node)
    {
        if (node.NodeId.IsNull)
        {
            throw new ArgumentException($"The node {node.BrowseName} has no identifier.", nameof(node));
        }

        if (!nodes.TryAdd(node.NodeId, node))
        {
            throw new ArgumentException($"The identifier of {node} is taken.", nameof(node));
        }
    }

    /// <summary>Adds a node below <paramref name="parent"/>, with a type definition when one is given. Throws
    /// <see cref="ArgumentException"/> like <see cref="Add(UaNode)"/> and when the parent is not there.</summary>
    /// <param name="node">The node.</param>
    /// <param name="parent">The node above it.</param>
    /// <param name="referenceType">Organizes (i=35), HasComponent (i=47), HasProperty (i=46) …</param>
    /// <param name="typeDefinition">Type of an object or variable; null leaves it out.</param>
    public void Add(UaNode node, NodeId parent, NodeId referenceType, NodeId? typeDefinition = null)
    {
        if (Find(parent) is null)
        {
            throw new ArgumentException($"The parent {parent} of {node} is not there.", nameof(parent));
        }

        Add(node);
        AddReference(parent, referenceType, node.NodeId);
        if (typeDefinition is { } type)
        {
            AddReference(node.NodeId, HasTypeDefinition, type);
        }
    }

    /// <summary>Adds a reference in both directions, as far as the two nodes are there; a type definition only
    /// forward, or the folder type would list every folder. Adding one twice changes nothing.</summary>
    public void AddReference(NodeId source, NodeId referenceType, NodeId target)
    {
        lock (gate)
        {
            Find(source)?.Attach(new UaReference(referenceType, IsForward: true, target));
            if (referenceType != HasTypeDefinition)
            {
                Find(target)?.Attach(new UaReference(referenceType, IsForward: false, source));
            }
        }
    }

    /// <summary>Adds the nodes of a NodeSet2 document (OPC 10000-6 Annex F). Its namespaces are added by URI and its
    /// indexes are mapped to those of this address space. Nothing is added when the document is refused.</summary>
    /// <exception cref="NodeSetException">The document is not well formed, or a node in it makes no sense; the message
    /// names the node and the line.</exception>
    public void LoadNodeSet(Stream xml) => NodeSetLoader.Load(xml, this);

    /// <summary>Names the server in namespace 1.</summary>
    internal void NameServer(string applicationUri)
    {
        lock (gate)
        {
            Volatile.Write(ref namespaces, [namespaces[0], applicationUri, .. namespaces[2..]]);
        }
    }

    internal bool TryFind(NodeId nodeId, [NotNullWhen(true)] out UaNode? node) => nodes.TryGetValue(nodeId, out node);
}
