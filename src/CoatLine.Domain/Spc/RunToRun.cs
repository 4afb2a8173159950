using CoatLine.Domain.Planning;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Spc;

/// <summary>What an offset belongs to: with any of them new, what was learnt no longer holds.</summary>
/// <param name="BladeId">The blade.</param>
/// <param name="FoilRollId">The roll of foil.</param>
/// <param name="SlurryVersion">Recipe version of the slurry.</param>
public sealed record RunSetting(string BladeId, string FoilRollId, string SlurryVersion);

/// <summary>How a coat follows its gap and how fast the offset learns.</summary>
/// <param name="Gain">b: dry thickness per gap, µm/µm, above 0; for Top per clearance above the Base.</param>
/// <param name="Weight">λ: weight of the newest lot, 0 &lt; λ ≤ 1.</param>
/// <param name="Clamp">Largest move of the gap from one lot to the next, ± and inclusive.</param>
public sealed record RunToRunTuning(decimal Gain, decimal Weight, Micrometres Clamp)
{
    /// <summary>b: dry thickness per gap, µm/µm, above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gain is 0 or below.</exception>
    public decimal Gain { get; } = Gain > 0m
        ? Gain
        : throw new ArgumentOutOfRangeException(nameof(Gain), Gain, "a gain is above 0");

    /// <summary>λ: weight of the newest lot, 0 &lt; λ ≤ 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is outside.</exception>
    public decimal Weight { get; } = Weight is > 0m and <= 1m
        ? Weight
        : throw new ArgumentOutOfRangeException(nameof(Weight), Weight, "a weight is above 0, at most 1");

    /// <summary>The tuning of a slurry on a site: b from its φ and the expected porosity, λ and clamp of the site.
    /// </summary>
    public static RunToRunTuning Of(SlurryFormula slurry, SiteParameters site) => new(
        GapPlanner.Gain(slurry, site), site.Statistics.RunToRunWeight, site.Statistics.Clamp(slurry.Layer));
}

/// <summary>A coat that was made.</summary>
/// <param name="Lot">Lot id.</param>
/// <param name="Standing">Only a valid lot teaches anything.</param>
/// <param name="Setting">What it was made with.</param>
/// <param name="Gap">u: the gap; for Top the clearance above the Base.</param>
/// <param name="Thickness">y: mean dry thickness.</param>
public sealed record CoatOutcome(
    string Lot, LotStanding Standing, RunSetting Setting, Micrometres Gap, Micrometres Thickness);

/// <summary>A gap proposed by the run-to-run control.</summary>
/// <param name="Gap">The gap; for Top the clearance above the Base.</param>
/// <param name="IsClamped">Whether the clamp held it back.</param>
public sealed record GapProposal(Micrometres Gap, bool IsClamped);

/// <summary>
/// Run-to-run control of a gap by an exponentially weighted offset: <c>a_n = λ·(y_n − b·u_n) + (1 − λ)·a_(n−1)</c> and
/// <c>u_(n+1) = (T − a_n)/b</c>. Invalid and waived lots teach nothing; a new blade, foil or slurry version begins
/// again at 0.
/// </summary>
/// <param name="Offset">a: what the coat comes out thicker than b·u, µm.</param>
/// <param name="Setting">What it belongs to.</param>
/// <param name="LastGap">Gap of the last lot made with it; null before any.</param>
public sealed record RunToRun(Micrometres Offset, RunSetting Setting, Micrometres? LastGap)
{
    /// <summary>Nothing learnt yet.</summary>
    public static RunToRun Fresh(RunSetting setting) => new(new Micrometres(0m), setting, null);

    /// <summary>The same for a setting: unchanged for the one it belongs to, fresh for any other.</summary>
    public RunToRun For(RunSetting setting) => setting == Setting ? this : Fresh(setting);

    /// <summary>What a coat teaches.</summary>
    /// <param name="outcome">The coat.</param>
    /// <param name="tuning">Gain and weight.</param>
    public RunToRun Learn(CoatOutcome outcome, RunToRunTuning tuning)
    {
        RunToRun before = For(outcome.Setting);
        if (outcome.Standing != LotStanding.Valid)
        {
            return before;
        }

        decimal seen = outcome.Thickness.Value - (tuning.Gain * outcome.Gap.Value);
        decimal offset = (tuning.Weight * seen) + ((1m - tuning.Weight) * before.Offset.Value);
        return new RunToRun(new Micrometres(offset), outcome.Setting, outcome.Gap);
    }

    /// <summary>The gap for the next coat with the same setting.</summary>
    /// <param name="target">T: dry thickness wanted.</param>
    /// <param name="tuning">Gain and clamp; there is nothing to clamp to before the first lot of a setting.</param>
    public GapProposal Next(Micrometres target, RunToRunTuning tuning)
    {
        decimal gap = (target.Value - Offset.Value) / tuning.Gain;
        if (LastGap is not { } last)
        {
            return new GapProposal(new Micrometres(gap), false);
        }

        decimal held = Math.Clamp(gap, last.Value - tuning.Clamp.Value, last.Value + tuning.Clamp.Value);
        return new GapProposal(new Micrometres(held), held != gap);
    }
}
