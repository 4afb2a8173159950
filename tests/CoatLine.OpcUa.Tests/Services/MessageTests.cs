using System.Reflection;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Services;

[TestFixture]
internal sealed class MessageTests
{
    private static IEnumerable<Type> Messages() => typeof(IUaRequest).Assembly.GetTypes()
        .Where(t => t.IsClass && (t.IsAssignableTo(typeof(IUaRequest)) || t.IsAssignableTo(typeof(IUaResponse))))
        .Where(t => t != typeof(UnknownRequest) && t != typeof(ReadValuesRequest));

    [TestCaseSource(nameof(Messages))]
    public void Message_WithEveryFieldSet_RoundTrips(Type type)
    {
        var message = (IUaStructure)Filled(type, 1);
        var octets = Wire.Bytes(e => UaMessages.Write(e, message));
        var read = message is IUaRequest
            ? (IUaStructure)Wire.Read(octets, (ref UaDecoder d) => UaMessages.ReadRequest(ref d))
            : Wire.Read(octets, (ref UaDecoder d) => UaMessages.ReadResponse(ref d));
        Assert.That(read, Is.InstanceOf(type));
        Assert.That(Wire.Bytes(e => UaMessages.Write(e, read)), Is.EqualTo(octets));
    }

    [Test]
    public void ReadRequest_Written_HasTheOctetsOfTheStandard()
    {
        var request = new ReadRequest
        {
            RequestHeader = new RequestHeader { RequestHandle = 1, TimeoutHintMs = 5000 },
            TimestampsToReturn = TimestampsToReturn.Both,
            NodesToRead = [ReadValueId.Of(new NodeId(2, "A"))],
        };
        string[] parts =
        [
            "01 00 77 02", // i=631
            "00 00", // no authentication token
            "00 00 00 00 00 00 00 00", // no time stamp
            "01 00 00 00", // request handle
            "00 00 00 00", // no diagnostics
            "FF FF FF FF", // no audit entry
            "88 13 00 00", // 5000 ms
            "00 00 00", // no additional header
            "00 00 00 00 00 00 00 00", // max age 0
            "02 00 00 00", // both times
            "01 00 00 00", // one node
            "03 02 00 01 00 00 00 41", // ns=2;s=A
            "0D 00 00 00", // Value
            "FF FF FF FF", // no index range
            "00 00 FF FF FF FF", // no data encoding
        ];
        Assert.That(Wire.Hex(e => UaMessages.Write(e, request)), Is.EqualTo(string.Join(' ', parts)));
    }

    [Test]
    public void ReadValuesRequest_Written_IsTheReadRequestOfTheSameNodes()
    {
        var header = new RequestHeader { AuthenticationToken = new NodeId(0, new byte[32]), RequestHandle = 7 };
        NodeId[] nodes = [new NodeId(2, "A"), new NodeId(3, 70_000u), new NodeId(85)];
        var request = new ReadRequest
        {
            RequestHeader = header,
            TimestampsToReturn = TimestampsToReturn.Both,
            NodesToRead = [.. nodes.Select(node => ReadValueId.Of(node))],
        };
        var values = new ReadValuesRequest(nodes) { RequestHeader = header };

        Assert.That(
            Wire.Bytes(e => UaMessages.Write(e, values)), Is.EqualTo(Wire.Bytes(e => UaMessages.Write(e, request))));
    }

    [Test]
    public void Request_OfUnknownType_StillGivesItsHeader()
    {
        var octets = Wire.Bytes(e =>
        {
            e.WriteNodeId(new NodeId(9999));
            new RequestHeader { RequestHandle = 77 }.Encode(e);
        });
        var request = Wire.Read(octets, (ref UaDecoder d) => UaMessages.ReadRequest(ref d));
        Assert.That(request, Is.InstanceOf<UnknownRequest>());
        Assert.That(request.RequestHeader.RequestHandle, Is.EqualTo(77));
    }

    [Test]
    public void Response_OfUnknownType_IsRefused() => Assert.That(
        () => Wire.Read("01 00 0F 27", (ref UaDecoder d) => UaMessages.ReadResponse(ref d)),
        Throws.InstanceOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadUnknownResponse));

    /// <summary>An instance of a type of message in which no field has its default.</summary>
    private static object Filled(Type type, int depth)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanWrite)
            {
                property.SetValue(instance, Sample(property.PropertyType, depth));
            }
        }

        return instance;
    }

    private static object Sample(Type type, int depth)
    {
        if (type.IsArray && type != typeof(byte[]))
        {
            var array = Array.CreateInstance(type.GetElementType()!, 2);
            array.SetValue(Sample(type.GetElementType()!, depth), 0);
            array.SetValue(Sample(type.GetElementType()!, depth), 1);
            return array;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? Enum.ToObject(type, 1) : type switch
        {
            _ when type == typeof(bool) => true,
            _ when type == typeof(byte) => (byte)3,
            _ when type == typeof(int) => -5,
            _ when type == typeof(uint) => 7u,
            _ when type == typeof(double) => 1.5,
            _ when type == typeof(string) => "水Boy",
            _ when type == typeof(byte[]) => new byte[] { 1, 2, 3 },
            _ when type == typeof(DateTime) => new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc),
            _ when type == typeof(NodeId) => new NodeId(2, "A"),
            _ when type == typeof(ExpandedNodeId) => new ExpandedNodeId(new NodeId(5), "urn:x", 1),
            _ when type == typeof(QualifiedName) => new QualifiedName(2, "Name"),
            _ when type == typeof(LocalizedText) => new LocalizedText("en", "Text"),
            _ when type == typeof(StatusCode) => StatusCodes.UncertainInitialValue,
            _ when type == typeof(Variant) => Variant.Of([1.5, 2.5]),
            _ when type == typeof(DataValue) => new DataValue(Variant.Of(1), StatusCodes.UncertainInitialValue),
            _ when type == typeof(DiagnosticInfo) => new DiagnosticInfo { SymbolicId = 4, AdditionalInfo = "Info" },
            _ when type == typeof(ExtensionObject) => new ExtensionObject(new UaRange(0, 1)),
            _ => Filled(type, depth + 1),
        };
    }
}
