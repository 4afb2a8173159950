using CoatLine.Domain.Quantities;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Planning;

/// <summary>One planning task in plain numbers, µm and µm/µm: exponentials leave decimal anyway.</summary>
/// <param name="Base">Greatest dried thickness of the Base.</param>
/// <param name="Beta">Dry Top per clearance.</param>
/// <param name="Factor">What pressing multiplies the ratio by.</param>
/// <param name="Z">Guard band in standard uncertainties.</param>
internal sealed record GapProblem(double Base, double Beta, double Factor, double Z)
{
    private static readonly double RatioMin = (double)RuleCatalogue.ThicknessRatio.Limits.Low!.Value;
    private static readonly double RatioMax = (double)RuleCatalogue.ThicknessRatio.Limits.High!.Value;

    public double RatioLow => Math.Max(RatioMin, RatioMin / Factor);

    public double RatioHigh => Math.Min(RatioMax, RatioMax / Factor);

    public double Target => Math.Sqrt(RatioLow * RatioHigh);

    public static GapProblem Of(Micrometres baseMax, decimal beta, decimal factor, decimal z)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baseMax.Value, nameof(baseMax));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        ArgumentOutOfRangeException.ThrowIfNegative(z);
        return new GapProblem((double)baseMax.Value, (double)beta, (double)factor, (double)z);
    }

    public double Clearance(double ratio) => Base / (Beta * ratio);

    public double Ratio(double clearance) => Base / (Beta * clearance);

    public GapPlan Feasible(double u, double low, double high, Micrometres resolution)
    {
        GapWindow window = new(Gap(low), Gap(high));
        decimal target = Gap(Clearance(Target)).Value;
        decimal proposed = resolution.Value > 0m
            ? Math.Round(target / resolution.Value, MidpointRounding.ToEven) * resolution.Value
            : target;
        if (!window.Contains(new(proposed)))
        {
            proposed = Math.Clamp(target, window.Low.Value, window.High.Value);
        }

        decimal dried = (decimal)Ratio((double)proposed - Base);
        return Infeasible(u) with
        {
            Window = window,
            Proposed = new(proposed),
            ExpectedDried = dried,
            ExpectedPressed = dried * (decimal)Factor,
            Reason = null,
        };
    }

    public GapPlan Infeasible(double u)
    {
        bool anyRatio = RatioLow <= RatioHigh;
        GapWindow? limits = anyRatio ? new(Gap(Clearance(RatioHigh)), Gap(Clearance(RatioLow))) : null;
        string guards = FormattableString.Invariant($"u {u:0.0000} and z {Z:0.###}");
        string ratios = FormattableString.Invariant($"{RatioLow:0.00} ≤ R ≤ {RatioHigh:0.00}");
        string reason = $"no permissible gap: with {guards} the guard bands of {ratios} overlap";
        return new GapPlan(
            new((decimal)Base),
            (decimal)Beta,
            (decimal)Factor,
            (decimal)RatioLow,
            (decimal)RatioHigh,
            (decimal)Target,
            (decimal)Z,
            (decimal)u,
            limits,
            null,
            null,
            null,
            null,
            reason);
    }

    private Micrometres Gap(double clearance) => new((decimal)(Base + clearance));
}
