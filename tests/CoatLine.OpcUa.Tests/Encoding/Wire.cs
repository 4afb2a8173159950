namespace CoatLine.OpcUa.Tests;

/// <summary>Octets as hex text, and back.</summary>
internal static class Wire
{
    public delegate T Reader<T>(ref UaDecoder decoder);

    /// <summary>What the writer wrote, as upper-case hex with blanks.</summary>
    public static string Hex(Action<UaEncoder> write) => Convert.ToHexString(Bytes(write)).Spaced();

    public static byte[] Bytes(Action<UaEncoder> write)
    {
        using var encoder = new UaEncoder();
        write(encoder);
        return encoder.WrittenSpan.ToArray();
    }

    /// <summary>Reads hex text; every octet must be used.</summary>
    public static T Read<T>(string hex, Reader<T> read, UaLimits? limits = null) => Read(FromHex(hex), read, limits);

    public static T Read<T>(byte[] octets, Reader<T> read, UaLimits? limits = null)
    {
        var decoder = new UaDecoder(octets, limits);
        var value = read(ref decoder);
        Assert.That(decoder.Remaining, Is.Zero, "octets left over");
        return value;
    }

    public static byte[] FromHex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Spaced(this string hex) =>
        string.Join(' ', Enumerable.Range(0, hex.Length / 2).Select(i => hex.Substring(2 * i, 2)));
}
