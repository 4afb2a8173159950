using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CoatLine.OpcUa.NodeSets;

/// <summary>Reads the initial value of a variable from its XML encoding (OPC 10000-6 §5.3): scalars, arrays of them,
/// and the structures EUInformation, Range and Argument; other structures keep their XML.</summary>
internal sealed class NodeSetValues(NodeSetNames names, string owner)
{
    private const string ListPrefix = "ListOf";

    public Variant Read(XElement element)
    {
        var name = element.Name.LocalName;
        try
        {
            if (!name.StartsWith(ListPrefix, StringComparison.Ordinal))
            {
                return Scalar(name, element);
            }

            var type = TypeOf(name[ListPrefix.Length..], element);
            var items = element.Elements().Select(item => Scalar(name[ListPrefix.Length..], item).Value).ToArray();
            return ArrayOf(type, items);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            throw new NodeSetException(
                NodeSetLoader.Line(element), $"{owner}: the <Value> is no {name}: {failure.Message}", failure);
        }
    }

    private Variant Scalar(string type, XElement element)
    {
        var text = element.Value;
        return TypeOf(type, element) switch
        {
            BuiltInType.Boolean => Variant.Of(XmlConvert.ToBoolean(text.Trim())),
            BuiltInType.SByte => Variant.Of(XmlConvert.ToSByte(text)),
            BuiltInType.Byte => Variant.Of(XmlConvert.ToByte(text)),
            BuiltInType.Int16 => Variant.Of(XmlConvert.ToInt16(text)),
            BuiltInType.UInt16 => Variant.Of(XmlConvert.ToUInt16(text)),
            BuiltInType.Int32 => Variant.Of(XmlConvert.ToInt32(text)),
            BuiltInType.UInt32 => Variant.Of(XmlConvert.ToUInt32(text)),
            BuiltInType.Int64 => Variant.Of(XmlConvert.ToInt64(text)),
            BuiltInType.UInt64 => Variant.Of(XmlConvert.ToUInt64(text)),
            BuiltInType.Float => Variant.Of(XmlConvert.ToSingle(text)),
            BuiltInType.Double => Variant.Of(XmlConvert.ToDouble(text)),
            BuiltInType.String => Variant.Of(text),
            BuiltInType.DateTime => Variant.Of(XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.Utc)),
            BuiltInType.Guid => Variant.Of(Guid.Parse(Child(element, "String") ?? text)),
            BuiltInType.ByteString => Variant.Of(Convert.FromBase64String(text)),
            BuiltInType.XmlElement => Variant.OfXmlElement(element.Elements().FirstOrDefault()?.ToString() ?? text),
            BuiltInType.NodeId => Variant.Of(Id(element)),
            BuiltInType.ExpandedNodeId => Variant.Of(ExpandedNodeId.Of(Id(element))),
            BuiltInType.StatusCode => Variant.Of(new StatusCode(XmlConvert.ToUInt32(Child(element, "Code") ?? "0"))),
            BuiltInType.QualifiedName => Variant.Of(Name(element)),
            BuiltInType.LocalizedText => Variant.Of(Text(element)),
            BuiltInType.ExtensionObject => Variant.Of(Structure(element)),
            _ => throw new FormatException($"a {type} cannot be an initial value"),
        };
    }

    private BuiltInType TypeOf(string name, XElement element) => Enum.TryParse<BuiltInType>(name, out var type)
        && Enum.IsDefined(type)
        && type.ToString() == name
            ? type
            : throw new NodeSetException(
                NodeSetLoader.Line(element), $"{owner}: <{name}> in its <Value> is no built-in type.");

    private static Variant ArrayOf(BuiltInType type, object?[] items)
    {
        var element = Variant.ElementType(type);
        var array = Array.CreateInstance(element, items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            array.SetValue(items[i], i);
        }

        return Variant.OfArray(type, array);
    }

    private NodeId Id(XElement element) =>
        names.NodeId(Child(element, "Identifier") ?? element.Value, element, owner);

    private QualifiedName Name(XElement element)
    {
        var index = ushort.Parse(
            Child(element, "NamespaceIndex") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture);
        return new QualifiedName(names.Index(index, element, owner), Child(element, "Name"));
    }

    private static LocalizedText Text(XElement? element) => element is null
        ? default
        : new LocalizedText(Child(element, "Locale") is { Length: > 0 } locale ? locale : null, Child(element, "Text"));

    private ExtensionObject Structure(XElement element)
    {
        var body = Find(element, "Body")?.Elements().FirstOrDefault();
        switch (body?.Name.LocalName)
        {
            case null:
                return ExtensionObject.Null;
            case "Range":
                return ExtensionObject.Of(new UaRange(
                    XmlConvert.ToDouble(Child(body, "Low") ?? "0"), XmlConvert.ToDouble(Child(body, "High") ?? "0")));
            case "EUInformation":
                return ExtensionObject.Of(new EUInformation(
                    Child(body, "NamespaceUri"),
                    XmlConvert.ToInt32(Child(body, "UnitId") ?? "-1"),
                    Text(Find(body, "DisplayName")),
                    Text(Find(body, "Description"))));
            case "Argument":
                return ExtensionObject.Of(new Argument(
                    Child(body, "Name"),
                    Find(body, "DataType") is { } type ? Id(type) : DataTypeIds.BaseDataType,
                    XmlConvert.ToInt32(Child(body, "ValueRank") ?? "-1"),
                    [.. (Find(body, "ArrayDimensions")?.Elements() ?? []).Select(d => XmlConvert.ToUInt32(d.Value))],
                    Text(Find(body, "Description"))));
            default:
                var typeId = Find(element, "TypeId") is { } id ? Id(id) : NodeId.Null;
                return new ExtensionObject(
                    typeId, Encoding.UTF8.GetBytes(body.ToString()), ExtensionObjectEncoding.Xml);
        }
    }

    private static XElement? Find(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private static string? Child(XElement element, string name) => Find(element, name)?.Value.Trim();
}
