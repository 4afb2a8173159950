using System.Buffers.Binary;
using System.Text;

namespace CoatLine.OpcUa.Transport;

/// <summary>The three ASCII letters that begin every frame (OPC 10000-6 §7.1.2.2 and §6.7.2.2), as they lie on the
/// wire read as a little-endian number with the fourth byte zero.</summary>
internal enum MessageType : uint
{
    Hello = 'H' | ('E' << 8) | ('L' << 16),
    Acknowledge = 'A' | ('C' << 8) | ('K' << 16),
    Error = 'E' | ('R' << 8) | ('R' << 16),
    OpenChannel = 'O' | ('P' << 8) | ('N' << 16),
    Message = 'M' | ('S' << 8) | ('G' << 16),
    CloseChannel = 'C' | ('L' << 8) | ('O' << 16),
}

/// <summary>The fourth byte of a frame (OPC 10000-6 §6.7.2.2).</summary>
internal enum ChunkType : byte
{
    Final = (byte)'F',
    Intermediate = (byte)'C',
    Abort = (byte)'A',
}

/// <summary>The first eight bytes of every frame, before any security header.
/// <code>
/// +-------------------+-------+-----------------------+
/// | "MSG" (3 bytes)   | F/C/A | size, UInt32, with    |
/// |                   |       | these eight bytes     |
/// +-------------------+-------+-----------------------+
/// </code></summary>
internal readonly record struct ChunkHeader(MessageType Type, ChunkType Chunk, uint Size)
{
    public const int Length = 8;

    public static ChunkHeader Read(ReadOnlySpan<byte> bytes)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return new ChunkHeader(
            (MessageType)(word & 0x00FF_FFFF),
            (ChunkType)(word >> 24),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
    }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Type | ((uint)Chunk << 24));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Size);
    }

    /// <summary>True for the letters and chunk bytes that the standard knows; only OPN, MSG and CLO can be other
    /// than final, and of these only MSG is ever chunked or aborted.</summary>
    public bool IsKnown => Type switch
    {
        MessageType.Message => Chunk is ChunkType.Final or ChunkType.Intermediate or ChunkType.Abort,
        MessageType.Hello or MessageType.Acknowledge or MessageType.Error
            or MessageType.OpenChannel or MessageType.CloseChannel => Chunk is ChunkType.Final,
        _ => false,
    };

    /// <summary>The first bytes of a frame as a person can read them, for messages about a peer that speaks
    /// something else.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes[..Math.Min(bytes.Length, 16)])
        {
            text.Append(b is >= 0x20 and < 0x7F ? (char)b : '.');
        }

        return text.ToString();
    }
}
