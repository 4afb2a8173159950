using System.Globalization;
using System.Xml.Linq;

namespace CoatLine.Simulator.Tags;

/// <summary>The tag contract as read from the embedded NodeSet2: the PLCs' source of types and ranges.</summary>
internal sealed class TagTable
{
    private const string ResourceName = "coatline.NodeSet2.xml";
    private const string NodePrefix = "ns=1;s=";

    private static readonly XNamespace Ua = "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd";
    private static readonly XNamespace Types = "http://opcfoundation.org/UA/2008/02/Types.xsd";

    private TagTable(IReadOnlyList<TagDefinition> tags) => Tags = tags;

    /// <summary>Every tag in the order of the contract.</summary>
    public IReadOnlyList<TagDefinition> Tags { get; }

    /// <summary>Opens the embedded NodeSet2, for the server's address space.</summary>
    public static Stream OpenNodeSet() =>
        typeof(TagTable).Assembly.GetManifestResourceStream(ResourceName)
        ?? throw new InvalidOperationException($"resource {ResourceName} is not embedded");

    /// <summary>Reads the embedded NodeSet2.</summary>
    public static TagTable Load()
    {
        using Stream stream = OpenNodeSet();
        return Parse(XDocument.Load(stream));
    }

    /// <summary>Tags of one unit, in the order of the contract.</summary>
    public IEnumerable<TagDefinition> OfUnit(string unit) => Tags.Where(t => t.Unit == unit);

    internal static TagTable Parse(XDocument nodeSet)
    {
        ILookup<string, XElement> properties = nodeSet.Root!.Elements(Ua + "UAVariable")
            .Where(IsProperty)
            .ToLookup(v => v.Attribute("ParentNodeId")!.Value);
        return new TagTable([.. nodeSet.Root.Elements(Ua + "UAVariable")
            .Where(v => !IsProperty(v))
            .Select(v => Definition(v, [.. properties[v.Attribute("NodeId")!.Value]]))]);
    }

    private static bool IsProperty(XElement variable) => variable.Element(Ua + "References")!.Elements()
        .Any(r => r.Attribute("ReferenceType")!.Value == "HasProperty");

    private static TagDefinition Definition(XElement variable, IReadOnlyList<XElement> properties)
    {
        string node = variable.Attribute("NodeId")!.Value[NodePrefix.Length..];
        int dot = node.IndexOf('.', StringComparison.Ordinal);
        bool isArray = variable.Attribute("ValueRank")?.Value == "1";
        Type scalar = ScalarType(variable.Attribute("DataType")!.Value);
        XElement? range = properties.SingleOrDefault(p => p.Attribute("BrowseName")!.Value == "EURange");
        XElement? unit = properties.SingleOrDefault(p => p.Attribute("BrowseName")!.Value == "EngineeringUnits");
        return new TagDefinition(
            node[..dot],
            node[(dot + 1)..],
            node,
            isArray ? scalar.MakeArrayType() : scalar,
            Number(range, "Low"),
            Number(range, "High"),
            unit?.Descendants(Types + "DisplayName").Single().Element(Types + "Text")!.Value ?? string.Empty,
            variable.Attribute("AccessLevel")!.Value == "3");
    }

    private static double? Number(XElement? range, string end) => range is null
        ? null
        : double.Parse(range.Descendants(Types + end).Single().Value, CultureInfo.InvariantCulture);

    private static Type ScalarType(string dataType) => dataType switch
    {
        "Boolean" => typeof(bool),
        "Int32" => typeof(int),
        "UInt32" => typeof(uint),
        "UInt64" => typeof(ulong),
        "Double" => typeof(double),
        "String" => typeof(string),
        "DateTime" => typeof(DateTime),
        _ => throw new InvalidOperationException($"data type {dataType} is not used by the tag contract"),
    };
}
