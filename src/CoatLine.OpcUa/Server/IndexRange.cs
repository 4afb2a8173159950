using System.Globalization;

namespace CoatLine.OpcUa.Server;

/// <summary>A NumericRange (OPC 10000-4 §7.27): one part for each dimension, <c>3</c> or <c>2:5</c> with both ends
/// included, commas between them. Of a scalar String or ByteString it takes characters or octets.</summary>
internal sealed class IndexRange
{
    /// <summary>Most dimensions of a range; nothing in a plant has more.</summary>
    private const int MostDimensions = 8;

    private readonly int[] first;
    private readonly int[] last;

    private IndexRange(int[] first, int[] last)
    {
        this.first = first;
        this.last = last;
    }

    /// <summary>Reads a range; false for text that is none.</summary>
    public static bool TryParse(string text, out IndexRange range)
    {
        range = null!;
        var parts = text.Split(',', MostDimensions + 1);
        if (parts.Length > MostDimensions)
        {
            return false;
        }

        var first = new int[parts.Length];
        var last = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var colon = parts[i].IndexOf(':');
            var isOne = colon < 0;
            if (!TryNumber(isOne ? parts[i] : parts[i][..colon], out first[i])
                || !TryNumber(isOne ? parts[i] : parts[i][(colon + 1)..], out last[i])
                || (!isOne && last[i] <= first[i]))
            {
                return false;
            }
        }

        range = new IndexRange(first, last);
        return true;
    }

    /// <summary>The elements in the range, as many of them as there are; BadIndexRangeNoData when there are none or
    /// the value has not as many dimensions.</summary>
    public StatusCode Cut(Variant value, out Variant part)
    {
        part = Variant.Null;
        if (!value.IsArray)
        {
            return CutScalar(value, out part);
        }

        if (value.Value is not Array all || LengthsOf(value) is not { } lengths || lengths.Length != first.Length)
        {
            return StatusCodes.BadIndexRangeNoData;
        }

        var counts = new int[lengths.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            counts[i] = Math.Min(last[i], lengths[i] - 1) - first[i] + 1;
            if (counts[i] <= 0)
            {
                return StatusCodes.BadIndexRangeNoData;
            }
        }

        var elements = Array.CreateInstance(
            all.GetType().GetElementType()!, counts.Aggregate(1, static (product, count) => product * count));
        Copy(all, lengths, first, elements, counts, new int[counts.Length], counts);
        part = Variant.OfArray(value.Type, elements, counts.Length > 1 ? counts : null);
        return StatusCodes.Good;
    }

    /// <summary>A copy of <paramref name="whole"/> in which the range is replaced by <paramref name="part"/>.
    /// BadIndexRangeNoData when the range is not inside, BadIndexRangeDataMismatch when the part has another size.
    /// </summary>
    public StatusCode Paste(Variant whole, Variant part, out Variant result)
    {
        result = Variant.Null;
        if (!part.IsArray || part.Type != whole.Type || part.Value is not Array elements
            || whole.Value is not Array all || LengthsOf(whole) is not { } lengths)
        {
            return StatusCodes.BadTypeMismatch;
        }

        if (lengths.Length != first.Length || lengths.Where((length, i) => last[i] >= length).Any())
        {
            return StatusCodes.BadIndexRangeNoData;
        }

        var counts = first.Zip(last, static (from, to) => to - from + 1).ToArray();
        if (LengthsOf(part) is not { } partLengths || !partLengths.SequenceEqual(counts))
        {
            return StatusCodes.BadIndexRangeDataMismatch;
        }

        var copy = (Array)all.Clone();
        Copy(elements, counts, new int[counts.Length], copy, lengths, first, counts);
        result = Variant.OfArray(whole.Type, copy, lengths.Length > 1 ? lengths : null);
        return StatusCodes.Good;
    }

    private StatusCode CutScalar(Variant value, out Variant part)
    {
        part = Variant.Null;
        var length = value.Value switch
        {
            string text when value.Type == BuiltInType.String => text.Length,
            byte[] octets => octets.Length,
            _ => 0,
        };
        if (first.Length != 1 || first[0] >= length)
        {
            return StatusCodes.BadIndexRangeNoData;
        }

        var end = Math.Min(last[0], length - 1) + 1;
        part = value.Value is byte[] all
            ? Variant.Of(all[first[0]..end])
            : Variant.Of(((string)value.Value!)[first[0]..end]);
        return StatusCodes.Good;
    }

    private static int[]? LengthsOf(Variant value) => value switch
    {
        { Dimensions: { } dimensions } => [.. dimensions],
        { Value: Array array } => [array.Length],
        _ => null,
    };

    /// <summary>Copies a block between two flat arrays with dimensions, one run of the last dimension at a time.
    /// </summary>
    private static void Copy(
        Array from, int[] fromLengths, int[] fromStart, Array to, int[] toLengths, int[] toStart, int[] counts)
    {
        var at = new int[counts.Length];
        var run = counts[^1];
        while (true)
        {
            Array.Copy(from, Offset(fromLengths, fromStart, at), to, Offset(toLengths, toStart, at), run);
            var dimension = counts.Length - 2;
            while (dimension >= 0 && ++at[dimension] == counts[dimension])
            {
                at[dimension--] = 0;
            }

            if (dimension < 0)
            {
                return;
            }
        }
    }

    private static int Offset(int[] lengths, int[] start, int[] at)
    {
        var offset = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            offset = (offset * lengths[i]) + start[i] + at[i];
        }

        return offset;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < int.MaxValue;
}
