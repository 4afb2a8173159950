using System.Globalization;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Rules;

/// <summary>
/// A limit with one or two ends, each strict or inclusive exactly as the source has it. Compared in decimal and never
/// after rounding: 0.096 is below 0.1, 0.100 is not.
/// </summary>
/// <param name="Low">Lower end in the unit of the quantity; null when there is none.</param>
/// <param name="LowInclusive">Whether the lower end itself is allowed.</param>
/// <param name="High">Upper end in the unit of the quantity; null when there is none.</param>
/// <param name="HighInclusive">Whether the upper end itself is allowed.</param>
public sealed record Bounds(decimal? Low, bool LowInclusive, decimal? High, bool HighInclusive)
{
    /// <summary>No end at all: what a rule about words has.</summary>
    public static Bounds Any { get; } = new(null, false, null, false);

    /// <summary>Both ends allowed.</summary>
    public static Bounds Between(decimal low, decimal high) => new(low, true, high, true);

    /// <summary>Exactly this value.</summary>
    public static Bounds Exactly(decimal value) => new(value, true, value, true);

    /// <summary>The end itself is allowed.</summary>
    public static Bounds AtLeast(decimal low) => new(low, true, null, false);

    /// <summary>The end itself is allowed.</summary>
    public static Bounds AtMost(decimal high) => new(null, false, high, true);

    /// <summary>The end itself is not allowed.</summary>
    public static Bounds Above(decimal low) => new(low, false, null, false);

    /// <summary>The end itself is not allowed.</summary>
    public static Bounds Below(decimal high) => new(null, false, high, false);

    /// <summary>Above the lower end, up to and with the upper one.</summary>
    public static Bounds AboveUpTo(decimal low, decimal high) => new(low, false, high, true);

    /// <summary>From and with the lower end, below the upper one.</summary>
    public static Bounds FromBelow(decimal low, decimal high) => new(low, true, high, false);

    /// <summary>Whether the value is inside.</summary>
    public bool Contains(decimal value) => ContainsRatio(value, 1m);

    /// <summary>
    /// Whether numerator/denominator is inside, cross-multiplied (<c>5·T1 ≤ T2 ≤ 10·T1</c>), so that no quotient is
    /// ever rounded.
    /// </summary>
    /// <param name="numerator">Any number.</param>
    /// <param name="denominator">Above 0, in the unit of the numerator.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is 0 or below.</exception>
    public bool ContainsRatio(decimal numerator, decimal denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        bool aboveLow = Low is not decimal low
            || (LowInclusive ? numerator >= low * denominator : numerator > low * denominator);
        bool belowHigh = High is not decimal high
            || (HighInclusive ? numerator <= high * denominator : numerator < high * denominator);
        return aboveLow && belowHigh;
    }

    /// <summary>The limit in words, e.g. <c>5 ≤ d &lt; 50 nm</c>.</summary>
    /// <param name="symbol">Letter of the quantity.</param>
    /// <param name="unit">Unit, or an empty string for a pure number.</param>
    public string Describe(string symbol, string unit)
    {
        string text = (Low, High) switch
        {
            (decimal low, decimal high) when low == high => $"{symbol} = {Plain(low)}",
            (decimal low, decimal high) =>
                $"{Plain(low)} {(LowInclusive ? "≤" : "<")} {symbol} {(HighInclusive ? "≤" : "<")} {Plain(high)}",
            (decimal low, null) => $"{symbol} {(LowInclusive ? "≥" : ">")} {Plain(low)}",
            (null, decimal high) => $"{symbol} {(HighInclusive ? "≤" : "<")} {Plain(high)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"any {symbol}"),
        };
        return unit.Length == 0 ? text : text + " " + unit;
    }

    private static string Plain(decimal value) => UnitText.Of(value, string.Empty);
}
