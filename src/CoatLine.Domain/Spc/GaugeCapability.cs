namespace CoatLine.Domain.Spc;

/// <summary>What a gauge is good for.</summary>
public enum GaugeVerdict
{
    /// <summary>Below 10 %, and at least five categories.</summary>
    Good,

    /// <summary>10 to 30 %, both ends included, and at least five categories: it depends on what it is used for.
    /// </summary>
    Usable,

    /// <summary>Above 30 %, or fewer than five categories.</summary>
    Rejected,
}

/// <summary>
/// Result of a gauge study in standard deviations: which part of what is seen comes from gauge and people.
/// </summary>
/// <param name="Repeatability">EV: same appraiser, same part.</param>
/// <param name="Reproducibility">AV: between appraisers, their interaction with the parts included.</param>
/// <param name="PartVariation">PV: between parts.</param>
/// <param name="Tolerance">Width of what is allowed, above 0; null when there is no such width.</param>
public sealed record GaugeCapability(
    double Repeatability, double Reproducibility, double PartVariation, double? Tolerance = null)
{
    /// <summary>Below this per cent a gauge is good.</summary>
    public const double GoodBelow = 10d;

    /// <summary>Above this per cent a gauge is rejected.</summary>
    public const double RejectedAbove = 30d;

    /// <summary>Least number of distinct categories.</summary>
    public const int LeastCategories = 5;

    // Parts are told apart when their confidence intervals of 97 % do not overlap: √2 over the spread of the gauge.
    private const double CategoryFactor = 1.41;
    private const double StudyWidth = 6d;

    /// <summary>GRR: repeatability and reproducibility together.</summary>
    public double GaugeVariation => Math.Sqrt((Repeatability * Repeatability) + (Reproducibility * Reproducibility));

    /// <summary>TV: gauge and parts together.</summary>
    public double TotalVariation =>
        Math.Sqrt((GaugeVariation * GaugeVariation) + (PartVariation * PartVariation));

    /// <summary>%GRR of the study: 100·GRR/TV; 0 when nothing varies at all.</summary>
    public double PercentOfStudy => TotalVariation > 0d ? 100d * GaugeVariation / TotalVariation : 0d;

    /// <summary>%GRR of the tolerance: 100·6·GRR/tolerance; null without a tolerance.</summary>
    public double? PercentOfTolerance => 100d * StudyWidth * GaugeVariation / Tolerance;

    /// <summary>ndc: how many kinds of part the gauge tells apart, ⌊1.41·PV/GRR⌋, at least 1.</summary>
    public int DistinctCategories => GaugeVariation > 0d
        ? (int)Math.Clamp(Math.Floor(CategoryFactor * PartVariation / GaugeVariation), 1d, int.MaxValue)
        : PartVariation > 0d ? int.MaxValue : 1;

    /// <summary>The verdict, by the worse of the two percentages and the categories.</summary>
    public GaugeVerdict Verdict
    {
        get
        {
            double percent = Math.Max(PercentOfStudy, PercentOfTolerance ?? 0d);
            return percent > RejectedAbove || DistinctCategories < LeastCategories ? GaugeVerdict.Rejected
                : percent < GoodBelow ? GaugeVerdict.Good
                : GaugeVerdict.Usable;
        }
    }
}
