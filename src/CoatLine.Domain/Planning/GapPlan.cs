using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Planning;

/// <summary>Gaps above the foil, both ends allowed.</summary>
/// <param name="Low">Least gap.</param>
/// <param name="High">Greatest gap.</param>
public sealed record GapWindow(Micrometres Low, Micrometres High)
{
    /// <summary>Whether the gap is inside.</summary>
    public bool Contains(Micrometres gap) => gap.Value >= Low.Value && gap.Value <= High.Value;
}

/// <summary>What a plan says of a gap.</summary>
public enum GapVerdict
{
    /// <summary>Inside the guarded window.</summary>
    Accepted,

    /// <summary>Would keep the ratio in its limits, but nearer to one than the uncertainty allows.</summary>
    OutsideGuard,

    /// <summary>Would break R30 in the dried or the pressed state.</summary>
    OutsideLimits,
}

/// <summary>
/// The gap of coat 2 that keeps R30 dried and pressed, or the reason why there is none. An infeasible plan carries no
/// gap at all, so that nobody can be tempted to use it.
/// </summary>
/// <param name="BaseMax">Greatest thickness of the dried Base.</param>
/// <param name="Beta">β: dry Top per clearance, µm/µm.</param>
/// <param name="PressingFactor">w: pressed over dried ratio.</param>
/// <param name="RatioLow">RL: least dried ratio that keeps both states inside R30.</param>
/// <param name="RatioHigh">RU: greatest one.</param>
/// <param name="TargetRatio">√(RL·RU), dried.</param>
/// <param name="GuardZ">Guard band in standard uncertainties.</param>
/// <param name="RelativeUncertainty">Standard uncertainty of ln R at the target gap.</param>
/// <param name="Limits">The window without guard band.</param>
/// <param name="Window">The guarded window; null when infeasible.</param>
/// <param name="Proposed">The proposed gap above the foil; null when infeasible.</param>
/// <param name="ExpectedDried">Ratio expected at the proposed gap; null when infeasible.</param>
/// <param name="ExpectedPressed">The same after pressing; null when infeasible.</param>
/// <param name="Reason">Why there is no permissible gap; null when there is one.</param>
public sealed record GapPlan(
    Micrometres BaseMax,
    decimal Beta,
    decimal PressingFactor,
    decimal RatioLow,
    decimal RatioHigh,
    decimal TargetRatio,
    decimal GuardZ,
    decimal RelativeUncertainty,
    GapWindow? Limits,
    GapWindow? Window,
    Micrometres? Proposed,
    decimal? ExpectedDried,
    decimal? ExpectedPressed,
    string? Reason)
{
    /// <summary>Whether there is a permissible gap.</summary>
    public bool Feasible => Window is not null;

    /// <summary>Judges a gap that a person would like to use.</summary>
    public GapVerdict Judge(Micrometres gap) =>
        Window is not null && Window.Contains(gap) ? GapVerdict.Accepted
        : Limits is not null && Limits.Contains(gap) ? GapVerdict.OutsideGuard
        : GapVerdict.OutsideLimits;
}
