using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CoatLine.Domain.Events;

/// <summary>
/// The canonical byte form of an event and its hash, version 1. A change of this layout is a new domain tag.
/// <code>
/// +----------------------+---------+-----------+---------+-----------+-------------+---------+
/// | "coatline.event.v1\0"| u16 len | line UTF-8| u64 seq | prev hash | u32 length  | payload |
/// |       18 bytes       |   BE    |  len bytes|   BE    | 32 bytes  |     BE      |  bytes  |
/// +----------------------+---------+-----------+---------+-----------+-------------+---------+
/// hash = SHA-256 over all of it
/// </code>
/// </summary>
public static class EventChain
{
    /// <summary>The largest payload, in bytes, inclusive (1 MiB).</summary>
    public const int MaxPayloadBytes = 1 << 20;

    private const int MaxHeadBytes = 18 + 2 + LineId.MaxLength + 8 + ChainHash.Length + 4;

    /// <summary>Room for a payload of usual length.</summary>
    private const int MostOnStack = 2048;

    private static ReadOnlySpan<byte> DomainTag => "coatline.event.v1\0"u8;

    /// <summary>Computes the hash of an event. Pure and thread-safe.</summary>
    /// <exception cref="ArgumentOutOfRangeException">seq is below 1, or the payload is above its limit.</exception>
    public static ChainHash Hash(LineId line, long seq, ChainHash previous, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seq, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxPayloadBytes, nameof(payload));
        int length = MaxHeadBytes + payload.Length;
        byte[]? rented = length > MostOnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> form = rented ?? stackalloc byte[MostOnStack];
        DomainTag.CopyTo(form);
        int at = DomainTag.Length;
        int lineBytes = Encoding.UTF8.GetBytes(line.Value, form[(at + 2)..]);
        BinaryPrimitives.WriteUInt16BigEndian(form[at..], (ushort)lineBytes);
        at += 2 + lineBytes;
        BinaryPrimitives.WriteUInt64BigEndian(form[at..], (ulong)seq);
        at += 8;
        previous.Span.CopyTo(form[at..]);
        at += ChainHash.Length;
        BinaryPrimitives.WriteUInt32BigEndian(form[at..], (uint)payload.Length);
        at += 4;
        payload.CopyTo(form[at..]);

        Span<byte> hash = stackalloc byte[ChainHash.Length];
        SHA256.HashData(form[..(at + payload.Length)], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return ChainHash.FromBytes(hash);
    }
}
