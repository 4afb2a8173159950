using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CoatLine.OpcUa;

/// <summary>
/// Writes UA Binary (OPC 10000-6 §5.2), little-endian, into a pooled buffer that grows. Not thread safe. Dispose it to
/// give the buffer back; spans taken from it are invalid after that and after the next write.
/// </summary>
public sealed partial class UaEncoder : IDisposable
{
    private const int FirstBufferOctets = 1024;
    private readonly UaLimits _limits;
    private byte[] _buffer;
    private int _usable;
    private int _depth;

    /// <summary>An empty encoder.</summary>
    /// <param name="limits">Bounds of the message; null for <see cref="UaLimits.Default"/>.</param>
    public UaEncoder(UaLimits? limits = null)
    {
        _limits = limits ?? UaLimits.Default;
        _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferOctets);
        _usable = Math.Min(_buffer.Length, _limits.MaxMessageOctets);
    }

    /// <summary>Octets written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Length);

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Reset()
    {
        Length = 0;
        _depth = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _usable = 0;
        Length = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes octets as they are, without a length.</summary>
    public void WriteRaw(ReadOnlySpan<byte> octets) => octets.CopyTo(Take(octets.Length));

    /// <summary>Leaves room for octets that are filled in later, and gives their offset.</summary>
    public int Reserve(int octets)
    {
        var offset = Length;
        Take(octets).Clear();
        return offset;
    }

    /// <summary>Overwrites four octets at an offset that <see cref="Reserve"/> gave.</summary>
    public void PatchUInt32(int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(offset, sizeof(uint)), value);

    /// <summary>One octet, 1 or 0 (§5.2.2.1).</summary>
    public void WriteBoolean(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>One octet.</summary>
    public void WriteSByte(sbyte value) => Take(1)[0] = (byte)value;

    /// <summary>One octet.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Two octets.</summary>
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Take(2), value);

    /// <summary>Two octets.</summary>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    /// <summary>Four octets.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    /// <summary>Four octets.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    /// <summary>Eight octets.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>Eight octets.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Four octets, IEEE 754 (§5.2.2.3).</summary>
    public void WriteFloat(float value) => BinaryPrimitives.WriteSingleLittleEndian(Take(4), value);

    /// <summary>Eight octets, IEEE 754 (§5.2.2.3).</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    /// <summary>Length in octets, then UTF-8; null is length −1 (§5.2.2.4).</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        var octets = Encoding.UTF8.GetByteCount(value);
        WriteInt32(octets);
        Encoding.UTF8.GetBytes(value, Take(octets));
    }

    /// <summary>
    /// 100 ns since 1601 (§5.2.2.5). Earlier times, and null, are written as 0; the last second of the year 9999 and
    /// later as the greatest number.
    /// </summary>
    public void WriteDateTime(DateTime? value) => WriteInt64(UaTime.ToWire(value));

    /// <summary>16 octets in the mixed order of §5.2.2.6.</summary>
    public void WriteGuid(Guid value) => value.TryWriteBytes(Take(16));

    /// <summary>Length, then the octets; null is length −1 (§5.2.2.7).</summary>
    public void WriteByteString(byte[]? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        WriteByteString(value.AsSpan());
    }

    /// <summary>Length, then the octets; never null.</summary>
    public void WriteByteString(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        WriteRaw(value);
    }

    /// <summary>An XML fragment, written as a string is (§5.2.2.8).</summary>
    public void WriteXmlElement(string? value) => WriteString(value);

    /// <summary>The 32 bits (§5.2.2.11).</summary>
    public void WriteStatusCode(StatusCode value) => WriteUInt32(value.Code);

    private Span<byte> Take(int octets)
    {
        var end = Length + octets;
        if (end > _usable || end < 0)
        {
            Grow(octets);
        }

        var span = _buffer.AsSpan(Length, octets);
        Length = end;
        return span;
    }

    private void Grow(int octets)
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        var needed = (long)Length + octets;
        if (needed > _limits.MaxMessageOctets)
        {
            throw new UaException(
                StatusCodes.BadEncodingLimitsExceeded,
                $"The message is longer than the limit of {_limits.MaxMessageOctets} octets");
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(needed, Math.Min(2L * _buffer.Length, Array.MaxLength)));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;

        // The pool gives more than was asked for, which is not to stretch the limit.
        _usable = Math.Min(larger.Length, _limits.MaxMessageOctets);
    }

    private void Enter()
    {
        if (++_depth > _limits.MaxDepth)
        {
            throw new UaException(
                StatusCodes.BadEncodingLimitsExceeded, $"Values are nested deeper than {_limits.MaxDepth}");
        }
    }

    private void Leave() => _depth--;
}
