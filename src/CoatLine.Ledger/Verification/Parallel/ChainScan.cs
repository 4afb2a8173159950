using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>
/// Checks a piece of one line's chain: consecutive numbers, each row linked to the one before it, each hash recomputed,
/// each copy equal to the payload. It only says whether all is well; what is wrong, a <see cref="LineWalk"/> names.
/// Allocates nothing per row.
/// </summary>
internal sealed class ChainScan
{
    private const int MostDigits = 20;
    private const int HexLength = 2 * ChainHash.Length;

    private readonly bool _isHex;
    private readonly string _line;
    private readonly byte[] _source;
    private readonly byte[] _lineAttribute;
    private readonly byte[] _previous = new byte[HexLength];
    private readonly byte[] _first = new byte[HexLength];
    private readonly byte[] _hash = new byte[ChainHash.Length];
    private readonly byte[] _hex = new byte[HexLength];
    private readonly byte[] _number = new byte[MostDigits];
    private readonly int _headLength;
    private byte[] _form = new byte[4096];
    private long _due;

    public ChainScan(LineId line, long first, bool isHex)
    {
        (_line, _isHex, _due) = (line.Value, isHex, first);
        _source = Encoding.UTF8.GetBytes($"\"source\":\"/coatline/{line.Value}\",\"type\":\"");
        _lineAttribute = Encoding.UTF8.GetBytes(
            $"\"datacontenttype\":\"application/json\",\"line\":\"{line.Value}\",\"seq\":");
        byte[] name = Encoding.UTF8.GetBytes(line.Value);
        Tag.CopyTo(_form);
        BinaryPrimitives.WriteUInt16BigEndian(_form.AsSpan(Tag.Length), (ushort)name.Length);
        name.CopyTo(_form, Tag.Length + sizeof(ushort));
        _headLength = Tag.Length + sizeof(ushort) + name.Length;
    }

    private static ReadOnlySpan<byte> Tag => "coatline.event.v1\0"u8;

    private int Width => _isHex ? HexLength : ChainHash.Length;

    /// <summary>Rows that were well.</summary>
    public long Count { get; private set; }

    /// <summary>What the first row says of the hash before it, as stored.</summary>
    public ReadOnlySpan<byte> FirstPrevious => _first.AsSpan(0, Width);

    /// <summary>The hash of the last row, as stored.</summary>
    public ReadOnlySpan<byte> LastHash => _previous.AsSpan(0, Width);

    public string FirstTime { get; private set; } = "";

    /// <summary>The time column of the last row.</summary>
    public string LastTime { get; private set; } = "";

    /// <summary>The last number that is asked for: its time is noted.</summary>
    public required long Last { get; init; }

    /// <summary>Takes the next row; false when it is not well.</summary>
    public bool Take(in RawRow row)
    {
        if (row.Seq != _due || row.Previous.Length != Width || row.Hash.Length != Width
            || row.Payload.Length > EventChain.MaxPayloadBytes)
        {
            return false;
        }

        if (Count == 0)
        {
            row.Previous.CopyTo(_first);
            FirstTime = Encoding.UTF8.GetString(row.Time);
        }
        else if (!row.Previous.SequenceEqual(LastHash))
        {
            return false;
        }

        if (!IsHashed(row) || !IsCopied(row))
        {
            return false;
        }

        row.Hash.CopyTo(_previous);
        if (row.Seq == Last)
        {
            LastTime = Encoding.UTF8.GetString(row.Time);
        }

        Count++;
        _due++;
        return true;
    }

    private bool IsHashed(in RawRow row)
    {
        int length = _headLength + sizeof(ulong) + ChainHash.Length + sizeof(uint) + row.Payload.Length;
        if (_form.Length < length)
        {
            Array.Resize(ref _form, 2 * length);
        }

        Span<byte> at = _form.AsSpan(_headLength);
        BinaryPrimitives.WriteUInt64BigEndian(at, (ulong)row.Seq);
        at = at[sizeof(ulong)..];
        if (!_isHex)
        {
            row.Previous.CopyTo(at);
        }
        else if (!FromHex(row.Previous, at))
        {
            return false;
        }

        at = at[ChainHash.Length..];
        BinaryPrimitives.WriteUInt32BigEndian(at, (uint)row.Payload.Length);
        row.Payload.CopyTo(at[sizeof(uint)..]);
        SHA256.HashData(_form.AsSpan(0, length), _hash);
        if (!_isHex)
        {
            return row.Hash.SequenceEqual(_hash);
        }

        Convert.TryToHexStringLower(_hash, _hex, out _);
        return row.Hash.SequenceEqual(_hex);
    }

    /// <summary>One value has one text: upper case is none.</summary>
    private static bool FromHex(ReadOnlySpan<byte> digits, Span<byte> to) =>
        !digits.ContainsAnyInRange((byte)'A', (byte)'Z')
        && Convert.FromHexString(digits, to[..ChainHash.Length], out _, out _) == OperationStatus.Done;

    /// <summary>Whether every column says what the payload says. A payload as the journal writes it is compared as it
    /// stands, byte by byte; one of any other form is read as JSON.</summary>
    private bool IsCopied(in RawRow row)
    {
        ReadOnlySpan<byte> rest = row.Payload;
        row.Seq.TryFormat(_number, out int digits, default, CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> previous = row.Previous;
        if (!_isHex)
        {
            Convert.TryToHexStringLower(row.Previous, _hex, out _);
            previous = _hex;
        }

        bool isPlain = Skip(ref rest, "{\"specversion\":\"1.0\",\"id\":\""u8) && SkipText(ref rest, row.Id)
            && Skip(ref rest, "\","u8) && Skip(ref rest, _source) && SkipText(ref rest, row.Type)
            && Skip(ref rest, "\","u8)
            && (row.Batch.IsEmpty
                || (Skip(ref rest, "\"subject\":\""u8) && SkipText(ref rest, row.Batch) && Skip(ref rest, "\","u8)))
            && Skip(ref rest, "\"time\":\""u8) && SkipText(ref rest, row.Time) && Skip(ref rest, "\","u8)
            && Skip(ref rest, _lineAttribute) && Skip(ref rest, _number.AsSpan(0, digits))
            && Skip(ref rest, ",\"prevhash\":\""u8) && Skip(ref rest, previous)
            && Skip(ref rest, "\",\"data\":{"u8);
        return isPlain || IsCopiedInJson(row, previous);
    }

    private bool IsCopiedInJson(in RawRow row, ReadOnlySpan<byte> previous) =>
        EventAttributes.TryRead(row.Payload, out _) is { } said
        && row.Id.SequenceEqual(Encoding.UTF8.GetBytes(said.Id))
        && row.Type.SequenceEqual(Encoding.UTF8.GetBytes(said.Type))
        && row.Batch.SequenceEqual(Encoding.UTF8.GetBytes(said.Subject))
        && row.Time.SequenceEqual(Encoding.UTF8.GetBytes(said.Time))
        && said.PlaceDifference(_line, row.Seq, Encoding.ASCII.GetString(previous)) is null;

    private static bool Skip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        if (!rest.StartsWith(text))
        {
            return false;
        }

        rest = rest[text.Length..];
        return true;
    }

    /// <summary>A text that would need an escape in JSON is none of the plain form.</summary>
    private static bool SkipText(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text) =>
        text.IndexOfAny((byte)'"', (byte)'\\') < 0 && !text.IsEmpty && Skip(ref rest, text);
}
