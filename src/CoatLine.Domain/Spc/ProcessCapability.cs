using System.Diagnostics.CodeAnalysis;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Spc;

/// <summary>
/// Capability of a process: Cp and Cpk with the spread within, Pp and Ppk with the spread overall
/// (NIST/SEMATECH e-Handbook 6.1.6). With one limit only, Cp and Pp do not exist, and Cpk is the one-sided Cpu or Cpl.
/// </summary>
/// <param name="Lots">Valid lots behind it.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Within">Indices with the spread within: Cp, Cpu, Cpl, Cpk.</param>
/// <param name="Overall">Indices with the spread overall: Pp, Ppu, Ppl, Ppk.</param>
public sealed record ProcessCapability(int Lots, double Mean, CapabilityIndices Within, CapabilityIndices Overall)
{
    private static readonly SpecificationLimits RatioLimits = new(
        Math.Log((double)RuleCatalogue.ThicknessRatio.Limits.Low!.Value),
        Math.Log((double)RuleCatalogue.ThicknessRatio.Limits.High!.Value));

    /// <summary>Whether too few lots stand behind it to rely on it.</summary>
    public bool IsProvisional => Lots < IndividualsLimits.SettledFrom;

    /// <summary>Whether Cpk reaches a level, inclusive, with enough lots behind it.</summary>
    /// <param name="level">Least Cpk, e.g. 1.33 (<see cref="Recipes.StatisticsParameters.ReleaseCpk"/>).</param>
    public bool IsReleasableAt(double level) => !IsProvisional && Within.Least >= level;

    /// <summary>Computes capability of lot values from their moving ranges and their overall spread.</summary>
    /// <param name="lots">Lots in the order of making; those that are not valid are left out.</param>
    /// <param name="specification">What is allowed.</param>
    /// <param name="capability">The capability.</param>
    /// <param name="refusal">Why there is none: too few valid lots, or no spread at all, which a gauge too coarse shows
    /// sooner than a perfect process.</param>
    public static bool TryOf(
        IReadOnlyList<LotValue> lots,
        SpecificationLimits specification,
        [NotNullWhen(true)] out ProcessCapability? capability,
        [NotNullWhen(false)] out string? refusal)
    {
        capability = null;
        if (!IndividualsLimits.TryOf(lots, out IndividualsLimits? limits, out refusal))
        {
            return false;
        }

        double[] values = [.. lots.Where(l => l.Standing == LotStanding.Valid).Select(l => l.Value)];
        double mean = limits.Values.Centre;
        double overall = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        if (!(limits.SigmaWithin > 0d))
        {
            refusal = $"{values.Length} valid lots show no spread at all";
            return false;
        }

        capability = new ProcessCapability(
            values.Length,
            mean,
            CapabilityIndices.Of(mean, limits.SigmaWithin, specification),
            CapabilityIndices.Of(mean, overall, specification));
        return true;
    }

    /// <summary>Capability of the thickness ratio on its logarithm: <c>Cpk(R) = min(ln10 − μ, μ − ln5)/(3σ)</c>.
    /// </summary>
    /// <param name="ratios">Ratios of R30, above 0, in the order of making.</param>
    /// <param name="capability">The capability on ln R.</param>
    /// <param name="refusal">Why there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A ratio is 0 or below.</exception>
    public static bool TryOfRatio(
        IReadOnlyList<LotValue> ratios,
        [NotNullWhen(true)] out ProcessCapability? capability,
        [NotNullWhen(false)] out string? refusal) =>
        TryOf([.. ratios.Select(LnRatio)], RatioLimits, out capability, out refusal);

    /// <summary>What is charted of a ratio: ln R, because R is skewed and ln R is not.</summary>
    /// <param name="ratio">A ratio above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is 0 or below.</exception>
    public static LotValue LnRatio(LotValue ratio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio.Value, nameof(ratio));
        return new LotValue(ratio.Lot, Math.Log(ratio.Value), ratio.Standing);
    }
}

/// <summary>Capability indices of one mean and one spread.</summary>
/// <param name="Both">Width allowed over six standard deviations; null with one limit only.</param>
/// <param name="Upper">Room to the upper limit over three standard deviations; null without an upper limit.</param>
/// <param name="Lower">Room to the lower limit over three standard deviations; null without a lower limit.</param>
public sealed record CapabilityIndices(double? Both, double? Upper, double? Lower)
{
    private const double Reach = 3d;

    /// <summary>The lesser of the two: Cpk or Ppk.</summary>
    public double Least => Math.Min(Upper ?? double.PositiveInfinity, Lower ?? double.PositiveInfinity);

    /// <summary>Computes the indices.</summary>
    /// <param name="mean">Mean.</param>
    /// <param name="sigma">Standard deviation, above 0.</param>
    /// <param name="specification">What is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is 0 or below.</exception>
    public static CapabilityIndices Of(double mean, double sigma, SpecificationLimits specification)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        return new CapabilityIndices(
            (specification.Upper - specification.Lower) / (2d * Reach * sigma),
            (specification.Upper - mean) / (Reach * sigma),
            (mean - specification.Lower) / (Reach * sigma));
    }
}
