using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;

namespace CoatLine.Conformance.Tests;

/// <summary>A variable of <c>types.NodeSet2.xml</c>.</summary>
/// <param name="Name">Its name below <c>Line.Types</c>.</param>
/// <param name="Initial">The value that the file states; null where XML cannot state one, or where node-opcua does not
/// read one (it keeps only the last of a list of SByte, Int64, UInt64, Guid or ByteString).</param>
/// <param name="Written">Another value of the type, to be written and read back.</param>
internal sealed record BuiltInValue(string Name, Variant? Initial, Variant Written)
{
    private static readonly Guid AGuid = new("72962b91-fa75-4ae6-8d28-b404dc7daf63");
    private static readonly Guid AnotherGuid = new("00000000-0000-0000-0000-000000000001");
    private static readonly DateTime Moment = new(2026, 3, 4, 5, 6, 7, 89, DateTimeKind.Utc);
    private static readonly DateTime Millennium = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public TagAddress Address => new($"Types.{Name}");

    /// <summary>Every built-in type that a variable can have, scalar and array (OPC 10000-6 §5.1.2).</summary>
    public static IReadOnlyList<BuiltInValue> All { get; } =
    [
        new("Boolean", Variant.Of(true), Variant.Of(false)),
        new("BooleanList", Variant.Of([true, false]), Variant.Of([false, true, true])),
        new("SByte", Variant.Of(sbyte.MinValue), Variant.Of(sbyte.MaxValue)),
        new("SByteList", null, Variant.Of(new sbyte[] { -1, 0, 1 })),
        new("Byte", Variant.Of(byte.MaxValue), Variant.Of((byte)7)),
        new("ByteList", Variant.OfByteArray([0, 255]), Variant.OfByteArray([1, 2, 3])),
        new("Int16", Variant.Of(short.MinValue), Variant.Of(short.MaxValue)),
        new("Int16List", Variant.Of([short.MinValue, short.MaxValue]), Variant.Of(new short[] { -1, 0, 1 })),
        new("UInt16", Variant.Of(ushort.MaxValue), Variant.Of((ushort)1)),
        new("UInt16List", Variant.Of([ushort.MinValue, ushort.MaxValue]), Variant.Of(new ushort[] { 1, 2, 3 })),
        new("Int32", Variant.Of(int.MinValue), Variant.Of(int.MaxValue)),
        new("Int32List", Variant.Of([int.MinValue, int.MaxValue]), Variant.Of([-1, 0, 1])),
        new("UInt32", Variant.Of(uint.MaxValue), Variant.Of(1u)),
        new("UInt32List", Variant.Of([uint.MinValue, uint.MaxValue]), Variant.Of([1u, 2u, 3u])),
        new("Int64", Variant.Of(long.MinValue), Variant.Of(long.MaxValue)),
        new("Int64List", null, Variant.Of([-1L, 0L, 1L])),
        new("UInt64", Variant.Of(ulong.MaxValue), Variant.Of(0x0123456789ABCDEFul)),
        new("UInt64List", null, Variant.Of([1ul, 0xFEDCBA9876543210ul])),
        new("Float", Variant.Of(0.15625f), Variant.Of(-1e30f)),
        new("FloatList", Variant.Of([0.15625f, -2.5f]), Variant.Of([float.MaxValue, float.NegativeInfinity])),
        new("Double", Variant.Of(1350.5), Variant.Of(double.Epsilon)),
        new("DoubleList", Variant.Of([1.5, -2.25, 3.125]), Variant.Of([double.MaxValue, double.NaN])),
        new("String", Variant.Of("µm über 水"), Variant.Of("drying 60 °C")),
        new("StringList", Variant.Of(["µm", "水"]), Variant.Of(["one", "", "three"])),
        new("DateTime", Variant.Of(Moment), Variant.Of(Millennium)),
        new("DateTimeList", Variant.Of([Moment, Millennium]), Variant.Of([Millennium, Moment, Moment])),
        new("Guid", Variant.Of(AGuid), Variant.Of(AnotherGuid)),
        new("GuidList", null, Variant.Of([AnotherGuid])),
        new("ByteString", Variant.Of(new byte[] { 0, 255, 1, 2 }), Variant.Of(new byte[] { 3, 2, 1, 0, 255 })),
        new("ByteStringList", null, Variant.Of([[7], [8, 9]])),
        new("XmlElement", null, Variant.OfXmlElement("<a>b</a>")),
        new("XmlElementList", null, Variant.OfArray(BuiltInType.XmlElement, new[] { "<a>1</a>", "<b>c</b>" })),
        new("NodeId", null, Variant.Of(new NodeId(1, "Mixer"))),
        new("NodeIdList", null, Variant.Of([new NodeId(85), new NodeId(1, AGuid), new NodeId(2, [1, 2])])),
        // node-opcua keeps no namespace URI and server of a single one that is written, of a list it does.
        new("ExpandedNodeId", null, Variant.Of(ExpandedNodeId.Of(new NodeId(1, "Mixer")))),
        new("ExpandedNodeIdList", null,
            Variant.Of([ExpandedNodeId.Of(new NodeId(85)), new ExpandedNodeId(new(0, "Mixer"), "urn:elsewhere", 3)])),
        new("StatusCode", null, Variant.Of(StatusCodes.BadOutOfService)),
        new("StatusCodeList", null, Variant.Of([StatusCodes.Good, StatusCodes.BadSensorFailure])),
        new("QualifiedName", null, Variant.Of(new QualifiedName(2, "Mixer"))),
        new("QualifiedNameList", null, Variant.Of([new QualifiedName(0, "A"), new QualifiedName(1, "B")])),
        new("LocalizedText",
            Variant.Of(new LocalizedText("de", "Mischer")), Variant.Of(new LocalizedText("en", "Coater"))),
        new("LocalizedTextList",
            Variant.Of([new LocalizedText("de", "Mischer"), new LocalizedText("en", "Mixer")]),
            Variant.Of([new LocalizedText("ja", "混合"), new LocalizedText("en", "Press")])),
        new("Structure", Variant.Of(new UaRange(0.5, 120)), Variant.Of(new UaRange(-1, 1))),
        new("StructureList", null, Variant.Of([ExtensionObject.Of(new UaRange(1, 2)), Range(3, 4)])),
        new("Any", null, Variant.Of([1.5, 2.5])),
        new("AnyList", null, Variant.Of([Variant.Of(1), Variant.Of("two"), Variant.Of([3.0])])),
        new("Matrix", null, Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5, 6 }, [2, 3])),
    ];

    public override string ToString() => Name;

    private static ExtensionObject Range(double low, double high) => ExtensionObject.Of(new UaRange(low, high));
}
