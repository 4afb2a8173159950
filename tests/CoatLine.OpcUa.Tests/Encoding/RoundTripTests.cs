namespace CoatLine.OpcUa.Tests;

[TestFixture]
internal sealed class RoundTripTests
{
    private const int Count = 3000;

    [Test]
    public void NodeId_RoundTrips_OnTheWireAndAsText()
    {
        foreach (var id in Cases.Of(Cases.NodeIds, Count))
        {
            var octets = Wire.Bytes(e => e.WriteNodeId(id));
            Assert.That(Wire.Read(octets, (ref UaDecoder d) => d.ReadNodeId()), Is.EqualTo(id));
            Assert.That(NodeId.Parse(id.ToString()), Is.EqualTo(id));
        }
    }

    [Test]
    public void ExpandedNodeId_RoundTrips()
    {
        foreach (var id in Cases.Of(Cases.ExpandedNodeIds, Count))
        {
            var octets = Wire.Bytes(e => e.WriteExpandedNodeId(id));
            Assert.That(Wire.Read(octets, (ref UaDecoder d) => d.ReadExpandedNodeId()), Is.EqualTo(id));
        }
    }

    [Test]
    public void Variant_RoundTrips()
    {
        foreach (var value in Cases.Of(Cases.Variants, Count))
        {
            var octets = Wire.Bytes(e => e.WriteVariant(value));
            var read = Wire.Read(octets, (ref UaDecoder d) => d.ReadVariant());
            Assert.That(read == value, $"{value.Type} {Convert.ToHexString(octets)}");
            Assert.That(read.GetHashCode(), Is.EqualTo(value.GetHashCode()));
        }
    }

    [Test]
    public void DataValue_RoundTrips()
    {
        foreach (var value in Cases.Of(Cases.DataValues, Count))
        {
            var octets = Wire.Bytes(e => e.WriteDataValue(value));
            Assert.That(Wire.Read(octets, (ref UaDecoder d) => d.ReadDataValue()), Is.EqualTo(value));
        }
    }

    [Test]
    public void DiagnosticInfo_RoundTrips()
    {
        foreach (var value in Cases.Of(Cases.Diagnostics, Count))
        {
            var octets = Wire.Bytes(e => e.WriteDiagnosticInfo(value));
            Assert.That(Wire.Read(octets, (ref UaDecoder d) => d.ReadDiagnosticInfo()), Is.EqualTo(value));
        }
    }

    [Test]
    public void Variant_CutAnywhere_IsADecodingError()
    {
        foreach (var value in Cases.Of(Cases.Variants, 60))
        {
            var octets = Wire.Bytes(e => e.WriteVariant(value));
            for (var length = 0; length < octets.Length; length++)
            {
                var cut = octets[..length];
                Assert.That(
                    () => Wire.Read(cut, (ref UaDecoder d) => d.ReadVariant()),
                    Throws.InstanceOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadDecodingError));
            }
        }
    }

    [Test]
    public void Variant_WithOneOctetChanged_ReadsOrIsRefused()
    {
        foreach (var value in Cases.Of(Cases.Variants, 60))
        {
            var octets = Wire.Bytes(e => e.WriteVariant(value));
            for (var at = 0; at < octets.Length; at++)
            {
                var changed = (byte[])octets.Clone();
                changed[at] ^= 0x85;
                // Anything but a UaException, such as an OutOfMemoryException, fails the test.
                try
                {
                    var decoder = new UaDecoder(changed);
                    decoder.ReadVariant();
                }
                catch (UaException e)
                {
                    Assert.That(e.Status.IsBad);
                }
            }
        }
    }
}
