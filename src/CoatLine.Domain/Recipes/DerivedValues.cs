using System.Collections.Immutable;
using System.Globalization;

namespace CoatLine.Domain.Recipes;

/// <summary>A number that follows from a formula, as it is printed beside a recipe.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number, not rounded.</param>
/// <param name="Unit">Its unit; empty for a pure number.</param>
/// <param name="Decimals">Digits after the point when printed.</param>
public sealed record DerivedValue(string Name, decimal Value, string Unit, int Decimals)
{
    /// <summary>The number rounded to its digits, with its unit.</summary>
    public override string ToString()
    {
        string digits = string.Create(CultureInfo.InvariantCulture, $"F{Decimals}");
        string number = Value.ToString(digits, CultureInfo.InvariantCulture);
        return Unit.Length == 0 ? number : $"{number} {Unit}";
    }
}

/// <summary>What follows from a formula and the densities of the site.</summary>
public static class DerivedValues
{
    /// <summary>Every derived value of a slurry, in the order of printing.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="densities">Material densities.</param>
    public static ImmutableArray<DerivedValue> Of(SlurryFormula formula, MaterialDensities densities)
    {
        SlurryComposition c = SlurryComposition.Of(formula, densities);
        return
        [
            new("total before dilution", c.Charge.Value, "g", 2),
            new("total after dilution", c.Final.Value, "g", 2),
            new("solids", c.Solids.Value, "g", 4),
            new("binder solids", c.BinderSolids.Value, "g", 4),
            new("solids before dilution", c.SolidsPercentBefore, "wt%", 2),
            new("solids after dilution", c.SolidsPercentAfter, "wt%", 2),
            new("silver of active", c.SilverPercentOfActive, "wt%", 2),
            new("silver of dry", c.SilverPercentOfDry, "wt%", 2),
            new("binder of dry", c.BinderPercentOfDry, "wt%", 2),
            new("first carbon of first + second", c.FirstCarbonFraction, string.Empty, 2),
            new("density of solids", c.SolidsDensity.Value, "g/cm³", 3),
            new("density of slurry", c.SlurryDensity.Value, "g/cm³", 3),
            new("φ before dilution", c.SolidsVolumeFractionBefore, string.Empty, 3),
            new("φ after dilution", c.SolidsVolumeFraction, string.Empty, 4),
        ];
    }
}
