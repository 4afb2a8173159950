using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Planning;

/// <summary>What the gap of coat 2 is measured from.</summary>
public enum BladeDatum
{
    /// <summary>The foil: <c>T(x) = β·(H2 − B(x))</c>, thinnest where the Base is thickest.</summary>
    Foil = 1,

    /// <summary>The coated surface, on which the applicator rides: <c>T = β·g</c> everywhere.</summary>
    CoatedSurface = 2,
}

/// <summary>Everything that a plan of coat 2 depends on.</summary>
/// <param name="BaseMax">Greatest dried thickness of the Base, above 0.</param>
/// <param name="Beta">β: dry Top per clearance, µm/µm, above 0.</param>
/// <param name="Site">Porosities, uncertainties and the resolution of the gap.</param>
/// <param name="Z">Guard band in standard uncertainties, ≥ 0; Cpk is a third of it.</param>
/// <param name="Datum">What the gap is measured from.</param>
/// <param name="TargetRatio">The dried ratio aimed at; null for √(RL·RU).</param>
public sealed record GapQuestion(
    Micrometres BaseMax,
    decimal Beta,
    SiteParameters Site,
    decimal Z,
    BladeDatum Datum = BladeDatum.Foil,
    decimal? TargetRatio = null);
