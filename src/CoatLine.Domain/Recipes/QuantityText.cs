using System.Globalization;
using System.Text.RegularExpressions;

namespace CoatLine.Domain.Recipes;

/// <summary>Reads a number with its unit, such as <c>9.33 g</c>. A number without a unit is refused.</summary>
internal static partial class QuantityText
{
    // Other spellings of the same units, as keyboards have them.
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["um"] = "µm",
        ["\u03bcm"] = "µm",
        ["degC"] = "°C",
        ["\u2103"] = "°C",
        ["g/cm3"] = "g/cm³",
        ["cm2"] = "cm²",
        ["cm3"] = "cm³",
        ["um/um"] = "µm/µm",
        ["wt %"] = "wt%",
        ["at %"] = "at%",
    };

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unit">The one unit that it must be in.</param>
    /// <param name="value">The number.</param>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? Read(string text, string unit, out decimal value)
    {
        value = 0m;
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            return $"'{text}' is not a number with its unit {unit}";
        }

        if (!TryNumber(match.Groups["number"].Value, out value))
        {
            return $"'{text}' has more digits than can be kept exactly";
        }

        string written = match.Groups["unit"].Value;
        if (written.Length == 0)
        {
            return $"'{text}' has no unit; write '{text} {unit}'";
        }

        return Spellings.GetValueOrDefault(written, written) == unit
            ? null
            : $"'{text}' is in '{written}'; the unit must be {unit}";
    }

    /// <summary>Reads a pure number.</summary>
    public static string? ReadPlain(string text, out decimal value) =>
        NumberPattern().IsMatch(text) && TryNumber(text, out value) ? null : Refuse(text, out value);

    private static string Refuse(string text, out decimal value)
    {
        value = 0m;
        return $"'{text}' is not a plain number";
    }

    // At most 20 digits, so that no digit is lost in a decimal and products stay in range.
    private static bool TryNumber(string digits, out decimal value)
    {
        value = 0m;
        return digits.Length <= 20 && decimal.TryParse(
            digits.Replace('\u2212', '-'),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out value);
    }

    [GeneratedRegex(
        @"\A(?<number>[+\-\u2212]?[0-9]+(\.[0-9]+)?)[ ]*(?<unit>[^\s0-9][^\r\n]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[+\-\u2212]?[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
