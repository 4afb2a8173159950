using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CoatLine.Domain.Events;

/// <summary>
/// Makes UUIDv7 event ids (RFC 9562 §5.7) that only rise: 48 bits of milliseconds, then 74 bits that are drawn anew
/// for a new millisecond and counted up by a random step inside one (§6.2 method 2). A clock that stands still or
/// steps back never makes an id smaller. Thread-safe.
/// </summary>
public sealed class EventIdSource
{
    private const int TailBits = 74;

    private static readonly UInt128 TailLimit = UInt128.One << TailBits;

    private readonly Lock _gate = new();
    private readonly Action<byte[]> _fill;
    private readonly byte[] _random = new byte[16];
    private long _milliseconds = -1;
    private UInt128 _tail;

    private EventIdSource(Action<byte[]> fill) => _fill = fill;

    /// <summary>A source for production, drawing from the operating system's generator.</summary>
    public static EventIdSource Secure() => new(static bytes => RandomNumberGenerator.Fill(bytes));

    /// <summary>A source that gives the same ids for the same seed and times: for tests and simulation only.</summary>
    public static EventIdSource Seeded(int seed) => new(new Random(seed).NextBytes);

    /// <summary>The next id, 36 lower-case characters, greater than every id before it.</summary>
    /// <param name="now">The current time; 1970 to 10889.</param>
    public string Next(DateTimeOffset now)
    {
        lock (_gate)
        {
            _fill(_random);
            UInt128 drawn = BinaryPrimitives.ReadUInt128BigEndian(_random);
            long milliseconds = now.ToUnixTimeMilliseconds();
            if (milliseconds > _milliseconds)
            {
                _milliseconds = milliseconds;

                // The upper half of the range is left free for counting up.
                _tail = drawn >> (128 - TailBits + 1);
            }
            else
            {
                _tail += 1 + (drawn & uint.MaxValue);
                if (_tail >= TailLimit)
                {
                    _milliseconds++;
                    _tail = drawn >> (128 - TailBits + 1);
                }
            }

            return Compose(_milliseconds, _tail);
        }
    }

    private static string Compose(long milliseconds, UInt128 tail)
    {
        ulong randA = (ulong)(tail >> 62) & 0xFFF;
        ulong randB = (ulong)tail & 0x3FFF_FFFF_FFFF_FFFF;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)milliseconds << 16) | 0x7000 | randA);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | randB);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
