using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Events;

/// <summary>A coat was drawn.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Layer">The sub-layer: Base is coat 1, Top is coat 2.</param>
/// <param name="CoatIndex">1 or 2.</param>
/// <param name="Container">Container coated from.</param>
/// <param name="Sheet">Sheet id.</param>
/// <param name="FoilRoll">Foil roll.</param>
/// <param name="Blade">Blade.</param>
/// <param name="GapSetUm">Gap asked for, above the foil.</param>
/// <param name="GapLeftUm">Mean gap at the left end.</param>
/// <param name="GapRightUm">Mean gap at the right end.</param>
/// <param name="SpeedMeanMmPerS">Mean speed.</param>
/// <param name="StrokeMm">Coated length.</param>
/// <param name="BedVacuumWorstKpa">Weakest vacuum under the foil, relative to the room (negative).</param>
/// <param name="DewPointWorstDegc">Highest dew point of the room.</param>
/// <param name="SlurryAgeS">Seconds from the end of mixing to the start of the coat.</param>
public sealed record CoatCompleted(
    string Batch,
    string Step,
    RequestId RequestId,
    SubLayer Layer,
    int CoatIndex,
    string Container,
    string Sheet,
    string FoilRoll,
    string Blade,
    decimal GapSetUm,
    decimal GapLeftUm,
    decimal GapRightUm,
    decimal SpeedMeanMmPerS,
    decimal StrokeMm,
    decimal BedVacuumWorstKpa,
    decimal DewPointWorstDegc,
    decimal SlurryAgeS) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>A coat was dried.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Layer">The sub-layer that was coated last.</param>
/// <param name="Sheet">Sheet id.</param>
/// <param name="Segment1TempMinDegc">Lowest temperature in segment 1 after its ramp.</param>
/// <param name="Segment1TempMaxDegc">Highest temperature in segment 1 after its ramp.</param>
/// <param name="Segment1S">Seconds at temperature in segment 1.</param>
/// <param name="Segment2TempMinDegc">Lowest temperature in segment 2 after its ramp.</param>
/// <param name="Segment2TempMaxDegc">Highest temperature in segment 2 after its ramp.</param>
/// <param name="Segment2S">Seconds at temperature in segment 2.</param>
/// <param name="PressureMinKpa">Lowest absolute pressure.</param>
/// <param name="LelMaxPercent">Highest solvent vapour content in percent of the lower explosive limit.</param>
/// <param name="ResidualNmpPpm">Residual NMP by mass of the dry film.</param>
public sealed record DryingCompleted(
    string Batch,
    string Step,
    RequestId RequestId,
    SubLayer Layer,
    string Sheet,
    decimal Segment1TempMinDegc,
    decimal Segment1TempMaxDegc,
    decimal Segment1S,
    decimal Segment2TempMinDegc,
    decimal Segment2TempMaxDegc,
    decimal Segment2S,
    decimal PressureMinKpa,
    decimal LelMaxPercent,
    decimal ResidualNmpPpm) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>The gap of coat 2 was planned from the measured Base. Null numbers mean that no gap is permissible.
/// </summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="Feasible">Whether there is a permissible gap.</param>
/// <param name="BaseMaxUm">Greatest Base thickness measured, dried.</param>
/// <param name="WindowLowUm">Lowest permissible gap above the foil.</param>
/// <param name="WindowHighUm">Highest permissible gap above the foil.</param>
/// <param name="ProposedUm">The gap that coat 2 is drawn at, above the foil.</param>
/// <param name="BetaUmPerUm">Dry Top thickness per clearance.</param>
/// <param name="TargetRatio">The ratio aimed at, dried.</param>
/// <param name="RelativeUncertainty">Relative standard uncertainty of the ratio at the proposed gap.</param>
/// <param name="Reason">Why there is no permissible gap; empty when there is one.</param>
public sealed record GapPlanned(
    string Batch,
    string Step,
    bool Feasible,
    decimal BaseMaxUm,
    decimal? WindowLowUm,
    decimal? WindowHighUm,
    decimal? ProposedUm,
    decimal BetaUmPerUm,
    decimal? TargetRatio,
    decimal? RelativeUncertainty,
    string Reason) : StepConcluded(Batch, Step)
{
    /// <summary>The sheet that it is about; null when it is about the whole batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sheet { get; init; }
}

/// <summary>A warm isostatic press cycle ran to its end.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Sheet">Sheet id.</param>
/// <param name="Bag">Bag id.</param>
/// <param name="PressureMinMpa">Lowest pressure in the dwell.</param>
/// <param name="PressureMaxMpa">Highest pressure in the dwell.</param>
/// <param name="PressureMeanMpa">Mean pressure in the dwell.</param>
/// <param name="TempMinDegc">Lowest medium temperature in the dwell.</param>
/// <param name="TempMaxDegc">Highest medium temperature in the dwell.</param>
/// <param name="DwellS">Seconds inside both bands.</param>
/// <param name="RepumpCount">Times that the pump topped the pressure up in the dwell.</param>
/// <param name="DecompressionMaxMpaPerMin">Fastest pressure release.</param>
public sealed record PressCycleCompleted(
    string Batch,
    string Step,
    RequestId RequestId,
    string Sheet,
    string Bag,
    decimal PressureMinMpa,
    decimal PressureMaxMpa,
    decimal PressureMeanMpa,
    decimal TempMinDegc,
    decimal TempMaxDegc,
    decimal DwellS,
    int RepumpCount,
    decimal DecompressionMaxMpaPerMin) : PhaseConcluded(Batch, Step, RequestId)
{
    /// <summary>Pressure and temperature over the whole cycle, from the PLC's own buffer, in order of time; null where
    /// the PLC keeps none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<PressPoint>? Trace { get; init; }
}

/// <summary>A sample of a press cycle.</summary>
/// <param name="AtS">Seconds since the cycle began, ≥ 0.</param>
/// <param name="PressureMpa">Pressure.</param>
/// <param name="TempDegc">Medium temperature.</param>
public sealed record PressPoint(decimal AtS, decimal PressureMpa, decimal TempDegc);

/// <summary>What the valid sheets of a batch taught run-to-run control of one coat.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Layer">The sub-layer.</param>
/// <param name="Learnt">What holds from now on, for the next batch with the same blade, foil and slurry.</param>
/// <param name="Sheets">The sheets that taught it, in order; waived, rejected and trial sheets teach nothing.</param>
public sealed record GapLearnt(string Batch, SubLayer Layer, LearntGap Learnt, ImmutableArray<string> Sheets)
    : BatchEvent(Batch);
