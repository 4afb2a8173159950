using System.Collections.Immutable;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Recipes;

/// <summary>Where a site parameter comes from.</summary>
public enum ValueMark
{
    /// <summary>C: computed from the source or published in it.</summary>
    Computed,

    /// <summary>E: an engineering estimate, never "from the patent".</summary>
    Estimate,

    /// <summary>T: trade knowledge, to be confirmed on a nameplate.</summary>
    Trade,
}

/// <summary>
/// What the source does not give and a site decides: a versioned set, kept in <c>recipes/site.yaml</c>.
/// </summary>
/// <param name="Id">Id of the set with its version, e.g. <c>site-1</c>.</param>
/// <param name="Weighing">Weigh-in tolerances.</param>
/// <param name="Mixing">Mixing tolerances, temperature gates, pot lives.</param>
/// <param name="Coating">Coating.</param>
/// <param name="Drying">Drying.</param>
/// <param name="Pressing">Warm isostatic pressing.</param>
/// <param name="Measuring">Gauges, grids, sample counts.</param>
/// <param name="Planning">Uncertainties and guard bands of the gap planner and of the measured ratio.</param>
/// <param name="Base">Expected porosities of Base.</param>
/// <param name="Top">Expected porosities of Top.</param>
/// <param name="Densities">Material densities.</param>
/// <param name="Marks">Where each value comes from, by its path in the file.</param>
/// <param name="ContentHash">SHA-256 over the canonical form, 64 lower-case hexadecimal digits.</param>
public sealed record SiteParameters(
    string Id,
    WeighingParameters Weighing,
    MixingParameters Mixing,
    CoatingParameters Coating,
    DryingParameters Drying,
    PressingParameters Pressing,
    MeasuringParameters Measuring,
    PlanningParameters Planning,
    PorosityChange Base,
    PorosityChange Top,
    MaterialDensities Densities,
    ImmutableSortedDictionary<string, ValueMark> Marks,
    string ContentHash)
{
    /// <summary>What lots are compared by; the values of the first set where a set is older than them.</summary>
    public StatisticsParameters Statistics { get; init; } = StatisticsParameters.BeforeAnySet;

    /// <summary>The set embedded in this assembly, read once. Thread-safe.</summary>
    public static SiteParameters Default => SiteFile.Embedded.Value;

    /// <summary>The expected porosities of a sub-layer.</summary>
    public PorosityChange Porosity(SubLayer layer) => layer == SubLayer.Base ? Base : Top;

    /// <summary>Time from the end of mixing to the start of the coat.</summary>
    public Seconds PotLife(SubLayer layer) => layer == SubLayer.Base ? Mixing.PotLifeBase : Mixing.PotLifeTop;
}

/// <summary>Weigh-in tolerances, each a fraction of the target mass (0.01 is ± 1 %), inclusive.</summary>
/// <param name="Carbon">Carbon.</param>
/// <param name="Silver">Silver.</param>
/// <param name="BinderSolution">Binder solution.</param>
/// <param name="Solvent">Solvent.</param>
public sealed record WeighingParameters(decimal Carbon, decimal Silver, decimal BinderSolution, decimal Solvent)
{
    /// <summary>The tolerance of a kind of material as a fraction of its target.</summary>
    public decimal Fraction(MaterialKind kind) => kind switch
    {
        MaterialKind.Carbon => Carbon,
        MaterialKind.Silver => Silver,
        MaterialKind.BinderSolution => BinderSolution,
        _ => Solvent,
    };

    /// <summary>The tolerance of an ingredient in grams, ± and inclusive.</summary>
    public Grams Of(Ingredient ingredient) => new(ingredient.Mass.Value * Fraction(ingredient.Kind));
}

