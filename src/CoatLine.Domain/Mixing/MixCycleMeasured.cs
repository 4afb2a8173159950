using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Mixing;

/// <summary>What the mixer reported of one cycle. A value that was not of good quality is null.</summary>
/// <param name="Stage">Before or after the dilution.</param>
/// <param name="Index">Cycle index in the stage, from 1.</param>
/// <param name="SpeedMean">Mean speed, ramp excluded.</param>
/// <param name="SpeedMin">Least speed, ramp excluded.</param>
/// <param name="SpeedMax">Greatest speed, ramp excluded.</param>
/// <param name="StepTime">Time at speed, ramp excluded.</param>
/// <param name="Uninterrupted">Whether it ran to its end without hold, stop or abort.</param>
public sealed record MixCycleMeasured(
    MixStageKind Stage,
    int Index,
    RevolutionsPerMinute? SpeedMean,
    RevolutionsPerMinute? SpeedMin,
    RevolutionsPerMinute? SpeedMax,
    Seconds? StepTime,
    bool Uninterrupted);
