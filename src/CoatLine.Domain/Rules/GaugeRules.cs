using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>Site rules on the instruments: what an unfit gauge says is no evidence.</summary>
public static class GaugeRules
{
    /// <summary>S02: an instrument inside its calibration; the day it is due, it is not.</summary>
    /// <param name="instrument">Instrument and what it was used for.</param>
    /// <param name="due">When it needs its calibration; null when not known.</param>
    /// <param name="usedAt">When it was used, line time.</param>
    public static RuleCheck Calibrated(string instrument, DateTimeOffset? due, DateTimeOffset usedAt)
    {
        decimal? days = due is DateTimeOffset when ? (decimal)(when - usedAt).Ticks / TimeSpan.TicksPerDay : null;
        return Judge.Value(RuleCatalogue.Calibration, instrument, days);
    }

    /// <summary>S03 and S04: gauge class and number of points of a thickness profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="gaugeClass">± class of the gauge; null when not of good quality.</param>
    /// <param name="site">Site parameters.</param>
    public static ImmutableArray<RuleCheck> CheckProfile(
        ThicknessProfile profile, Micrometres? gaugeClass, SiteParameters site)
    {
        string subject = $"{ThicknessProfile.Word(profile.State)} "
            + (profile.Layer is SubLayer layer ? RecipeRules.Name(layer) : "total");
        return
        [
            Judge.Value(
                RuleCatalogue.GaugeClass with { Limits = Bounds.AtMost(site.Measuring.GaugeClass.Value) },
                subject,
                gaugeClass?.Value),
            Judge.Value(
                RuleCatalogue.ProfilePoints with { Limits = Bounds.AtLeast(site.Measuring.ProfilePoints) },
                subject,
                profile.Points.Length),
        ];
    }
}
