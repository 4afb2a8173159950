namespace CoatLine.OpcUa.Tests;

/// <summary>Octets worked out by hand from OPC 10000-6 §5.2.2, many of them the standard's own examples.</summary>
[TestFixture]
internal sealed class GoldenBytesTests
{
    private static readonly Guid ExampleGuid = new("72962B91-FA75-4AE6-8D28-B404DC7DAF63");

    // §5.2.2.4: the example of the standard.
    [TestCase("水Boy", "06 00 00 00 E6 B0 B4 42 6F 79")]
    [TestCase("", "00 00 00 00")]
    [TestCase(null, "FF FF FF FF")]
    public void String_Written_IsLengthAndUtf8(string? text, string hex)
    {
        Assert.That(Wire.Hex(e => e.WriteString(text)), Is.EqualTo(hex));
        Assert.That(Wire.Read(hex, (ref UaDecoder d) => d.ReadString()), Is.EqualTo(text));
    }

    [Test]
    public void Numbers_Written_AreLittleEndian()
    {
        // §5.2.2.2 and §5.2.2.3: 1 000 000 000 and −6.5 are the standard's examples.
        Assert.That(Wire.Hex(e => e.WriteInt32(1_000_000_000)), Is.EqualTo("00 CA 9A 3B"));
        Assert.That(Wire.Hex(e => e.WriteFloat(-6.5f)), Is.EqualTo("00 00 D0 C0"));
        Assert.That(Wire.Hex(e => e.WriteDouble(1350.5)), Is.EqualTo("00 00 00 00 00 1A 95 40"));
        Assert.That(Wire.Hex(e => e.WriteUInt64(0x0123456789ABCDEF)), Is.EqualTo("EF CD AB 89 67 45 23 01"));
        Assert.That(Wire.Hex(e => e.WriteInt16(-2)), Is.EqualTo("FE FF"));
    }

    [Test]
    public void Guid_Written_HasMixedOrder()
    {
        // §5.2.2.6: the example of the standard.
        const string hex = "91 2B 96 72 75 FA E6 4A 8D 28 B4 04 DC 7D AF 63";
        Assert.That(Wire.Hex(e => e.WriteGuid(ExampleGuid)), Is.EqualTo(hex));
        Assert.That(Wire.Read(hex, (ref UaDecoder d) => d.ReadGuid()), Is.EqualTo(ExampleGuid));
    }

    [Test]
    public void DateTime_Written_CountsFrom1601()
    {
        // 145 731 days from 1601-01-01 to 2000-01-01, of 864 000 000 000 steps each.
        var millennium = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.That(145_731L * 864_000_000_000L, Is.EqualTo(0x01BF53EB256D4000L));
        Assert.That(Wire.Hex(e => e.WriteDateTime(millennium)), Is.EqualTo("00 40 6D 25 EB 53 BF 01"));
        Assert.That(
            Wire.Read("00 40 6D 25 EB 53 BF 01", (ref UaDecoder d) => d.ReadDateTime()), Is.EqualTo(millennium));
    }

    [Test]
    public void DateTime_AtTheEnds_IsClamped()
    {
        Assert.That(Wire.Hex(e => e.WriteDateTime(null)), Is.EqualTo("00 00 00 00 00 00 00 00"));
        Assert.That(Wire.Hex(e => e.WriteDateTime(DateTime.MinValue)), Is.EqualTo("00 00 00 00 00 00 00 00"));
        Assert.That(Wire.Hex(e => e.WriteDateTime(DateTime.MaxValue)), Is.EqualTo("FF FF FF FF FF FF FF 7F"));
        var last = Wire.Read("FF FF FF FF FF FF FF 7F", (ref UaDecoder d) => d.ReadDateTime());
        Assert.That(last, Is.EqualTo(DateTime.MaxValue));
        Assert.That(Wire.Read("00 00 00 00 00 00 00 80", (ref UaDecoder d) => d.ReadNullableDateTime()), Is.Null);
    }

