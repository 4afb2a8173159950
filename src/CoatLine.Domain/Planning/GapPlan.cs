using CoatLine.Domain.Quantities;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Planning;

/// <summary>Gaps above the datum of the plan, both ends allowed.</summary>
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
/// <param name="TargetRatio">The dried ratio aimed at, √(RL·RU) unless asked otherwise.</param>
/// <param name="GuardZ">Guard band in standard uncertainties.</param>
/// <param name="RelativeUncertainty">Standard uncertainty of ln R at the target gap.</param>
/// <param name="Limits">The window without guard band.</param>
/// <param name="Window">The guarded window; null when infeasible.</param>
/// <param name="Proposed">The proposed gap above the datum; null when infeasible.</param>
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
    private const int SigmasToLimit = 3;

    /// <summary>What the gaps are measured from.</summary>
    public BladeDatum Datum { get; init; } = BladeDatum.Foil;

    /// <summary>Whether there is a permissible gap.</summary>
    public bool Feasible => Window is not null;

    /// <summary>The capability that the guard band stands for: z/3.</summary>
    public decimal GuardCpk => GuardZ / SigmasToLimit;

    /// <summary>Judges a gap that a person would like to use.</summary>
    public GapVerdict Judge(Micrometres gap) =>
        Window is not null && Window.Contains(gap) ? GapVerdict.Accepted
        : Limits is not null && Limits.Contains(gap) ? GapVerdict.OutsideGuard
        : GapVerdict.OutsideLimits;

    /// <summary>The dried ratio expected at a gap; null where the blade would touch the Base.</summary>
    public decimal? RatioAt(Micrometres gap)
    {
        decimal clearance = Datum == BladeDatum.Foil ? gap.Value - BaseMax.Value : gap.Value;
        return clearance > 0m ? BaseMax.Value / (Beta * clearance) : null;
    }

    /// <summary>The same as <see cref="Judge"/> in one sentence with the numbers that make it say so.</summary>
    public string Explain(Micrometres gap)
    {
        if (RatioAt(gap) is not { } dried)
        {
            return $"{gap} refused: the blade would touch the Base, which is {BaseMax} thick";
        }

        decimal pressed = dried * PressingFactor;
        RuleDefinition rule = RuleCatalogue.ThicknessRatio;
        string limit = $"{rule.Id} {rule.Limits.Describe(rule.Symbol, rule.Unit)}";
        string ratios = FormattableString.Invariant($"R {dried:0.00} dried, {pressed:0.00} pressed");
        string guard = FormattableString.Invariant($"z {GuardZ:0.###} (Cpk {GuardCpk:0.00})");
        return Judge(gap) switch
        {
            GapVerdict.Accepted => $"{gap} accepted: {ratios}, inside the guard band at {guard}",
            GapVerdict.OutsideGuard => $"{gap} refused: {ratios} keeps {limit}, but not with the guard band at {guard}",
            _ => $"{gap} refused: {ratios} breaks {limit} ({rule.Source})",
        };
    }
}
