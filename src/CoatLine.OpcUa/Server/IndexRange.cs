using System.Globalization;

namespace CoatLine.OpcUa.Server;

/// <summary>A NumericRange of one dimension, <c>3</c> or <c>2:5</c>, ends included (OPC 10000-4 §7.27).</summary>
internal readonly record struct IndexRange(int First, int Last)
{
    /// <summary>Reads a range; false for text that is no range or has more than one dimension.</summary>
    public static bool TryParse(string text, out IndexRange range)
    {
        var colon = text.IndexOf(':');
        var isOne = colon < 0;
        range = default;
        if (!TryNumber(isOne ? text : text[..colon], out var first)
            || !TryNumber(isOne ? text : text[(colon + 1)..], out var last)
            || (!isOne && last <= first))
        {
            return false;
        }

        range = new IndexRange(first, last);
        return true;
    }

    /// <summary>The elements in the range, as many of them as there are; BadIndexRangeNoData when there are none or
    /// the value is no array of one dimension.</summary>
    public StatusCode Cut(Variant value, out Variant part)
    {
        part = Variant.Null;
        if (!value.IsArray || value.Dimensions is not null || value.Value is not Array all || First >= all.Length)
        {
            return StatusCodes.BadIndexRangeNoData;
        }

        var count = Math.Min(Last, all.Length - 1) - First + 1;
        var elements = Array.CreateInstance(all.GetType().GetElementType()!, count);
        Array.Copy(all, First, elements, 0, count);
        part = Variant.OfArray(value.Type, elements);
        return StatusCodes.Good;
    }

    /// <summary>A copy of <paramref name="whole"/> in which the range is replaced by <paramref
    /// name="part"/>.</summary>
    public StatusCode Paste(Variant whole, Variant part, out Variant result)
    {
        result = Variant.Null;
        if (!part.IsArray || part.Type != whole.Type || part.Dimensions is not null || whole.Dimensions is not null
            || part.Value is not Array elements || whole.Value is not Array all)
        {
            return StatusCodes.BadTypeMismatch;
        }

        if (Last >= all.Length || elements.Length != Last - First + 1)
        {
            return StatusCodes.BadIndexRangeNoData;
        }

        var copy = (Array)all.Clone();
        elements.CopyTo(copy, First);
        result = Variant.OfArray(whole.Type, copy);
        return StatusCodes.Good;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
