using System.Text;
using CoatLine.OpcUa.NodeSets;
using CoatLine.OpcUa.Server;

namespace CoatLine.OpcUa.Tests.NodeSets;

internal sealed class NodeSetLoaderTests
{
    private const string Head = """
        <UANodeSet xmlns="http://opcfoundation.org/UA/2011/03/UANodeSet.xsd"
                   xmlns:t="http://opcfoundation.org/UA/2008/02/Types.xsd">
          <NamespaceUris><Uri>urn:test</Uri></NamespaceUris>
          <Aliases><Alias Alias="HasComponent">i=47</Alias><Alias Alias="Double">i=11</Alias></Aliases>
        """;

    private const string Line = """
        <UAObject NodeId="ns=1;s=Line" BrowseName="1:Line"><DisplayName>Line</DisplayName>
          <References><Reference ReferenceType="i=35" IsForward="false">i=85</Reference></References></UAObject>
        """;

    private static AddressSpace Load(string body, AddressSpace? into = null)
    {
        var space = into ?? new AddressSpace();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Head + "\n" + body + "\n</UANodeSet>"));
        space.LoadNodeSet(stream);
        return space;
    }

    private static string Variable(string attributes, string value = "") =>
        $"<UAVariable NodeId=\"ns=1;s=V\" BrowseName=\"1:V\" {attributes}>{value}</UAVariable>";

    private static Variant ValueOf(string attributes, string value)
    {
        var space = Load(Variable(attributes, $"<Value>{value}</Value>"));
        return space.Variable(new NodeId(space.NamespaceIndex("urn:test"), "V")).Value.Value;
    }

    [Test]
    public void Namespaces_AreMappedByUriNotByIndex()
    {
        var space = new AddressSpace();
        space.AddNamespace("urn:other");
        Load(Line, space);
        var ns = space.NamespaceIndex("urn:test");
        Assert.That(ns, Is.EqualTo(3));
        var line = space.Find(new NodeId(ns, "Line"))!;
        Assert.That(line.BrowseName, Is.EqualTo(new QualifiedName(ns, "Line")));
        Assert.That(line.References, Does.Contain(new UaReference(new NodeId(35), false, ObjectIds.ObjectsFolder)));
        Assert.That(
            space.Find(ObjectIds.ObjectsFolder)!.References,
            Does.Contain(new UaReference(new NodeId(35), true, line.NodeId)));
    }

    [Test]
    public void Variable_WithItsAttributes_IsAsWritten()
    {
        var space = Load(Line + Variable(
            "DataType=\"Double\" ValueRank=\"1\" ArrayDimensions=\"25\" AccessLevel=\"3\" UserAccessLevel=\"1\"",
            """
            <Description Locale="en">Speed</Description>
            <References><Reference ReferenceType="HasComponent" IsForward="false">ns=1;s=Line</Reference></References>
            """));
        var variable = space.Variable(new NodeId(2, "V"));
        Assert.That(variable.DataType, Is.EqualTo(DataTypeIds.Double));
        Assert.That((variable.ValueRank, variable.ArrayDimensions.Single()), Is.EqualTo((1, 25u)));
        Assert.That(variable.AccessLevel, Is.EqualTo(AccessLevels.CurrentRead | AccessLevels.CurrentWrite));
        Assert.That(variable.UserAccessLevel, Is.EqualTo(AccessLevels.CurrentRead));
        Assert.That(variable.Description, Is.EqualTo(new LocalizedText("en", "Speed")));
        Assert.That(variable.Value.Status, Is.EqualTo(StatusCodes.BadWaitingForInitialData));
    }

    private static readonly object[] Values =
    [
        new object[] { "i=1", "<t:Boolean>true</t:Boolean>", Variant.Of(true) },
        new object[] { "i=6", "<t:Int32>-7</t:Int32>", Variant.Of(-7) },
        new object[] { "i=9", "<t:UInt64>18446744073709551615</t:UInt64>", Variant.Of(ulong.MaxValue) },
        new object[] { "i=11", "<t:Double>1.5e3</t:Double>", Variant.Of(1500.0) },
        new object[] { "i=11", "<t:Double>-INF</t:Double>", Variant.Of(double.NegativeInfinity) },
        new object[] { "i=12", "<t:String> a b </t:String>", Variant.Of(" a b ") },
        new object[]
        {
            "i=13", "<t:DateTime>2026-01-02T03:04:05Z</t:DateTime>",
            Variant.Of(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
        },
        new object[] { "i=15", "<t:ByteString>AQID</t:ByteString>", Variant.Of(new byte[] { 1, 2, 3 }) },
        new object[]
        {
            "i=17", "<t:NodeId><t:Identifier>ns=1;s=x</t:Identifier></t:NodeId>", Variant.Of(new NodeId(2, "x")),
        },
        new object[]
        {
            "i=21", "<t:LocalizedText><t:Locale>en</t:Locale><t:Text>x</t:Text></t:LocalizedText>",
            Variant.Of(new LocalizedText("en", "x")),
        },
        new object[]
        {
            "i=884",
            "<t:ExtensionObject><t:TypeId><t:Identifier>i=885</t:Identifier></t:TypeId>"
            + "<t:Body><t:Range><t:Low>-1.5</t:Low><t:High>2000</t:High></t:Range></t:Body></t:ExtensionObject>",
            Variant.Of(new UaRange(-1.5, 2000)),
        },
        new object[]
        {
            "i=887",
            "<t:ExtensionObject><t:TypeId><t:Identifier>i=888</t:Identifier></t:TypeId><t:Body><t:EUInformation>"
            + "<t:NamespaceUri>urn:u</t:NamespaceUri><t:UnitId>5067858</t:UnitId>"
            + "<t:DisplayName><t:Text>mm</t:Text></t:DisplayName>"
            + "<t:Description><t:Text>millimetre</t:Text></t:Description>"
            + "</t:EUInformation></t:Body></t:ExtensionObject>",
            Variant.Of(new EUInformation("urn:u", 5067858, LocalizedText.Of("mm"), LocalizedText.Of("millimetre"))),
        },
    ];

    [TestCaseSource(nameof(Values))]
    public void InitialValue_OfAScalar_IsReadByItsType(string dataType, string xml, object expected) =>
        Assert.That(ValueOf($"DataType=\"{dataType}\"", xml), Is.EqualTo((Variant)expected));

    [Test]
    public void InitialValue_OfAnArray_KeepsItsOrder() => Assert.That(
        ValueOf("DataType=\"Double\" ValueRank=\"1\"",
            "<t:ListOfDouble><t:Double>2</t:Double><t:Double>1</t:Double></t:ListOfDouble>"),
        Is.EqualTo(Variant.Of([2.0, 1.0])));

    [Test]
    public void Types_OfTheDocument_AreKnownToTheTypeTree()
    {
        var space = Load("""
            <UADataType NodeId="ns=1;i=1" BrowseName="1:Rpm">
              <References><Reference ReferenceType="i=45" IsForward="false">i=11</Reference></References></UADataType>
            <UAObjectType NodeId="ns=1;i=2" BrowseName="1:MixerType" IsAbstract="true">
              <References><Reference ReferenceType="i=45" IsForward="false">i=58</Reference></References></UAObjectType>
            <UAReferenceType NodeId="ns=1;i=3" BrowseName="1:Feeds" Symmetric="true">
              <InverseName>FedBy</InverseName>
              <References><Reference ReferenceType="i=45" IsForward="false">i=32</Reference></References>
            </UAReferenceType>
            <UAMethod NodeId="ns=1;i=4" BrowseName="1:Start"/>
            <UAVariableType NodeId="ns=1;i=5" BrowseName="1:SpeedType" DataType="ns=1;i=1"/>
            """);
        Assert.That(space.Types.BuiltInOf(new NodeId(2, 1u)), Is.EqualTo(BuiltInType.Double));
        Assert.That(((UaObjectType)space.Find(new NodeId(2, 2u))!).IsAbstract, Is.True);
        Assert.That(space.Types.IsA(new NodeId(2, 3u), ReferenceTypeIds.NonHierarchicalReferences), Is.True);
        Assert.That(space.Find(new NodeId(2, 4u)), Is.TypeOf<UaMethod>());
        Assert.That(((UaVariableType)space.Find(new NodeId(2, 5u))!).DataType, Is.EqualTo(new NodeId(2, 1u)));
    }

    [TestCase("<UAObject BrowseName=\"1:A\"/>", 5, "has no NodeId")]
    [TestCase("<UAObject NodeId=\"ns=1;s=A\"/>", 5, "Node ns=1;s=A", "no BrowseName")]
    [TestCase("<UAObject NodeId=\"Wrong\" BrowseName=\"1:A\"/>", 5, "'Wrong'")]
    [TestCase("<UAObject NodeId=\"ns=2;s=A\" BrowseName=\"1:A\"/>", 5, "namespace index 2", "has 1")]
    [TestCase("<UAObject NodeId=\"ns=1;s=A\" BrowseName=\"7:A\"/>", 5, "namespace index 7")]
    [TestCase("<UAObject NodeId=\"i=85\" BrowseName=\"A\"/>", 5, "Node i=85", "taken")]
    [TestCase("<UAThing NodeId=\"ns=1;s=A\" BrowseName=\"1:A\"/>", 5, "UAThing")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" AccessLevel=\"300\"/>", 5, "AccessLevel '300'")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" DataType=\"Speed\"/>", 5, "'Speed'")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" DataType=\"ns=1;i=9\"/>", 5, "nowhere")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" DataType=\"i=99999\"/>", 5, "does not have")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" DataType=\"s=Double\"/>", 5, "does not have")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" DataType=\"i=63\"/>", 5, "no DataType")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" DataType=\"i=10001\"/>", 5, "does not have")]
    [TestCase("<UAVariable NodeId=\"ns=1;s=A\" BrowseName=\"1:A\" DataType=\"i=3190\"/>", 5, "no DataType")]
    [TestCase("<UAObject NodeId=\"ns=1;s=A\" BrowseName=\"1:A\"><References>\n"
        + "<Reference ReferenceType=\"i=62\">i=85</Reference></References></UAObject>", 6, "i=62", "no ReferenceType")]
    [TestCase("<UAObject NodeId=\"ns=1;s=A\" BrowseName=\"1:A\"><References>\n"
        + "<Reference ReferenceType=\"i=40\">i=85</Reference></References></UAObject>", 6, "i=85", "class Object")]
    [TestCase(
        "<UAObject NodeId=\"ns=1;s=A\" BrowseName=\"1:A\"><References>\n<Reference ReferenceType=\"i=35\">"
        + "ns=1;s=B</Reference></References></UAObject>", 6, "ns=2;s=A", "ns=2;s=B", "nowhere")]
    public void Node_ThatMakesNoSense_IsNamedWithItsLine(string body, int line, params string[] words)
    {
        var space = new AddressSpace();
        var (nodes, namespaces) = (space.Count, space.NamespaceArray.Count);
        var refusal = Assert.Throws<NodeSetException>(() => Load(body, space))!;
        Assert.That(refusal.Line, Is.EqualTo(line), refusal.Message);
        foreach (var word in words)
        {
            Assert.That(refusal.Message, Does.Contain(word));
        }

        Assert.That((space.Count, space.NamespaceArray.Count), Is.EqualTo((nodes, namespaces)), "something was added");
    }

    [TestCase("<t:Int32>1</t:Int32>", "no Double")]
    [TestCase("<t:Double>fast</t:Double>", "no Double")]
    [TestCase("<t:Speed>1</t:Speed>", "<Speed>")]
    [TestCase("<t:ListOfDouble/>", "value rank -1")]
    public void InitialValue_OfTheWrongType_IsRefused(string xml, string word) => Assert.That(
        () => ValueOf("DataType=\"Double\"", xml), Throws.TypeOf<NodeSetException>().With.Message.Contains(word));

    [Test]
    public void Document_WithADtd_IsRefused()
    {
        var bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><UANodeSet>&b;</UANodeSet>";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(bomb));
        Assert.That(() => new AddressSpace().LoadNodeSet(stream), Throws.TypeOf<NodeSetException>());
    }

    [TestCase("<UANodeSet", "well formed")]
    [TestCase("<html/>", "<html>")]
    public void Document_OfAnotherKind_IsRefused(string xml, string word)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        Assert.That(
            () => new AddressSpace().LoadNodeSet(stream),
            Throws.TypeOf<NodeSetException>().With.Message.Contains(word));
    }

    [Test]
    public void Document_LoadedTwice_IsRefused()
    {
        var space = Load(Line);
        Assert.That(() => Load(Line, space), Throws.TypeOf<NodeSetException>().With.Message.Contains("taken"));
    }
}
