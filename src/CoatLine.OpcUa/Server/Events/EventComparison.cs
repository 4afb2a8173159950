using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>How operands of a filter are compared (OPC 10000-4 §7.7.3): numbers of any type by value, texts, times and
/// the rest with their own kind only. Null says that two values cannot be compared.</summary>
internal static class EventComparison
{
    /// <summary>A pattern is a stranger's text: matching it takes no longer than this.</summary>
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest pattern, in characters.</summary>
    private const int LongestPattern = 256;

    /// <summary>Below 0, 0 or above 0 as left is less than, equal to or greater than right; null when they have no
    /// order.</summary>
    public static int? Compare(Variant left, Variant right)
    {
        if (Number(left) is { } a && Number(right) is { } b)
        {
            return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
        }

        if (left.TryGet<DateTime>(out var earlier) && right.TryGet<DateTime>(out var later))
        {
            return earlier.CompareTo(later);
        }

        return Text(left) is { } one && Text(right) is { } other ? string.CompareOrdinal(one, other) : null;
    }

    /// <summary>Whether two values are the same; null when they cannot be compared.</summary>
    public static bool? AreEqual(Variant left, Variant right)
    {
        if (left.IsNull || right.IsNull)
        {
            return null;
        }

        if (Compare(left, right) is { } order)
        {
            return order == 0;
        }

        return left.Type == right.Type ? left.Equals(right) : null;
    }

    /// <summary>Whether a text has the form of a pattern: % any text, _ any character, [] one of a list, [^] none of
    /// it, \ takes the next as it is (OPC 10000-4 §7.7.3, Table 123). Null when one is no text.</summary>
    public static bool? Like(Variant value, Variant pattern)
    {
        if (Text(value) is not { } text || Text(pattern) is not { Length: <= LongestPattern } form)
        {
            return null;
        }

        try
        {
            return Regex.IsMatch(text, Expression(form), RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or RegexParseException)
        {
            return null;
        }
    }

    /// <summary>The bits of two whole numbers combined; null when one is none.</summary>
    public static Variant Bits(FilterOperator @operator, Variant left, Variant right) =>
        Whole(left) is { } a && Whole(right) is { } b
            ? Variant.Of(@operator == FilterOperator.BitwiseAnd ? a & b : a | b)
            : Variant.Null;

    private static string Expression(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '%':
                    expression.Append("(?s:.*)");
                    break;
                case '_':
                    expression.Append("(?s:.)");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is var end and > 0:
                    var list = pattern[(i + 1)..end];
                    var isNot = list.StartsWith('^');
                    expression.Append(isNot ? "[^" : "[").Append(Listed(isNot ? list[1..] : list)).Append(']');
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    expression.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    expression.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return expression.Append("\\z").ToString();
    }

    // A range such as a-f keeps its meaning; what else is special in a list is taken as it is.
    private static string Listed(string list) =>
        list.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("^", "\\^", StringComparison.Ordinal);

    private static string? Text(Variant value) =>
        value.TryGet<string>(out var text) ? text
        : value.TryGet<LocalizedText>(out var localized) ? localized.Text
        : value.TryGet<QualifiedName>(out var name) ? name.Name
        : null;

    private static double? Number(Variant value) => value.IsArray ? null : value.Type switch
    {
        BuiltInType.SByte or BuiltInType.Byte or BuiltInType.Int16 or BuiltInType.UInt16 or BuiltInType.Int32
            or BuiltInType.UInt32 or BuiltInType.Int64 or BuiltInType.UInt64 or BuiltInType.Float
            or BuiltInType.Double => Convert.ToDouble(value.Value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static long? Whole(Variant value) => value.IsArray ? null : value.Type switch
    {
        BuiltInType.SByte or BuiltInType.Byte or BuiltInType.Int16 or BuiltInType.UInt16 or BuiltInType.Int32
            or BuiltInType.UInt32 or BuiltInType.Int64 => Convert.ToInt64(value.Value, CultureInfo.InvariantCulture),
        BuiltInType.UInt64 => unchecked((long)(ulong)value.Value!),
        _ => null,
    };
}