    private static readonly object[] NodeIds =
    [
        new object[] { "i=72", "00 48" },
        new object[] { "ns=5;i=1025", "01 05 01 04" },
        new object[] { "i=256", "01 00 00 01" },
        new object[] { "ns=256;i=7", "02 00 01 07 00 00 00" },
        new object[] { "ns=1;i=65536", "02 01 00 00 00 01 00" },
        new object[] { "ns=1;s=Hot水", "03 01 00 06 00 00 00 48 6F 74 E6 B0 B4" },
        new object[]
        {
            "ns=2;g=72962b91-fa75-4ae6-8d28-b404dc7daf63",
            "04 02 00 91 2B 96 72 75 FA E6 4A 8D 28 B4 04 DC 7D AF 63",
        },
        new object[] { "ns=3;b=AQID", "05 03 00 03 00 00 00 01 02 03" },
    ];

    [TestCaseSource(nameof(NodeIds))]
    public void NodeId_Written_TakesTheShortestForm(string text, string hex)
    {
        var id = NodeId.Parse(text);
        Assert.That(Wire.Hex(e => e.WriteNodeId(id)), Is.EqualTo(hex));
        Assert.That(Wire.Read(hex, (ref UaDecoder d) => d.ReadNodeId()), Is.EqualTo(id));
        Assert.That(id.ToString(), Is.EqualTo(text));
    }

    [Test]
    public void ExpandedNodeId_WithUriAndServer_SetsBothFlags()
    {
        var id = new ExpandedNodeId(new NodeId(72), "urn:x", 3);
        const string hex = "C0 48 05 00 00 00 75 72 6E 3A 78 03 00 00 00";
        Assert.That(Wire.Hex(e => e.WriteExpandedNodeId(id)), Is.EqualTo(hex));
        Assert.That(Wire.Read(hex, (ref UaDecoder d) => d.ReadExpandedNodeId()), Is.EqualTo(id));
    }

    [Test]
    public void LocalizedText_WithoutLocale_WritesTextOnly()
    {
        Assert.That(
            Wire.Hex(e => e.WriteLocalizedText(LocalizedText.Of("mm"))), Is.EqualTo("02 02 00 00 00 6D 6D"));
        Assert.That(
            Wire.Hex(e => e.WriteLocalizedText(new LocalizedText("en", "mm"))),
            Is.EqualTo("03 02 00 00 00 65 6E 02 00 00 00 6D 6D"));
        Assert.That(Wire.Hex(e => e.WriteLocalizedText(default)), Is.EqualTo("00"));
    }

    [Test]
    public void QualifiedName_Written_IsIndexAndName() => Assert.That(
        Wire.Hex(e => e.WriteQualifiedName(new QualifiedName(2, "Id"))), Is.EqualTo("02 00 02 00 00 00 49 64"));

    [Test]
    public void XmlElement_Written_IsLengthAndUtf8() => Assert.That(
        Wire.Hex(e => e.WriteXmlElement("<A>Hot水</A>")),
        Is.EqualTo("0D 00 00 00 3C 41 3E 48 6F 74 E6 B0 B4 3C 2F 41 3E"));

    [Test]
    public void Variant_Array_HasFlagAndLength()
    {
        var value = Variant.Of([1, -1]);
        const string hex = "86 02 00 00 00 01 00 00 00 FF FF FF FF";
        Assert.That(Wire.Hex(e => e.WriteVariant(value)), Is.EqualTo(hex));
        Assert.That(Wire.Read(hex, (ref UaDecoder d) => d.ReadVariant()), Is.EqualTo(value));
    }

    [Test]
    public void Variant_Matrix_HasDimensionsAfterTheElements()
    {
        var value = Variant.OfArray(BuiltInType.UInt16, new ushort[] { 1, 2 }, [2, 1]);
        const string hex = "C5 02 00 00 00 01 00 02 00 02 00 00 00 02 00 00 00 01 00 00 00";
        Assert.That(Wire.Hex(e => e.WriteVariant(value)), Is.EqualTo(hex));
        Assert.That(Wire.Read(hex, (ref UaDecoder d) => d.ReadVariant()), Is.EqualTo(value));
    }