/// <summary>Mixing tolerances, temperature gates and pot lives.</summary>
/// <param name="SpeedTolerance">± on the mean, least and greatest speed of a cycle, inclusive.</param>
/// <param name="StepTolerance">± on the length of a cycle, inclusive.</param>
/// <param name="Start">A cycle starts at or below this slurry temperature.</param>
/// <param name="Warn">Above this a warning is given.</param>
/// <param name="Stop">Above this mixing stops.</param>
/// <param name="PotLifeBase">End of mixing to coat 1; a re-mix does not reset it.</param>
/// <param name="PotLifeTop">End of mixing to coat 2.</param>
public sealed record MixingParameters(
    RevolutionsPerMinute SpeedTolerance,
    Seconds StepTolerance,
    DegreesCelsius Start,
    DegreesCelsius Warn,
    DegreesCelsius Stop,
    Seconds PotLifeBase,
    Seconds PotLifeTop);

/// <summary>Coating.</summary>
/// <param name="BladeGapBase">Gap of coat 1 above the foil.</param>
/// <param name="WetFilmFactor">k: wet film per gap, 0.5 to 0.7.</param>
/// <param name="Speed">Blade speed.</param>
/// <param name="Stroke">Length of the coat.</param>
/// <param name="GapTolerance">± between gap and set point, and between left and right, inclusive.</param>
/// <param name="GapResolution">The coater sets the gap in steps of this.</param>
/// <param name="CoatTwoWithin">Coat 2 follows coat 1 within this time.</param>
public sealed record CoatingParameters(
    Micrometres BladeGapBase,
    decimal WetFilmFactor,
    MillimetresPerSecond Speed,
    Millimetres Stroke,
    Micrometres GapTolerance,
    Micrometres GapResolution,
    Seconds CoatTwoWithin)
{
    /// <summary>Width of the coat: that of the applicator. 100 mm where a set is older than this value.</summary>
    public Millimetres Width { get; init; } = new(100m);

    /// <summary>Slurry that stays in the jar and never comes under the blade. 1 cm³ where a set is older than this
    /// value.</summary>
    public CubicCentimetres JarDeadVolume { get; init; } = new(1m);

    /// <summary>Slurry that leaves the jar over slurry that is laid, 1 to 5: the rest stays on the blade. 1.10 where a
    /// set is older than this value.</summary>
    public decimal DrawFactor { get; init; } = 1.10m;
}

/// <summary>Drying in two segments, the second under vacuum.</summary>
/// <param name="Segment1Temperature">Set point of segment 1.</param>
/// <param name="Segment1Time">Time of segment 1.</param>
/// <param name="Segment2Temperature">Set point of segment 2.</param>
/// <param name="Segment2Time">Time of segment 2.</param>
/// <param name="Segment2Pressure">Absolute pressure of segment 2.</param>
/// <param name="Ramp">Heating ramp.</param>
/// <param name="TemperatureTolerance">± on both segments, K, inclusive.</param>
/// <param name="ResidualBeforeCoatTwo">Greatest residual NMP before coat 2, mass fraction of the dry film.</param>
/// <param name="ResidualFinal">Greatest residual NMP at the end, mass fraction of the dry film.</param>
public sealed record DryingParameters(
    DegreesCelsius Segment1Temperature,
    Seconds Segment1Time,
    DegreesCelsius Segment2Temperature,
    Seconds Segment2Time,
    Kilopascals Segment2Pressure,
    KelvinPerMinute Ramp,
    decimal TemperatureTolerance,
    decimal ResidualBeforeCoatTwo,
    decimal ResidualFinal);

/// <summary>Warm isostatic pressing.</summary>
/// <param name="Pressure">Set point.</param>
/// <param name="PressureBand">± on the pressure, inclusive.</param>
/// <param name="Temperature">Set point of the medium.</param>
/// <param name="TemperatureBand">± on the temperature, K, inclusive.</param>
/// <param name="Dwell">Seconds inside both bands.</param>
/// <param name="Ramp">Pressure ramp.</param>
public sealed record PressingParameters(
    Megapascals Pressure,
    Megapascals PressureBand,
    DegreesCelsius Temperature,
    decimal TemperatureBand,
    Seconds Dwell,
    MegapascalsPerMinute Ramp)
{
    /// <summary>A dried sheet is pressed within this time. 72 h where a set is older than this value.</summary>
    public Seconds Within { get; init; } = new(259_200m);
}

