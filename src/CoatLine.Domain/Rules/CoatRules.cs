using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>
/// R30 on registered profiles. A ratio inside 5 to 10 but nearer to an end than the measurement can tell is
/// conditional; only a ratio outside fails.
/// </summary>
public static class CoatRules
{
    /// <summary>Judges R30 in the state of the profiles with the default site uncertainties.</summary>
    public static ImmutableArray<RuleCheck> CheckRatio(ThicknessProfile baseProfile, ThicknessProfile top) =>
        CheckRatio(baseProfile, top, SiteParameters.Default);

    /// <summary>Judges R30 in the state of the profiles.</summary>
    /// <param name="baseProfile">The Base.</param>
    /// <param name="top">The Top, in the same state at the same points; else the ratio is refused as not measured.
    /// </param>
    /// <param name="site">Gauge uncertainty and guard band.</param>
    public static ImmutableArray<RuleCheck> CheckRatio(
        ThicknessProfile baseProfile, ThicknessProfile top, SiteParameters site)
    {
        string state = ThicknessProfile.Word(baseProfile.State);
        if (ThicknessRatio.TryOf(baseProfile, top, out ThicknessRatio? ratio, out string? refusal))
        {
            return [Judged(ratio, state, ratio.RelativeUncertainty(site.Planning.GaugeUncertainty.Value), site)];
        }

        // A Top that is missing somewhere was measured well enough to know that the electrode is no good.
        bool missing = top.Min.Value <= 0m && baseProfile.Mismatch(top) is null;
        return missing
            ? [Judge.Failed(RuleCatalogue.ThicknessRatio, state, null, $"does not exist: {refusal}")]
            : [Judge.NotMeasured(RuleCatalogue.ThicknessRatio, state, $"is refused: {refusal}")];
    }

    /// <summary>
    /// Judges R30 as it will be after pressing, predicted from dried profiles and the expected porosities. A predicted
    /// fail blocks the press.
    /// </summary>
    /// <param name="baseDried">The dried Base.</param>
    /// <param name="topDried">The dried Top.</param>
    /// <param name="site">Expected porosities, gauge uncertainty and guard band.</param>
    public static ImmutableArray<RuleCheck> CheckPredicted(
        ThicknessProfile baseDried, ThicknessProfile topDried, SiteParameters site)
    {
        if (!ThicknessRatio.TryOf(baseDried, topDried, out ThicknessRatio? dried, out string? refusal)
            || baseDried.State != LayerState.Dried)
        {
            string says = $"is refused: {refusal ?? "the profiles are not dried"}";
            return [Judge.NotMeasured(RuleCatalogue.ThicknessRatio, "predicted pressed", says)];
        }

        // What is not known of the dried thicknesses is not known of the predicted ones, in the same proportion.
        double u = dried.RelativeUncertainty(site.Planning.GaugeUncertainty.Value);
        ThicknessRatio pressed = ThicknessRatio.Of(
            baseDried.PredictPressed(site.Base), topDried.PredictPressed(site.Top));
        return [Judged(pressed, "predicted pressed", u, site)];
    }

    private static RuleCheck Judged(ThicknessRatio ratio, string state, double u, SiteParameters site)
    {
        RuleDefinition rule = RuleCatalogue.ThicknessRatio;
        decimal greatestBase = ratio.BasePoint.Thickness.Value;
        decimal leastTop = ratio.TopPoint.Thickness.Value;
        string subject = $"{state}, Base point {ratio.BasePoint.Id}, Top point {ratio.TopPoint.Id}";
        RuleCheck check = Judge.Ratio(rule, subject, greatestBase, leastTop);
        if (check.Verdict == Verdict.Fail)
        {
            return check;
        }

        decimal guard = (decimal)Math.Exp((double)site.Planning.MeasuredZ * u);
        Bounds sure = Bounds.Between(rule.Limits.Low!.Value * guard, rule.Limits.High!.Value / guard);
        if (sure.ContainsRatio(greatestBase, leastTop))
        {
            return check;
        }

        string says = FormattableString.Invariant(
            $"is inside {Judge.LimitOf(rule)}, but u {100d * u:0.0}% leaves {sure.Low:0.00} to {sure.High:0.00} sure");
        return Judge.Check(rule, subject, check.Value, Verdict.Conditional, says);
    }
}
