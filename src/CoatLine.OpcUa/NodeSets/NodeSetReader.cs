using System.Globalization;
using System.Xml.Linq;
using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.NodeSets;

/// <summary>Reads the node elements of a document and keeps nodes and references until all are checked.</summary>
internal sealed class NodeSetReader(NodeSetNames names, AddressSpace space)
{
    private const NodeClass AnyNode = NodeClass.Unspecified;
    private const NodeClass TypeOfInstance = NodeClass.ObjectType | NodeClass.VariableType;

    private static readonly NodeId BaseDataType = DataTypeIds.BaseDataType;

    private readonly Dictionary<NodeId, UaNode> nodes = [];
    private readonly List<Mention> mentions = [];

    public IEnumerable<UaNode> Nodes => nodes.Values;

    public List<(NodeId Source, NodeId Type, NodeId Target)> References { get; } = [];

    public void Read(XElement element)
    {
        var text = element.Attribute("NodeId")?.Value ?? throw new NodeSetException(
            NodeSetLoader.Line(element), $"A <{element.Name.LocalName}> has no NodeId.");
        var id = names.NodeId(text, element, $"<{element.Name.LocalName}>");
        if (nodes.ContainsKey(id) || space.Find(id) is not null)
        {
            throw Error(element, text, "the identifier is taken already.");
        }

        var browseName = element.Attribute("BrowseName")?.Value
            ?? throw Error(element, text, "there is no BrowseName.");
        var node = NodeOf(element, id, names.BrowseName(browseName, element, $"Node {text}"));
        nodes.Add(id, node);
        ReadReferences(element, node);
    }

    /// <summary>Every node named by a reference or as a type has to be there, in the document or in the address space,
    /// and be what it is named as. Only the standard's own nodes may be missing: the address space holds what clients
    /// of a line look for and no more.</summary>
    public void CheckReferences()
    {
        foreach (var mention in mentions)
        {
            if (WrongWith(mention) is { } wrong)
            {
                throw new NodeSetException(
                    mention.Line, $"Node {mention.Owner.NodeId}: it refers to {mention.Other}, {wrong}.");
            }
        }
    }

    private string? WrongWith(Mention mention)
    {
        if ((nodes.GetValueOrDefault(mention.Other) ?? space.Find(mention.Other)) is { } node)
        {
            return mention.As == AnyNode || (mention.As & node.NodeClass) != 0
                ? null
                : $"which is no {mention.As} but of class {node.NodeClass}";
        }

        return mention.Other.NamespaceIndex != 0 ? "which is nowhere"
            : !StandardIds.IsKnown(mention.Other) ? "which the standard does not have"
            : mention.As == AnyNode || StandardIds.IsA(mention.Other, mention.As) ? null
            : $"which is no {mention.As} of the standard";
    }

    private UaNode NodeOf(XElement element, NodeId id, QualifiedName name)
    {
        var display = Text(element, "DisplayName") ?? LocalizedText.Of(name.Name);
        var description = Text(element, "Description") ?? default;
        var isAbstract = Flag(element, "IsAbstract");
        return element.Name.LocalName switch
        {
            "UAObject" => new UaObject(id, name)
            {
                DisplayName = display,
                Description = description,
                EventNotifier = (byte)Number(element, "EventNotifier", 0, byte.MaxValue),
            },
            "UAVariable" => VariableOf(element, id, name, display, description),
            "UAMethod" => new UaMethod(id, name) { DisplayName = display, Description = description },
            "UAObjectType" => new UaObjectType(id, name)
            {
                DisplayName = display, Description = description, IsAbstract = isAbstract,
            },
            "UAVariableType" => new UaVariableType(id, name)
            {
                DisplayName = display,
                Description = description,
                IsAbstract = isAbstract,
                DataType = DataType(element),
                ValueRank = (int)Number(element, "ValueRank", -1, int.MaxValue, -3),
            },
            "UADataType" => new UaDataType(id, name)
            {
                DisplayName = display, Description = description, IsAbstract = isAbstract,
            },
            "UAReferenceType" => new UaReferenceType(id, name)
            {
                DisplayName = display,
                Description = description,
                IsAbstract = isAbstract,
                Symmetric = Flag(element, "Symmetric"),
                InverseName = Text(element, "InverseName") ?? default,
            },
            "UAView" => new UaView(id, name)
            {
                DisplayName = display, Description = description, ContainsNoLoops = Flag(element, "ContainsNoLoops"),
            },
            var other => throw Error(element, id.ToString(), $"<{other}> is no kind of node."),
        };
    }