    [TestCase("00", BuiltInType.Null, false)]
    [TestCase("8B FF FF FF FF", BuiltInType.Double, true)]
    public void Variant_NullForms_KeepTypeAndShape(string hex, BuiltInType type, bool isArray)
    {
        var value = Wire.Read(hex, (ref UaDecoder d) => d.ReadVariant());
        Assert.That((value.Type, value.IsArray, value.Value), Is.EqualTo((type, isArray, (object?)null)));
        Assert.That(Wire.Hex(e => e.WriteVariant(value)), Is.EqualTo(hex));
    }

    [Test]
    public void Variant_OfReservedType_IsReadAsByteString()
    {
        var value = Wire.Read("1F 02 00 00 00 AA BB", (ref UaDecoder d) => d.ReadVariant());
        Assert.That(value, Is.EqualTo(Variant.Of(new byte[] { 0xAA, 0xBB })));
    }

    [Test]
    public void DataValue_WithEverything_FollowsTheMaskOrder()
    {
        var time = new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1);
        var value = new DataValue(Variant.Of(true), StatusCodes.BadSensorFailure, time, time.AddTicks(1))
        {
            SourcePicoseconds = 7,
            ServerPicoseconds = 9,
        };
        const string hex =
            "3F 01 01 00 00 8C 80 01 00 00 00 00 00 00 00 07 00 02 00 00 00 00 00 00 00 09 00";
        Assert.That(Wire.Hex(e => e.WriteDataValue(value)), Is.EqualTo(hex));
        Assert.That(Wire.Read(hex, (ref UaDecoder d) => d.ReadDataValue()), Is.EqualTo(value));
    }

    [Test]
    public void DataValue_WithoutStatus_IsGood()
    {
        var value = Wire.Read("01 06 05 00 00 00", (ref UaDecoder d) => d.ReadDataValue());
        Assert.That(value, Is.EqualTo(new DataValue(Variant.Of(5))));
        Assert.That(value.Status.IsGood);
    }

    [Test]
    public void DiagnosticInfo_Written_PutsLocaleBeforeText()
    {
        var value = new DiagnosticInfo { Locale = 1, LocalizedText = 2 };
        Assert.That(Wire.Hex(e => e.WriteDiagnosticInfo(value)), Is.EqualTo("0C 01 00 00 00 02 00 00 00"));
    }

    [Test]
    public void ExtensionObject_OfKnownType_ComesDecoded()
    {
        // Range is i=886 = 0x0376 in its binary encoding; low 0, high 1.
        const string hex = "01 00 76 03 01 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 F0 3F";
        Assert.That(Wire.Hex(e => e.WriteExtensionObject(new UaRange(0, 1))), Is.EqualTo(hex));
        var value = Wire.Read(hex, (ref UaDecoder d) => d.ReadExtensionObject());
        Assert.That(value.Structure, Is.EqualTo(new UaRange(0, 1)));
    }

    [Test]
    public void ExtensionObject_OfUnknownType_KeepsItsOctets()
    {
        const string hex = "01 02 01 04 01 03 00 00 00 AA BB CC";
        var value = Wire.Read(hex, (ref UaDecoder d) => d.ReadExtensionObject());
        Assert.That(value.Body, Is.EqualTo(new byte[] { 0xAA, 0xBB, 0xCC }));
        Assert.That(Wire.Hex(e => e.WriteExtensionObject(value)), Is.EqualTo(hex));
    }

    [Test]
    public void ExtensionObject_OfNewerVersion_IgnoresFieldsAtItsEnd()
    {
        const string hex = "01 00 76 03 01 11 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 F0 3F 99";
        var value = Wire.Read(hex, (ref UaDecoder d) => d.ReadExtensionObject());
        Assert.That(value.Structure, Is.EqualTo(new UaRange(0, 1)));
    }
}
