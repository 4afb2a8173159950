using System.Globalization;

namespace CoatLine.Domain.Quantities;

/// <summary>One way to write a number with its unit, so that a message, a log and a test read alike.</summary>
internal static class UnitText
{
    /// <summary>Every digit that the number carries, without trailing zeros, and the unit, if any.</summary>
    public static string Of(decimal value, string unit)
    {
        string number = value.ToString("0.############################", CultureInfo.InvariantCulture);
        return unit.Length == 0 ? number : number + " " + unit;
    }
}
