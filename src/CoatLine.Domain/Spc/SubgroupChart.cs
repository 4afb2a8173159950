using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CoatLine.Domain.Spc;

/// <summary>The readings of one lot or sheet, taken at the same sites every time.</summary>
/// <param name="Lot">Lot or sheet id.</param>
/// <param name="Readings">2 to 25 finite numbers.</param>
/// <param name="Standing">Only valid lots count.</param>
public sealed record Subgroup(
    string Lot, ImmutableArray<double> Readings, LotStanding Standing = LotStanding.Valid)
{
    /// <summary>Mean of the readings.</summary>
    public double Mean => Readings.Average();

    /// <summary>Greatest less least reading.</summary>
    public double Range => Readings.Max() - Readings.Min();
}

/// <summary>
/// Limits of a mean and range chart: X̿ ± A2·R̄, ranges D3·R̄ to D4·R̄, σ = R̄/d2 (NIST/SEMATECH e-Handbook 6.3.2.1).
/// </summary>
/// <param name="Means">Limits of the subgroup means.</param>
/// <param name="Ranges">Limits of the subgroup ranges.</param>
/// <param name="Size">Readings in a subgroup.</param>
/// <param name="Lots">How many valid subgroups made them.</param>
public sealed record SubgroupLimits(ControlLimits Means, ControlLimits Ranges, int Size, int Lots)
{
    private const int LeastSubgroups = 2;

    /// <summary>Whether too few subgroups made these limits to rely on them.</summary>
    public bool IsProvisional => Lots < IndividualsLimits.SettledFrom;

    /// <summary>Standard deviation of single readings within a subgroup: R̄/d2.</summary>
    public double SigmaWithin => Ranges.Centre / ChartConstants.Of(Size).RangePerSigma;

    /// <summary>Computes limits.</summary>
    /// <param name="subgroups">Subgroups of one size in the order of making.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="refusal">Why there are none: too few valid subgroups, mixed sizes, or a size without factors.
    /// </param>
    public static bool TryOf(
        IReadOnlyList<Subgroup> subgroups,
        [NotNullWhen(true)] out SubgroupLimits? limits,
        [NotNullWhen(false)] out string? refusal)
    {
        limits = null;
        Subgroup[] valid = [.. subgroups.Where(s => s.Standing == LotStanding.Valid)];
        refusal = Refusal(valid);
        if (refusal is not null)
        {
            return false;
        }

        ChartConstants factors = ChartConstants.Of(valid[0].Readings.Length);
        double centre = valid.Average(s => s.Mean);
        double range = valid.Average(s => s.Range);
        limits = new SubgroupLimits(
            new ControlLimits(centre - (factors.A2 * range), centre, centre + (factors.A2 * range)),
            new ControlLimits(factors.Lower * range, range, factors.Upper * range),
            factors.Size,
            valid.Length);
        return true;
    }

    /// <summary>Judges subgroups against these limits.</summary>
    /// <param name="subgroups">Subgroups in the order of making; those that are not valid are passed over.</param>
    /// <param name="rules">Tests on the means; the ranges are judged by their limits alone.</param>
    /// <exception cref="ArgumentException">A valid subgroup has another size than the limits.</exception>
    public ImmutableArray<ChartSignal> Judge(IReadOnlyList<Subgroup> subgroups, ImmutableArray<NelsonRule> rules)
    {
        Subgroup[] valid = [.. subgroups.Where(s => s.Standing == LotStanding.Valid)];
        if (valid.FirstOrDefault(s => s.Readings.Length != Size) is { } stranger)
        {
            throw new ArgumentException(
                $"{stranger.Lot} has {stranger.Readings.Length} readings, not {Size}", nameof(subgroups));
        }

        IEnumerable<ChartSignal> onMeans = NelsonRules.Judge([.. valid.Select(s => s.Mean)], Means, rules)
            .Select(s => new ChartSignal(s.Rule, valid[s.Index].Lot, ChartPart.Location));
        IEnumerable<ChartSignal> onRanges = valid
            .Where(s => !Ranges.Contains(s.Range))
            .Select(s => new ChartSignal(NelsonRule.BeyondLimit, s.Lot, ChartPart.Range));
        return [.. onMeans, .. onRanges];
    }

    private static string? Refusal(Subgroup[] valid)
    {
        if (valid.Length < LeastSubgroups)
        {
            return $"{valid.Length} valid subgroups make no limits; {LeastSubgroups} are the least";
        }

        int size = valid[0].Readings.Length;
        if (valid.FirstOrDefault(s => s.Readings.Length != size) is { } other)
        {
            return $"{other.Lot} has {other.Readings.Length} readings, {valid[0].Lot} has {size}";
        }

        if (valid.FirstOrDefault(s => s.Readings.Any(r => !double.IsFinite(r))) is { } broken)
        {
            return $"{broken.Lot} has a reading that is no finite number";
        }

        return size is >= ChartConstants.MinSize and <= ChartConstants.MaxSize
            ? null
            : $"a subgroup has {ChartConstants.MinSize} to {ChartConstants.MaxSize} readings, not {size}";
    }
}
