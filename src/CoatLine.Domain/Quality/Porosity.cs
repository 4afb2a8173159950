using System.Collections.Immutable;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Quality;

/// <summary>The solids of a sub-layer over one square centimetre.</summary>
/// <param name="Mass">Dry mass per area.</param>
/// <param name="SolidsDensity">Density of the solids without pores.</param>
public sealed record LayerSolids(MilligramsPerSquareCentimetre Mass, GramsPerCubicCentimetre SolidsDensity);

/// <summary>Porosity from thickness and weight ([0095]), and areal mass from porosity.</summary>
public static class Porosity
{
    // 1 µm of a 1 g/cm³ solid weighs 0.1 mg/cm².
    private const decimal MgPerCm2PerUm = 0.1m;

    /// <summary>Porosity of one layer as a fraction: <c>ε = 1 − m/(0.1·t·ρs)</c>.</summary>
    /// <param name="arealMass">Dry mass per area, ≥ 0.</param>
    /// <param name="thickness">Mean thickness, above 0.</param>
    /// <param name="solidsDensity">Density of the solids, above 0.</param>
    /// <returns>Below 0 when the mass does not fit into the thickness: a measuring error, for the caller to judge.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">Thickness or density is 0 or below.</exception>
    public static decimal Of(
        MilligramsPerSquareCentimetre arealMass,
        Micrometres thickness,
        GramsPerCubicCentimetre solidsDensity) => OfWhole([new LayerSolids(arealMass, solidsDensity)], thickness);

    /// <summary>Porosity of the whole layer as a fraction, its sub-layers having their own densities.</summary>
    /// <param name="layers">The solids of each sub-layer.</param>
    /// <param name="total">Mean thickness of the whole layer, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Thickness or a density is 0 or below.</exception>
    public static decimal OfWhole(ImmutableArray<LayerSolids> layers, Micrometres total)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total.Value, nameof(total));
        decimal solidsUm = 0m;
        foreach (LayerSolids layer in layers)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layer.SolidsDensity.Value, nameof(layers));
            solidsUm += layer.Mass.Value / (MgPerCm2PerUm * layer.SolidsDensity.Value);
        }

        return 1m - (solidsUm / total.Value);
    }

    /// <summary>Areal mass of a layer: <c>m = 0.1·t·(1−ε)·ρs</c>.</summary>
    /// <param name="thickness">Mean thickness, ≥ 0.</param>
    /// <param name="porosity">Fraction, 0 ≤ ε &lt; 1.</param>
    /// <param name="solidsDensity">Density of the solids.</param>
    public static MilligramsPerSquareCentimetre ArealMass(
        Micrometres thickness, decimal porosity, GramsPerCubicCentimetre solidsDensity) =>
        new(MgPerCm2PerUm * thickness.Value * (1m - porosity) * solidsDensity.Value);
}
