using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Events;

/// <summary>The thickness above the foil was measured at the registered points.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Layer">Base when only Base is on the foil; null for the whole two-layer coating.</param>
/// <param name="State">Dried or pressed.</param>
/// <param name="Sheet">Sheet id.</param>
/// <param name="GaugeId">The gauge.</param>
/// <param name="GaugeClassUm">Its accuracy class, ±.</param>
/// <param name="ZeroCheckUm">Its reading on the zero plate.</param>
/// <param name="CalibrationDue">When its calibration expires.</param>
/// <param name="Points">The points in the order measured.</param>
public sealed record ProfileRegistered(
    string Batch,
    string Step,
    RequestId RequestId,
    SubLayer? Layer,
    LayerState State,
    string Sheet,
    string GaugeId,
    decimal GaugeClassUm,
    decimal ZeroCheckUm,
    DateTimeOffset CalibrationDue,
    ImmutableArray<MeasuredPoint> Points) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>A thickness at a registered point.</summary>
/// <param name="Id">Point id.</param>
/// <param name="XMm">Position across the coat.</param>
/// <param name="YMm">Position along the coat.</param>
/// <param name="ThicknessUm">Thickness above the foil.</param>
public sealed record MeasuredPoint(int Id, decimal XMm, decimal YMm, decimal ThicknessUm);

/// <summary>Discs were punched from the sheet and weighed.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Layer">Base when only Base is on the foil; null for the whole two-layer coating.</param>
/// <param name="State">Dried: punching is done before pressing.</param>
/// <param name="Sheet">Sheet id.</param>
/// <param name="PunchMassMg">Mass of the coating of each disc, foil subtracted.</param>
/// <param name="PunchAreaCm2">Area of one disc.</param>
/// <param name="MeanMgPerCm2">Mean mass per area.</param>
/// <param name="BalanceId">The balance.</param>
/// <param name="CalibrationDue">When its calibration expires.</param>
public sealed record ArealMassMeasured(
    string Batch,
    string Step,
    RequestId RequestId,
    SubLayer? Layer,
    LayerState State,
    string Sheet,
    ImmutableArray<decimal> PunchMassMg,
    decimal PunchAreaCm2,
    decimal MeanMgPerCm2,
    string BalanceId,
    DateTimeOffset CalibrationDue) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>The roughness of several samples was measured.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Sheet">Sheet id.</param>
/// <param name="GaugeId">The profilometer.</param>
/// <param name="Filter">Its filter as set.</param>
/// <param name="CalibrationDue">When its calibration expires.</param>
/// <param name="Samples">Every sample; they are judged one by one, never averaged ([0101]).</param>
public sealed record RoughnessMeasured(
    string Batch,
    string Step,
    RequestId RequestId,
    string Sheet,
    string GaugeId,
    string Filter,
    DateTimeOffset CalibrationDue,
    ImmutableArray<MeasuredRoughness> Samples) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>Roughness of one sample (ISO 25178).</summary>
/// <param name="Id">Sample id.</param>
/// <param name="SaUm">Arithmetic mean height.</param>
/// <param name="SzUm">Maximum height.</param>
public sealed record MeasuredRoughness(int Id, decimal SaUm, decimal SzUm);

/// <summary>The pressed electrode was judged.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RatioDried">max(Base)/min(Top) as dried; null for a single-layer recipe, or when there is no ratio.
/// </param>
/// <param name="RatioPressed">The same as pressed.</param>
/// <param name="PorosityPercent">Porosity of the whole layer after pressing; null when it has no areal mass.</param>
/// <param name="ThicknessMaxUm">Greatest total thickness after pressing.</param>
/// <param name="SaUm">Sa of every sample.</param>
/// <param name="SzUm">Sz of every sample.</param>
/// <param name="Checks">Every rule judged in the pressed state.</param>
/// <param name="Disposition">What becomes of the electrode by these checks.</param>
public sealed record QcJudged(
    string Batch,
    string Step,
    decimal? RatioDried,
    decimal? RatioPressed,
    decimal? PorosityPercent,
    decimal ThicknessMaxUm,
    ImmutableArray<decimal> SaUm,
    ImmutableArray<decimal> SzUm,
    ImmutableArray<RuleCheck> Checks,
    Disposition Disposition) : StepConcluded(Batch, Step)
{
    /// <summary>The sheet that it is about; null when it is about the whole batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sheet { get; init; }
}
