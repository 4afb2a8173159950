using System.Buffers.Binary;
using System.Text;

namespace CoatLine.OpcUa;

/// <summary>
/// Reads UA Binary (OPC 10000-6 §5.2) from one whole message. Every read throws <see cref="UaException"/> with
/// BadDecodingError when the octets end too soon or make no sense, and BadEncodingLimitsExceeded when a limit is
/// passed; no length from the wire is allocated before both checks.
/// </summary>
public ref partial struct UaDecoder
{
    private readonly ReadOnlySpan<byte> _octets;
    private readonly UaLimits _limits;
    private int _depth;

    // Octets that the elements still to come of the arrays around need at least. They are spoken for: without this an
    // array inside an array inside an array could each claim the same octets, and all be allocated.
    private int _reserved;

    /// <summary>A decoder at the start of the octets.</summary>
    /// <param name="octets">The message; it must stay unchanged while it is read.</param>
    /// <param name="limits">Bounds of the message; null for <see cref="UaLimits.Default"/>.</param>
    public UaDecoder(ReadOnlySpan<byte> octets, UaLimits? limits = null)
    {
        _octets = octets;
        _limits = limits ?? UaLimits.Default;
    }

    /// <summary>Offset of the next octet.</summary>
    public int Position { readonly get; private set; }

    /// <summary>Octets not read yet.</summary>
    public readonly int Remaining => _octets.Length - Position;

    private readonly int Unclaimed => Remaining - _reserved;

    /// <summary>Takes octets as they are.</summary>
    public ReadOnlySpan<byte> ReadRaw(int octets)
    {
        if ((uint)octets > (uint)Unclaimed)
        {
            throw new UaException(
                StatusCodes.BadDecodingError,
                $"The message ends after {_octets.Length} octets where {octets} more are needed at {Position}");
        }

        var span = _octets.Slice(Position, octets);
        Position += octets;
        return span;
    }

    /// <summary>One octet; anything but 0 is true (§5.2.2.1).</summary>
    public bool ReadBoolean() => ReadRaw(1)[0] != 0;

    /// <summary>One octet.</summary>
    public sbyte ReadSByte() => (sbyte)ReadRaw(1)[0];

    /// <summary>One octet.</summary>
    public byte ReadByte() => ReadRaw(1)[0];

    /// <summary>Two octets.</summary>
    public short ReadInt16() => BinaryPrimitives.ReadInt16LittleEndian(ReadRaw(2));

    /// <summary>Two octets.</summary>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadRaw(2));

    /// <summary>Four octets.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadRaw(4));

    /// <summary>Four octets.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadRaw(4));

    /// <summary>Eight octets.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadRaw(8));

    /// <summary>Eight octets.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadRaw(8));

    /// <summary>Four octets, IEEE 754.</summary>
    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(ReadRaw(4));

    /// <summary>Eight octets, IEEE 754.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(ReadRaw(8));

    /// <summary>A string; null for length −1. Octets that are not UTF-8 become U+FFFD (§5.2.2.4).</summary>
    public string? ReadString()
    {
        var octets = ReadBlob(_limits.MaxStringOctets, out var isNull);
        return isNull ? null : Encoding.UTF8.GetString(octets);
    }

    /// <summary>An instant in UTC; <see cref="DateTime.MinValue"/> for the null time (§5.2.2.5).</summary>
    public DateTime ReadDateTime() => UaTime.FromWire(ReadInt64());

    /// <summary>An instant in UTC; null for the null time.</summary>
    public DateTime? ReadNullableDateTime() => ReadInt64() is > 0 and var steps ? UaTime.FromWire(steps) : null;

    /// <summary>16 octets in the mixed order of §5.2.2.6.</summary>
    public Guid ReadGuid() => new(ReadRaw(16));

    /// <summary>Octets, copied; null for length −1 (§5.2.2.7).</summary>
    public byte[]? ReadByteString()
    {
        var octets = ReadBlob(_limits.MaxByteStringOctets, out var isNull);
        return isNull ? null : octets.ToArray();
    }

    /// <summary>An XML fragment as text; null for length −1 (§5.2.2.8).</summary>
    public string? ReadXmlElement() => ReadString();

    /// <summary>The 32 bits (§5.2.2.11).</summary>
    public StatusCode ReadStatusCode() => new(ReadUInt32());

    /// <summary>
    /// Reads the number of elements of an array; −1 for null. The number is checked against the limit and against the
    /// octets left, of which each element needs at least <paramref name="minElementOctets"/>.
    /// </summary>
    public int ReadLength(int minElementOctets)
    {
        var length = ReadInt32();
        if (length < 0)
        {
            return -1;
        }

        if (length > _limits.MaxArrayElements)
        {
            throw LimitExceeded($"An array of {length} elements is over the limit of {_limits.MaxArrayElements}");
        }

        if ((long)length * minElementOctets > Unclaimed)
        {
            throw new UaException(
                StatusCodes.BadDecodingError, $"An array of {length} elements does not fit into {Unclaimed} octets");
        }

        return length;
    }

    private ReadOnlySpan<byte> ReadBlob(int limit, out bool isNull)
    {
        var length = ReadInt32();
        isNull = length < 0;
        if (isNull)
        {
            return default;
        }

        if (length > limit)
        {
            throw LimitExceeded($"{length} octets are over the limit of {limit}");
        }

        return ReadRaw(length);
    }

    private void Enter()
    {
        if (++_depth > _limits.MaxDepth)
        {
            throw LimitExceeded($"Values are nested deeper than {_limits.MaxDepth}");
        }
    }

    private void Leave() => _depth--;

    private static UaException LimitExceeded(string message) => new(StatusCodes.BadEncodingLimitsExceeded, message);
}
