using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CoatLine.Domain.Spc;

/// <summary>A signal of a chart on a lot.</summary>
/// <param name="Rule">The test that sees it.</param>
/// <param name="Lot">The lot that completes the pattern.</param>
/// <param name="Chart">Which of the two charts: values or means, or ranges.</param>
public sealed record ChartSignal(NelsonRule Rule, string Lot, ChartPart Chart);

/// <summary>One of the two charts that belong together.</summary>
public enum ChartPart
{
    /// <summary>Single values or subgroup means.</summary>
    Location,

    /// <summary>Moving ranges or subgroup ranges.</summary>
    Range,
}

/// <summary>
/// Limits of an individuals and moving-range chart: X̄ ± 2.660·MR̄, UCL of the ranges 3.267·MR̄, σ = MR̄/1.128
/// (NIST/SEMATECH e-Handbook 6.3.2.2). Made from valid lots only; a moving range spans the two valid lots that follow
/// each other.
/// </summary>
/// <param name="Values">Limits of the single values.</param>
/// <param name="Ranges">Limits of the moving ranges.</param>
/// <param name="Lots">How many valid lots made them.</param>
public sealed record IndividualsLimits(ControlLimits Values, ControlLimits Ranges, int Lots)
{
    /// <summary>With fewer valid lots than this, limits are provisional.</summary>
    public const int SettledFrom = 20;

    private const int LeastLots = 2;

    /// <summary>Whether too few lots made these limits to rely on them.</summary>
    public bool IsProvisional => Lots < SettledFrom;

    /// <summary>Standard deviation within: MR̄/1.128.</summary>
    public double SigmaWithin => Ranges.Centre / ChartConstants.MovingRangePerSigma;

    /// <summary>Computes limits.</summary>
    /// <param name="lots">Lots in the order of making.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="refusal">Why there are none: fewer than two valid lots.</param>
    public static bool TryOf(
        IReadOnlyList<LotValue> lots,
        [NotNullWhen(true)] out IndividualsLimits? limits,
        [NotNullWhen(false)] out string? refusal)
    {
        limits = null;
        refusal = null;
        double[] values = [.. lots.Where(l => l.Standing == LotStanding.Valid).Select(l => l.Value)];
        if (values.Length < LeastLots)
        {
            refusal = $"{values.Length} valid lots make no limits; {LeastLots} are the least";
            return false;
        }

        double centre = values.Average();
        double range = MovingRanges(values).Average();
        double reach = ChartConstants.IndividualsFactor * range;
        limits = new IndividualsLimits(
            new ControlLimits(centre - reach, centre, centre + reach),
            new ControlLimits(0d, range, ChartConstants.MovingRangeFactor * range),
            values.Length);
        return true;
    }

    /// <summary>Judges lots against these limits, be they made from the same lots or frozen before.</summary>
    /// <param name="lots">Lots in the order of making; those that are not valid are passed over.</param>
    /// <param name="rules">Tests on the values; the ranges are judged by their limits alone.</param>
    public ImmutableArray<ChartSignal> Judge(IReadOnlyList<LotValue> lots, ImmutableArray<NelsonRule> rules)
    {
        LotValue[] valid = [.. lots.Where(l => l.Standing == LotStanding.Valid)];
        double[] values = [.. valid.Select(l => l.Value)];
        IEnumerable<ChartSignal> onValues = NelsonRules.Judge(values, Values, rules)
            .Select(s => new ChartSignal(s.Rule, valid[s.Index].Lot, ChartPart.Location));
        IEnumerable<ChartSignal> onRanges = MovingRanges(values)
            .Select((range, i) => (range, valid[i + 1].Lot))
            .Where(r => !Ranges.Contains(r.range))
            .Select(r => new ChartSignal(NelsonRule.BeyondLimit, r.Lot, ChartPart.Range));
        return [.. onValues, .. onRanges];
    }

    /// <summary>Judges with the default tests.</summary>
    public ImmutableArray<ChartSignal> Judge(IReadOnlyList<LotValue> lots) => Judge(lots, NelsonRules.Default);

    private static IEnumerable<double> MovingRanges(double[] values) =>
        values.Skip(1).Zip(values, (next, before) => Math.Abs(next - before));
}
