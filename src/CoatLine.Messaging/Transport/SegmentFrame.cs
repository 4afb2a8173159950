using System.Buffers.Binary;
using System.Text;
using CoatLine.Ledger;
using CoatLine.Messaging.Contracts;

namespace CoatLine.Messaging;

/// <summary>
/// The bytes of a <see cref="LedgerSegment"/> on the wire, version 1; all numbers big-endian. Payload bytes are those
/// of the journal. A change of this layout is a new version number.
/// <code>
/// +-------+----------+---------+-----------+----------+--------+-----------+-------------+
/// | "CLS" | version  | u8 len  | first seq | round    | prev   | u16 count | count times |
/// |       | u8 = 1   | + line  | i64       | i64      | hash   |           | an event    |
/// +-------+----------+---------+-----------+----------+--------+-----------+-------------+
/// event: i64 time (100 ns since year 1, UTC), u16 len + id, u16 len + type, u16 len + batch, 32 hash,
///        i32 len + payload
/// </code>
/// </summary>
internal static class SegmentFrame
{
    public const byte Version = 1;

    /// <summary>The largest frame that is read, bytes: the largest segment, and room for its names.</summary>
    public const int MaxBytes = SegmentCodec.MaxSegmentBytes + (1 << 20);

    private const int HashBytes = 32;

    private static ReadOnlySpan<byte> Tag => "CLS"u8;

    public static byte[] Write(LedgerSegment segment)
    {
        byte[] frame = new byte[Length(segment)];
        var stream = new FrameWriter(frame);
        stream.Bytes(Tag);
        stream.Byte(Version);
        stream.Byte((byte)Encoding.UTF8.GetByteCount(segment.Line));
        stream.Bytes(Encoding.UTF8.GetBytes(segment.Line));
        stream.Long(segment.FirstSeq);
        stream.Long(segment.Round);
        stream.Hash(segment.PreviousHash);
        stream.Short(segment.Events.Count);
        foreach (SegmentEvent e in segment.Events)
        {
            stream.Long(e.Time.UtcTicks);
            stream.Text(e.Id);
            stream.Text(e.Type);
            stream.Text(e.Batch);
            stream.Hash(e.Hash);
            stream.Int(e.Payload.Length);
            stream.Bytes(e.Payload);
        }

        return frame;
    }

    /// <exception cref="FormatException">The bytes are no segment of a known version.</exception>
    public static LedgerSegment Read(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        if (!reader.Bytes(Tag.Length).SequenceEqual(Tag))
        {
            throw new FormatException("the message is no segment");
        }

        byte version = reader.Byte();
        if (version != Version)
        {
            throw new FormatException($"the segment has version {version}, not {Version}");
        }

        string line = Encoding.UTF8.GetString(reader.Bytes(reader.Byte()));
        long firstSeq = reader.Long();
        long round = reader.Long();
        string previous = Convert.ToHexStringLower(reader.Bytes(HashBytes));
        int count = reader.Short();
        if (count is 0 or > LedgerStore.MaxSegmentEvents)
        {
            throw new FormatException($"the segment has {count} events, not 1 to {LedgerStore.MaxSegmentEvents}");
        }

        var events = new SegmentEvent[count];
        for (int i = 0; i < count; i++)
        {
            events[i] = Event(ref reader);
        }

        return reader.Left == 0
            ? new LedgerSegment(line, firstSeq, previous, round, events)
            : throw new FormatException($"{reader.Left} bytes stand behind the segment");
    }

    private static SegmentEvent Event(ref FrameReader reader)
    {
        long ticks = reader.Long();
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            throw new FormatException($"{ticks} is no time");
        }

        string id = reader.Text();
        string type = reader.Text();
        string batch = reader.Text();
        string hash = Convert.ToHexStringLower(reader.Bytes(HashBytes));
        return new SegmentEvent(
            id, type, batch, new DateTimeOffset(ticks, TimeSpan.Zero), reader.Bytes(reader.Int()).ToArray(), hash);
    }

    private static int Length(LedgerSegment segment)
    {
        int length = Tag.Length + 2 + Encoding.UTF8.GetByteCount(segment.Line) + 8 + 8 + HashBytes + 2;
        foreach (SegmentEvent e in segment.Events)
        {
            length += 8 + 2 + Encoding.UTF8.GetByteCount(e.Id) + 2 + Encoding.UTF8.GetByteCount(e.Type)
                + 2 + Encoding.UTF8.GetByteCount(e.Batch) + HashBytes + 4 + e.Payload.Length;
        }

        return length;
    }

    private ref struct FrameWriter(Span<byte> frame)
    {
        private Span<byte> _rest = frame;

        public void Byte(byte value) => Room(1)[0] = value;

        public void Short(int value) => BinaryPrimitives.WriteUInt16BigEndian(Room(2), checked((ushort)value));

        public void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(4), value);

        public void Long(long value) => BinaryPrimitives.WriteInt64BigEndian(Room(8), value);

        public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

        public void Hash(string hex) =>
            Convert.FromHexString(hex, Room(HashBytes), out _, out _);

        public void Text(string text)
        {
            int length = Encoding.UTF8.GetByteCount(text);
            Short(length);
            Encoding.UTF8.GetBytes(text, Room(length));
        }

        private Span<byte> Room(int length)
        {
            Span<byte> taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }
    }

    private ref struct FrameReader(ReadOnlySpan<byte> frame)
    {
        private ReadOnlySpan<byte> _rest = frame;

        public readonly int Left => _rest.Length;

        public byte Byte() => Bytes(1)[0];

        public int Short() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

        public int Int() => BinaryPrimitives.ReadInt32BigEndian(Bytes(4));

        public long Long() => BinaryPrimitives.ReadInt64BigEndian(Bytes(8));

        public string Text() => Encoding.UTF8.GetString(Bytes(Short()));

        public ReadOnlySpan<byte> Bytes(int length)
        {
            if (length < 0 || length > _rest.Length)
            {
                throw new FormatException($"the segment ends where {length} bytes are due");
            }

            ReadOnlySpan<byte> taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }
    }
}
