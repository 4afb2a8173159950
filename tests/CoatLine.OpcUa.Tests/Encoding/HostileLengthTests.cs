namespace CoatLine.OpcUa.Tests;

/// <summary>A few octets that claim a lot: nothing may be allocated for the claim.</summary>
[TestFixture]
internal sealed class HostileLengthTests
{
    // Far below what any of the claimed lengths would take, far above an exception with its stack trace.
    private const long MostOctetsAllocated = 1 << 20;

    [TestCase("FF FF FF 7F 41", "BadEncodingLimitsExceeded")]
    [TestCase("00 00 10 00 41", "BadDecodingError")]
    public void String_WithHugeLength_IsRefused(string hex, string status) =>
        AssertRefused(hex, (ref UaDecoder d) => d.ReadString(), status);

    [TestCase("FF FF FF 7F 41", "BadEncodingLimitsExceeded")]
    [TestCase("00 00 40 00 41", "BadDecodingError")]
    public void ByteString_WithHugeLength_IsRefused(string hex, string status) =>
        AssertRefused(hex, (ref UaDecoder d) => d.ReadByteString(), status);

    [TestCase("8B FF FF FF 7F 00", "BadEncodingLimitsExceeded", TestName = "Variant_WithHugeArray_IsRefused")]
    [TestCase("8B 00 00 04 00 00", "BadDecodingError", TestName = "Variant_WithArrayOverItsOctets_IsRefused")]
    [TestCase("83 00 00 04 00 00", "BadDecodingError", TestName = "Variant_WithByteArrayOverItsOctets_IsRefused")]
    [TestCase("98 00 00 04 00 00", "BadDecodingError", TestName = "Variant_WithVariantsOverItsOctets_IsRefused")]
    [TestCase("97 00 00 04 00 00", "BadDecodingError", TestName = "Variant_WithValuesOverItsOctets_IsRefused")]
    [TestCase("C6 00 00 00 00 FF FF FF 7F", "BadEncodingLimitsExceeded", TestName = "Variant_WithHugeRank_IsRefused")]
    [TestCase(
        "C6 01 00 00 00 07 00 00 00 02 00 00 00 00 00 01 00 00 00 01 00",
        "BadDecodingError",
        TestName = "Variant_WhoseDimensionsOverflow_IsRefused")]
    [TestCase(
        "C6 01 00 00 00 07 00 00 00 02 00 00 00 FF FF FF FF FF FF FF FF",
        "BadDecodingError",
        TestName = "Variant_WithNegativeDimensions_IsRefused")]
    [TestCase("46 01 00 00 00", "BadDecodingError", TestName = "Variant_WithDimensionsOfAScalar_IsRefused")]
    [TestCase("80 00 00 00 00", "BadDecodingError", TestName = "Variant_WithArrayOfNull_IsRefused")]
    [TestCase("18 06 00 00 00 00", "BadDecodingError", TestName = "Variant_WithSingleVariant_IsRefused")]
    [TestCase("20 00", "BadDecodingError", TestName = "Variant_OfUnknownType_IsRefused")]
    public void Variant_ThatMakesNoSense_IsRefused(string hex, string status) =>
        AssertRefused(hex, (ref UaDecoder d) => d.ReadVariant(), status);

    [TestCase("06 00", TestName = "NodeId_OfUnknownForm_IsRefused")]
    [TestCase("80 48", TestName = "NodeId_WithNamespaceUri_IsRefused")]
    public void NodeId_ThatMakesNoSense_IsRefused(string hex) =>
        AssertRefused(hex, (ref UaDecoder d) => d.ReadNodeId(), "BadDecodingError");

    [Test]
    public void ExtensionObject_WhoseBodyIsTooShort_IsRefused() => AssertRefused(
        "01 00 76 03 01 08 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 F0 3F",
        (ref UaDecoder d) => d.ReadExtensionObject(),
        "BadDecodingError");

    [Test]
    public void Variant_NestedToTheLimit_IsReadAndOneDeeperIsNot()
    {
        Assert.That(Wire.Read(Nested(99), (ref UaDecoder d) => d.ReadVariant()).IsArray);
        AssertRefused(
            Convert.ToHexString(Nested(100)), (ref UaDecoder d) => d.ReadVariant(), "BadEncodingLimitsExceeded");
    }

    [Test]
    public void Variant_OfArraysThatEachClaimTheSameOctets_IsRefusedBeforeTheyAreAllocated()
    {
        // Ninety arrays inside each other, and every one claims all the octets that follow.
        var octets = new byte[10_000];
        for (var level = 0; level < 90; level++)
        {
            octets[level * 5] = 0x98;
            BitConverter.TryWriteBytes(octets.AsSpan((level * 5) + 1), octets.Length - ((level + 1) * 5));
        }

        AssertRefused(Convert.ToHexString(octets), (ref UaDecoder d) => d.ReadVariant(), "BadDecodingError");
    }

    [Test]
    public void Variant_NestedDeeperThanTheLimit_IsNotWritten()
    {
        var value = Variant.Of(1);
        for (var i = 0; i < 100; i++)
        {
            value = Variant.Of([value]);
        }

        Assert.That(
            () => Wire.Bytes(e => e.WriteVariant(value)),
            Throws.InstanceOf<UaException>()
                .With.Property("Status").EqualTo(StatusCodes.BadEncodingLimitsExceeded));
    }

    [Test]
    public void DiagnosticInfo_NestedWithoutEnd_IsRefused() => AssertRefused(
        string.Concat(Enumerable.Repeat("40", 200_000)) + "00",
        (ref UaDecoder d) => d.ReadDiagnosticInfo(),
        "BadEncodingLimitsExceeded");

    [Test]
    public void Message_LongerThanTheLimit_IsNotWritten()
    {
        using var encoder = new UaEncoder(new UaLimits { MaxMessageOctets = 10_000 });
        encoder.WriteByteString(new byte[9_996]);
        Assert.That(
            () => encoder.WriteByte(0),
            Throws.InstanceOf<UaException>()
                .With.Property("Status").EqualTo(StatusCodes.BadEncodingLimitsExceeded));
    }

    // Arrays of one Variant each, around an Int32.
    private static byte[] Nested(int arrays) =>
    [
        .. Enumerable.Repeat(new byte[] { 0x98, 1, 0, 0, 0 }, arrays).SelectMany(b => b),
        0x06, 5, 0, 0, 0,
    ];

    private static void AssertRefused<T>(string hex, Wire.Reader<T> read, string status)
    {
        var octets = Wire.FromHex(hex);
        var before = GC.GetAllocatedBytesForCurrentThread();
        UaException? refusal = null;
        try
        {
            var decoder = new UaDecoder(octets);
            read(ref decoder);
        }
        catch (UaException e)
        {
            refusal = e;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(refusal?.Status.ToString(), Is.EqualTo(status));
        Assert.That(allocated, Is.LessThan(MostOctetsAllocated));
    }
}
