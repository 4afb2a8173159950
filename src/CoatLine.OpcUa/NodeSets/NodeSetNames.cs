using System.Globalization;
using System.Xml.Linq;
using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.NodeSets;

/// <summary>The names of a NodeSet2 document: its namespace indexes, which count its own NamespaceUris, and its
/// aliases. Identifiers come out with the indexes that they have, or will have, in the address space.</summary>
internal sealed class NodeSetNames
{
    private readonly List<string> uris = [];
    private readonly List<ushort> indexes = [0];
    private readonly Dictionary<string, NodeId> aliases = [];

    private NodeSetNames()
    {
    }

    public static NodeSetNames Read(XElement root, AddressSpace space)
    {
        var names = new NodeSetNames();
        var known = space.NamespaceArray.ToList();
        foreach (var element in Children(root, "NamespaceUris", "Uri"))
        {
            var uri = element.Value.Trim();
            var index = known.IndexOf(uri);
            if (index < 0)
            {
                index = known.Count;
                known.Add(uri);
            }

            names.uris.Add(uri);
            names.indexes.Add((ushort)index);
        }

        foreach (var element in Children(root, "Aliases", "Alias"))
        {
            var name = element.Attribute("Alias")?.Value ?? throw new NodeSetException(
                NodeSetLoader.Line(element), "An <Alias> has no name.");
            names.aliases[name] = names.NodeId(element.Value, element, $"the alias {name}");
        }

        return names;
    }

    /// <summary>Adds the document's namespaces, which then get the indexes that were foreseen.</summary>
    public void AddTo(AddressSpace space)
    {
        foreach (var uri in uris)
        {
            space.AddNamespace(uri);
        }
    }

    /// <summary>An identifier or an alias.</summary>
    public NodeId NodeId(string text, XObject at, string owner)
    {
        text = text.Trim();
        if (aliases.TryGetValue(text, out var alias))
        {
            return alias;
        }

        if (!OpcUa.NodeId.TryParse(text, out var local))
        {
            throw new NodeSetException(
                NodeSetLoader.Line(at),
                $"'{text}' of {owner} is neither an identifier such as ns=1;s=Line nor an alias.");
        }

        var index = Index(local.NamespaceIndex, at, owner);
        return local.IdType switch
        {
            NodeIdType.Numeric => new NodeId(index, local.Numeric),
            NodeIdType.String => new NodeId(index, (string)local.Identifier),
            NodeIdType.Guid => new NodeId(index, (Guid)local.Identifier),
            _ => new NodeId(index, (byte[])local.Identifier),
        };
    }

    /// <summary>A browse name such as <c>1:Mixer</c>.</summary>
    public QualifiedName BrowseName(string text, XObject at, string owner)
    {
        var colon = text.IndexOf(':');
        return colon > 0
            && ushort.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? new QualifiedName(Index(index, at, owner), text[(colon + 1)..])
                : new QualifiedName(0, text);
    }

    public ushort Index(ushort local, XObject at, string owner) => local < indexes.Count
        ? indexes[local]
        : throw new NodeSetException(
            NodeSetLoader.Line(at),
            $"{owner} uses namespace index {local}, but <NamespaceUris> has {indexes.Count - 1}.");

    private static IEnumerable<XElement> Children(XElement root, string list, string item) =>
        root.Elements(NodeSetLoader.Schema + list).Elements(NodeSetLoader.Schema + item);
}