    private UaVariable VariableOf(
        XElement element, NodeId id, QualifiedName name, LocalizedText display, LocalizedText description)
    {
        var access = (AccessLevels)Number(element, "AccessLevel", 1, byte.MaxValue);
        var variable = new UaVariable(id, name, DataType(element))
        {
            DisplayName = display,
            Description = description,
            ValueRank = (int)Number(element, "ValueRank", -1, int.MaxValue, -3),
            ArrayDimensions = Dimensions(element),
            AccessLevel = access,
            UserAccessLevel = (AccessLevels)Number(element, "UserAccessLevel", (int)access, byte.MaxValue),
        };
        mentions.Add(new Mention(variable.DataType, variable, NodeSetLoader.Line(element), NodeClass.DataType));
        if (element.Element(NodeSetLoader.Schema + "Value")?.Elements().FirstOrDefault() is not { } value)
        {
            return variable;
        }

        var initial = new NodeSetValues(names, $"Node {id}").Read(value);
        if (space.Find(variable.DataType) is not null && ValueCheck.Check(variable, initial, space.Types).IsBad)
        {
            throw Error(value, id.ToString(), $"its <Value> is no {element.Attribute("DataType")?.Value}"
                + $" of value rank {variable.ValueRank}.");
        }

        variable.Store(new DataValue(initial));
        return variable;
    }

    private NodeId DataType(XElement element) => element.Attribute("DataType") is { } attribute
        ? names.NodeId(attribute.Value, element, $"DataType of node {element.Attribute("NodeId")?.Value}")
        : BaseDataType;

    private void ReadReferences(XElement element, UaNode node)
    {
        var list = element.Elements(NodeSetLoader.Schema + "References");
        foreach (var reference in list.Elements(NodeSetLoader.Schema + "Reference"))
        {
            var owner = $"a <Reference> of node {node.NodeId}";
            var type = names.NodeId(
                reference.Attribute("ReferenceType")?.Value
                    ?? throw Error(reference, node.NodeId.ToString(), "a <Reference> has no ReferenceType."),
                reference,
                owner);
            var other = names.NodeId(reference.Value, reference, owner);
            var isForward = Flag(reference, "IsForward", orElse: true);
            var line = NodeSetLoader.Line(reference);
            var isType = type == AddressSpace.HasTypeDefinition && isForward;
            mentions.Add(new Mention(other, node, line, isType ? TypeOfInstance : AnyNode));
            mentions.Add(new Mention(type, node, line, NodeClass.ReferenceType));
            References.Add(isForward
                ? (node.NodeId, type, other)
                : (other, type, node.NodeId));
        }
    }

    private static uint[] Dimensions(XElement element)
    {
        if (element.Attribute("ArrayDimensions")?.Value is not { Length: > 0 } text)
        {
            return [];
        }

        return [.. text.Split(',').Select(part => uint.TryParse(
            part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                ? length
                : throw Error(element, NodeIdText(element), $"ArrayDimensions '{text}' are no list of lengths."))];
    }

    private static long Number(XElement element, string attribute, long orElse, long most, long least = 0)
    {
        if (element.Attribute(attribute)?.Value is not { } text)
        {
            return orElse;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
                ? number
                : throw Error(element, NodeIdText(element), $"{attribute} '{text}' is no number {least}..{most}.");
    }

    private static bool Flag(XElement element, string attribute, bool orElse = false) =>
        element.Attribute(attribute)?.Value.Trim() switch
        {
            null => orElse,
            "true" or "1" => true,
            "false" or "0" => false,
            var text => throw Error(element, NodeIdText(element), $"{attribute} '{text}' is neither true nor false."),
        };

    private static LocalizedText? Text(XElement element, string child) =>
        element.Element(NodeSetLoader.Schema + child) is { } text
            ? new LocalizedText(text.Attribute("Locale")?.Value, text.Value)
            : null;

    private static string NodeIdText(XElement element) => element.Attribute("NodeId")?.Value ?? "?";

    private static NodeSetException Error(XObject at, string node, string what) =>
        new(NodeSetLoader.Line(at), $"Node {node}: {what}");

    /// <summary>That a node names another one, and as which class.</summary>
    private sealed record Mention(NodeId Other, UaNode Owner, int Line, NodeClass As);
}
