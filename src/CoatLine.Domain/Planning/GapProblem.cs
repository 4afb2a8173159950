using CoatLine.Domain.Quantities;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Planning;

/// <summary>
/// One planning task in plain numbers, µm and µm/µm: exponentials leave decimal anyway. The clearance is what β acts
/// on: the gap less the greatest Base with the foil as datum, the gap itself on the coated surface.
/// </summary>
internal sealed class GapProblem
{
    private static readonly double RatioMin = (double)RuleCatalogue.ThicknessRatio.Limits.Low!.Value;
    private static readonly double RatioMax = (double)RuleCatalogue.ThicknessRatio.Limits.High!.Value;

    private readonly GapQuestion _question;

    public GapProblem(GapQuestion question)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(question.BaseMax.Value, nameof(question));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(question.Beta, nameof(question));
        ArgumentOutOfRangeException.ThrowIfNegative(question.Z, nameof(question));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(question.TargetRatio ?? 1m, nameof(question));
        _question = question;
        Base = (double)question.BaseMax.Value;
        Beta = (double)question.Beta;
        Factor = (double)GapPlanner.PressingFactor(question.Site);
        Z = (double)question.Z;
    }

    public double Base { get; }

    public double Beta { get; }

    /// <summary>What pressing multiplies the ratio by.</summary>
    public double Factor { get; }

    public double Z { get; }

    public double RatioLow => Math.Max(RatioMin, RatioMin / Factor);

    public double RatioHigh => Math.Min(RatioMax, RatioMax / Factor);

    public double Target => (double?)_question.TargetRatio ?? Math.Sqrt(RatioLow * RatioHigh);

    public double Clearance(double ratio) => Base / (Beta * ratio);

    public double Ratio(double clearance) => Base / (Beta * clearance);

    /// <summary>Standard uncertainty of ln R at a clearance.</summary>
    public double Uncertainty(double clearance) =>
        GapPlanner.Uncertainty(Base, clearance, _question.Datum, _question.Site.Planning);

    public GapPlan Feasible(double u, double low, double high)
    {
        GapWindow window = new(Gap(low), Gap(high));
        Micrometres proposed = Propose(window);
        decimal dried = (decimal)Ratio((double)(proposed.Value - Offset));
        return Infeasible(u) with
        {
            Window = window,
            Proposed = proposed,
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
            _question.BaseMax,
            _question.Beta,
            (decimal)Factor,
            (decimal)RatioLow,
            (decimal)RatioHigh,
            (decimal)Target,
            _question.Z,
            (decimal)u,
            limits,
            null,
            null,
            null,
            null,
            reason)
        {
            Datum = _question.Datum,
        };
    }

    private decimal Offset => _question.Datum == BladeDatum.Foil ? _question.BaseMax.Value : 0m;

    // The target in steps that the coater can set; where that falls outside, the step of the window next to it.
    private Micrometres Propose(GapWindow window)
    {
        decimal step = _question.Site.Coating.GapResolution.Value;
        decimal target = Gap(Clearance(Target)).Value;
        decimal wanted = Math.Clamp(target, window.Low.Value, window.High.Value);
        if (step > 0m)
        {
            decimal nearest = Math.Round(wanted / step, MidpointRounding.ToEven) * step;
            foreach (decimal candidate in (decimal[])[nearest, nearest + step, nearest - step])
            {
                if (window.Contains(new(candidate)))
                {
                    return new(candidate);
                }
            }
        }

        return new(wanted);
    }

    private Micrometres Gap(double clearance) => new(Offset + (decimal)clearance);
}