/// <summary>Gauges, grids and sample counts.</summary>
/// <param name="ProfilePoints">Registered points of a profile.</param>
/// <param name="EdgeMargin">Distance of the grid from the edges of the coat.</param>
/// <param name="PunchSamples">Punched discs for the areal mass.</param>
/// <param name="PunchArea">Area of one disc.</param>
/// <param name="RoughnessSamples">Roughness samples of an electrode.</param>
/// <param name="GaugeClass">Greatest ± class of a thickness gauge that may judge Top.</param>
public sealed record MeasuringParameters(
    int ProfilePoints,
    Millimetres EdgeMargin,
    int PunchSamples,
    SquareCentimetres PunchArea,
    int RoughnessSamples,
    Micrometres GaugeClass);

/// <summary>Uncertainties and guard bands.</summary>
/// <param name="BetaUncertainty">Relative standard uncertainty of β.</param>
/// <param name="GapUncertainty">Standard uncertainty of the gap.</param>
/// <param name="BaseUncertainty">Standard uncertainty of the Base's greatest thickness, when a gap is planned.</param>
/// <param name="GaugeUncertainty">Standard uncertainty of one thickness reading.</param>
/// <param name="PlanningZ">Guard band of the planned gap, in standard uncertainties.</param>
/// <param name="MeasuredZ">Guard band of a measured ratio, in standard uncertainties.</param>
public sealed record PlanningParameters(
    decimal BetaUncertainty,
    Micrometres GapUncertainty,
    Micrometres BaseUncertainty,
    Micrometres GaugeUncertainty,
    decimal PlanningZ,
    decimal MeasuredZ);

/// <summary>Porosity of a sub-layer before and after pressing, each a fraction, 0 ≤ ε &lt; 1 (Table 1).</summary>
/// <param name="Before">As dried.</param>
/// <param name="After">As pressed.</param>
public sealed record PorosityChange(decimal Before, decimal After)
{
    /// <summary>Pressed over dried thickness: (1−ε)/(1−ε'); solids do not change.</summary>
    public decimal ThicknessFactor => (1m - Before) / (1m - After);
}

/// <summary>Material densities.</summary>
/// <param name="Carbon">Carbon.</param>
/// <param name="Silver">Silver.</param>
/// <param name="Binder">Dry binder (PVDF).</param>
/// <param name="Solvent">Solvent (NMP).</param>
public sealed record MaterialDensities(
    GramsPerCubicCentimetre Carbon,
    GramsPerCubicCentimetre Silver,
    GramsPerCubicCentimetre Binder,
    GramsPerCubicCentimetre Solvent);

/// <summary>What lots are compared by.</summary>
/// <param name="VoidReductionWarn">Less void reduction by pressing than this, in %, gives a warning (R39).</param>
/// <param name="ReleaseCpk">Least Cpk for a release.</param>
/// <param name="RunToRunWeight">λ: weight of the newest lot in the run-to-run control of a gap.</param>
/// <param name="ClampBase">Largest move of the gap of coat 1 from lot to lot, ±.</param>
/// <param name="ClampTop">Largest move of the gap of coat 2 from lot to lot, ±.</param>
public sealed record StatisticsParameters(
    decimal VoidReductionWarn,
    decimal ReleaseCpk,
    decimal RunToRunWeight,
    Micrometres ClampBase,
    Micrometres ClampTop)
{
    // Batches that were pinned before these values stood in the set are read with what was in force then.
    internal static readonly StatisticsParameters BeforeAnySet = new(33m, 1.33m, 0.3m, new(5m), new(2m));

    /// <summary>The clamp of a coat.</summary>
    public Micrometres Clamp(SubLayer layer) => layer == SubLayer.Base ? ClampBase : ClampTop;
}
