using System.Buffers.Binary;
using System.Text;

namespace CoatLine.OpcUa.Transport;

/// <summary>The security header of OPN frames (OPC 10000-6 §6.7.2.3), behind the eight bytes of
/// <see cref="ChunkHeader"/>.
/// <code>
/// | channel id | policy URI length + bytes | certificate length + bytes | thumbprint length + bytes |
/// </code>
/// Lengths are Int32, -1 for none.</summary>
internal readonly record struct AsymmetricHeader(
    uint ChannelId, string PolicyUri, ReadOnlyMemory<byte> SenderCertificate, ReadOnlyMemory<byte> ReceiverThumbprint)
{
    /// <summary>Longest policy URI in bytes (§6.7.2.3).</summary>
    private const int LongestUri = 255;

    /// <summary>Longest certificate, with its chain, in bytes.</summary>
    private const int LongestCertificate = 32_768;

    private const int LongestThumbprint = 20;

    /// <summary>Reads the header of an OPN frame and says where the sequence header begins.</summary>
    public static AsymmetricHeader Read(ReadOnlyMemory<byte> chunk, out int length)
    {
        var at = ChunkHeader.Length;
        if (chunk.Length < at + 4)
        {
            throw Short();
        }

        var channelId = BinaryPrimitives.ReadUInt32LittleEndian(chunk.Span[at..]);
        at += 4;
        var uri = Field(chunk, ref at, LongestUri, "security policy URI");
        var certificate = Field(chunk, ref at, LongestCertificate, "sender certificate");
        var thumbprint = Field(chunk, ref at, LongestThumbprint, "receiver thumbprint");
        length = at;
        return new AsymmetricHeader(channelId, Encoding.UTF8.GetString(uri.Span), certificate, thumbprint);
    }

    /// <summary>Writes the header behind the first eight bytes and returns where the sequence header begins.</summary>
    public int Write(Span<byte> chunk)
    {
        var at = ChunkHeader.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[at..], ChannelId);
        at += 4;
        Put(chunk, ref at, Encoding.UTF8.GetBytes(PolicyUri));
        Put(chunk, ref at, SenderCertificate.Span);
        Put(chunk, ref at, ReceiverThumbprint.Span);
        return at;
    }

    private static void Put(Span<byte> chunk, ref int at, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(chunk[at..], bytes.IsEmpty ? -1 : bytes.Length);
        bytes.CopyTo(chunk[(at + 4)..]);
        at += 4 + bytes.Length;
    }

    private static ReadOnlyMemory<byte> Field(ReadOnlyMemory<byte> chunk, ref int at, int longest, string name)
    {
        if (chunk.Length < at + 4)
        {
            throw Short();
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(chunk.Span[at..]);
        at += 4;
        if (length <= 0)
        {
            return default;
        }

        if (length > longest || length > chunk.Length - at)
        {
            throw new UaException(
                StatusCodes.BadDecodingError, $"OPN carries a {name} of {length} bytes; {longest} is the limit");
        }

        at += length;
        return chunk.Slice(at - length, length);
    }

    private static UaException Short() => new(StatusCodes.BadDecodingError, "OPN ends inside its security header");
}
