using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Quality;

/// <summary>What was measured of a dried electrode.</summary>
/// <param name="Base">The dried Base, measured after coat 1.</param>
/// <param name="Total">The dried whole layer after coat 2 at the same points; null for a single-layer recipe.</param>
/// <param name="ArealMass">Mean of the punched discs, foil subtracted; null when not of good quality.</param>
public sealed record DriedMeasurement(
    ThicknessProfile Base, ThicknessProfile? Total, MilligramsPerSquareCentimetre? ArealMass)
{
    /// <summary>The whole layer: the total, or the Base where there is no Top.</summary>
    public ThicknessProfile Whole => Total ?? new ThicknessProfile(null, Base.State, Base.Points);
}

/// <summary>What was measured of a pressed electrode.</summary>
/// <param name="Dried">The same electrode before pressing; pressing changes neither its mass nor its area.</param>
/// <param name="Total">The pressed whole layer at the same points.</param>
/// <param name="Roughness">Roughness samples of this electrode.</param>
public sealed record PressedMeasurement(
    DriedMeasurement Dried, ThicknessProfile Total, ImmutableArray<RoughnessSample> Roughness);

/// <summary>
/// The solids of an electrode, sub-layer by sub-layer. A punch weighs both together, so its mass is shared out in
/// proportion to the areal masses expected from the dried thicknesses; as their solids hardly differ in density, the
/// share hardly matters to the porosity.
/// </summary>
/// <param name="Base">The solids of Base.</param>
/// <param name="Top">The solids of Top; null for a single-layer recipe.</param>
/// <param name="SilverLoading">Silver per area.</param>
/// <param name="FirstCarbonMass">First carbon per area.</param>
/// <param name="SecondCarbonMass">Second carbon per area.</param>
public sealed record SheetSolids(
    LayerSolids Base,
    LayerSolids? Top,
    MilligramsPerSquareCentimetre SilverLoading,
    MilligramsPerSquareCentimetre FirstCarbonMass,
    MilligramsPerSquareCentimetre SecondCarbonMass)
{
    /// <summary>Porosity of the whole layer at a mean thickness, as a fraction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The thickness is 0 or below.</exception>
    public decimal PorosityAt(Micrometres wholeMean) =>
        Porosity.OfWhole(Top is null ? [Base] : [Base, Top], wholeMean);

    /// <summary>Shares out a measured areal mass.</summary>
    /// <param name="recipe">A recipe with a Base, and a Top exactly when the measurement has a total.</param>
    /// <param name="dried">The dried electrode.</param>
    /// <returns>The solids; null when the mass was not measured or the profiles do not belong together.</returns>
    public static SheetSolids? Of(Recipe recipe, DriedMeasurement dried)
    {
        SlurryFormula? top = recipe.Slurry(SubLayer.Top);
        if (dried.ArealMass is not { } mass
            || recipe.Slurry(SubLayer.Base) is not { } baseFormula
            || (top is null) != (dried.Total is null))
        {
            return null;
        }

        SlurryComposition below = SlurryComposition.Of(baseFormula, recipe.Site.Densities);
        if (top is null)
        {
            return Shared(mass.Value, below, 0m, null);
        }

        if (!ThicknessProfile.TrySubtract(dried.Total!, dried.Base, out ThicknessProfile? topProfile, out _))
        {
            return null;
        }

        SlurryComposition above = SlurryComposition.Of(top, recipe.Site.Densities);
        decimal expectedBase =
            Porosity.ArealMass(dried.Base.Mean, recipe.Site.Base.Before, below.SolidsDensity).Value;
        decimal expectedTop =
            Porosity.ArealMass(topProfile.Mean, recipe.Site.Top.Before, above.SolidsDensity).Value;
        decimal expected = expectedBase + expectedTop;
        return expected > 0m
            ? Shared(mass.Value * expectedBase / expected, below, mass.Value * expectedTop / expected, above)
            : null;
    }

    private static SheetSolids Shared(
        decimal baseMass, SlurryComposition below, decimal topMass, SlurryComposition? above)
    {
        decimal Part(Func<SlurryComposition, Grams> what) =>
            (baseMass * what(below).Value / below.Solids.Value)
            + (above is null ? 0m : topMass * what(above).Value / above.Solids.Value);
        return new SheetSolids(
            new LayerSolids(new(baseMass), below.SolidsDensity),
            above is null ? null : new LayerSolids(new(topMass), above.SolidsDensity),
            new(Part(c => c.Silver)),
            new(Part(c => c.FirstCarbon)),
            new(Part(c => c.SecondCarbon)));
    }
}
