using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Events;

/// <summary>A material was weighed into a container; the reading was stable.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Layer">The sub-layer that the slurry makes.</param>
/// <param name="Container">Container id.</param>
/// <param name="Material">Material code.</param>
/// <param name="Dilution">Whether it is the dilution after the first mix stage.</param>
/// <param name="TargetG">Target net mass.</param>
/// <param name="ToleranceG">Allowed deviation, ± and inclusive.</param>
/// <param name="NetG">Net mass weighed in.</param>
/// <param name="TareG">Reading before it.</param>
/// <param name="GrossG">Reading after it.</param>
/// <param name="CheckWeightG">Reading of the last check weight.</param>
/// <param name="BalanceId">The balance.</param>
/// <param name="CalibrationDue">When its calibration expires.</param>
public sealed record MaterialWeighed(
    string Batch,
    string Step,
    RequestId RequestId,
    SubLayer Layer,
    string Container,
    string Material,
    bool Dilution,
    decimal TargetG,
    decimal ToleranceG,
    decimal NetG,
    decimal TareG,
    decimal GrossG,
    decimal CheckWeightG,
    string BalanceId,
    DateTimeOffset CalibrationDue) : PhaseConcluded(Batch, Step, RequestId)
{
    /// <summary>The lot weighed in; null where the line keeps no register of lots.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Lot { get; init; }
}

/// <summary>The slurry was cool enough for its next mix cycle.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="Layer">The sub-layer that the slurry makes.</param>
/// <param name="TempDegc">Slurry temperature read.</param>
/// <param name="LimitDegc">The gate, inclusive.</param>
/// <param name="WaitedS">Seconds of line time waited for it, ≥ 0.</param>
public sealed record TemperatureGatePassed(
    string Batch,
    string Step,
    SubLayer Layer,
    decimal TempDegc,
    decimal LimitDegc,
    decimal WaitedS) : StepConcluded(Batch, Step);

/// <summary>A mix cycle ran to its end inside its tolerances: it counts.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Layer">The sub-layer that the slurry makes.</param>
/// <param name="Container">Container id.</param>
/// <param name="Stage">Before or after the dilution.</param>
/// <param name="Cycle">Number of the cycle in its stage, from 1.</param>
/// <param name="Of">Cycles of the stage.</param>
/// <param name="SpeedMeanRpm">Mean speed, ramp excluded.</param>
/// <param name="SpeedMinRpm">Lowest speed, ramp excluded.</param>
/// <param name="SpeedMaxRpm">Highest speed, ramp excluded.</param>
/// <param name="StepS">Seconds at speed, ramp excluded.</param>
/// <param name="RampS">Seconds from standstill to speed.</param>
/// <param name="TempStartDegc">Slurry temperature at the start.</param>
/// <param name="TempPeakDegc">Highest slurry temperature.</param>
/// <param name="TempEndDegc">Slurry temperature at the end.</param>
/// <param name="VibrationMaxMmPerS">Highest vibration.</param>
public sealed record MixCycleCompleted(
    string Batch,
    string Step,
    RequestId RequestId,
    SubLayer Layer,
    string Container,
    MixStageKind Stage,
    int Cycle,
    int Of,
    decimal SpeedMeanRpm,
    decimal SpeedMinRpm,
    decimal SpeedMaxRpm,
    decimal StepS,
    decimal RampS,
    decimal TempStartDegc,
    decimal TempPeakDegc,
    decimal TempEndDegc,
    decimal VibrationMaxMmPerS) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>
/// A mix cycle that does not count: aborted, stopped, or outside its tolerances. Its seconds are on record, because
/// the slurry has had them.
/// </summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Layer">The sub-layer that the slurry makes.</param>
/// <param name="Container">Container id.</param>
/// <param name="Stage">Before or after the dilution.</param>
/// <param name="Cycle">Number of the cycle in its stage, from 1.</param>
/// <param name="Of">Cycles of the stage.</param>
/// <param name="Code">How the unit says that it ended.</param>
/// <param name="StepS">Seconds at speed that the slurry has had; null when not known.</param>
/// <param name="Reason">Why it does not count, with the numbers.</param>
/// <param name="Values">The result block as received.</param>
public sealed record MixCycleAborted(
    string Batch,
    string Step,
    RequestId RequestId,
    SubLayer Layer,
    string Container,
    MixStageKind Stage,
    int Cycle,
    int Of,
    ResultCode Code,
    decimal? StepS,
    string Reason,
    ImmutableArray<NamedValue> Values) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>A slurry has all its cycles before and after the dilution; its pot life runs from the last one.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="Layer">The sub-layer that it makes.</param>
/// <param name="Container">Container id.</param>
/// <param name="CyclesPreDilution">Valid cycles before the dilution.</param>
/// <param name="CyclesPostDilution">Valid cycles after it.</param>
/// <param name="MixEnded">End of the last cycle, by the PLC's clock.</param>
public sealed record SlurryCompleted(
    string Batch,
    string Step,
    SubLayer Layer,
    string Container,
    int CyclesPreDilution,
    int CyclesPostDilution,
    DateTimeOffset MixEnded) : StepConcluded(Batch, Step);
