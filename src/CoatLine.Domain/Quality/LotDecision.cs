using System.Collections.Immutable;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Quality;

/// <summary>A deviation and how many other lots it has covered already.</summary>
/// <param name="Deviation">The deviation.</param>
/// <param name="Used">Other lots that it has covered.</param>
public sealed record DeviationInUse(Deviation Deviation, int Used);

/// <summary>What may become of a lot.</summary>
public enum LotOutcome
{
    /// <summary>Product: every hard rule passes.</summary>
    Product,

    /// <summary>Product after a person has released what lies inside the guard band.</summary>
    ProductOnSignature,

    /// <summary>Product by waiver: every broken rule is covered.</summary>
    ProductByWaiver,

    /// <summary>A trial whose broken rules are all covered: kept and compared, never product.</summary>
    Trial,

    /// <summary>Something is not known or not covered: nothing is decided.</summary>
    Hold,

    /// <summary>A rule is broken and nothing covers it.</summary>
    Reject,
}

/// <summary>The decision on a lot with the reasons against it.</summary>
/// <param name="Outcome">What may become of it.</param>
/// <param name="Standing">What it counts for in charts, capability and run-to-run control.</param>
/// <param name="Reasons">Why it is not better than that; empty for product.</param>
public sealed record LotDecision(LotOutcome Outcome, LotStanding Standing, ImmutableArray<string> Reasons)
{
    /// <summary>Whether the lot can be released as product at all.</summary>
    public bool IsProduct =>
        Outcome is LotOutcome.Product or LotOutcome.ProductOnSignature or LotOutcome.ProductByWaiver;

    /// <summary>Decides by checks and deviations. Pure.</summary>
    /// <param name="lot">The lot.</param>
    /// <param name="checks">Every check of it.</param>
    /// <param name="deviations">Deviations offered for it.</param>
    public static LotDecision Of(
        DeviatingLot lot, IReadOnlyCollection<RuleCheck> checks, IReadOnlyCollection<DeviationInUse> deviations)
    {
        RuleCheck[] broken = [.. checks.Where(c => c.Verdict == Verdict.Fail)];
        RuleCheck[] bare = [.. broken.Where(c => !deviations.Any(d => Covers(d, c, lot)))];
        ImmutableArray<string> against =
        [
            .. bare.Select(c => c.Message),
            .. bare.SelectMany(c => deviations
                .Where(d => d.Deviation.Rule == c.Rule)
                .SelectMany(d => DeviationRules.Refusals(d.Deviation, c, lot, d.Used))),
        ];
        if (bare.Length > 0)
        {
            return new LotDecision(LotOutcome.Reject, LotStanding.Invalid, against);
        }

        if (checks.Count == 0 || checks.Any(c => c.Verdict == Verdict.NotMeasured))
        {
            ImmutableArray<string> unknown =
                [.. checks.Where(c => c.Verdict == Verdict.NotMeasured).Select(c => c.Message)];
            return new LotDecision(
                LotOutcome.Hold, LotStanding.Invalid, unknown.IsEmpty ? ["nothing was checked"] : unknown);
        }

        if (lot.Class == RecipeClass.Engineering)
        {
            return new LotDecision(
                LotOutcome.Trial, LotStanding.Invalid, [$"{lot.Lot} is an engineering lot: it can never be product"]);
        }

        if (broken.Length > 0)
        {
            return new LotDecision(
                LotOutcome.ProductByWaiver, LotStanding.Waived, [.. broken.Select(c => c.Message)]);
        }

        ImmutableArray<string> near =
            [.. checks.Where(c => c.Verdict == Verdict.Conditional).Select(c => c.Message)];
        return new LotDecision(
            near.IsEmpty ? LotOutcome.Product : LotOutcome.ProductOnSignature, LotStanding.Valid, near);
    }

    private static bool Covers(DeviationInUse offered, RuleCheck check, DeviatingLot lot) =>
        DeviationRules.Refusals(offered.Deviation, check, lot, offered.Used).IsEmpty;
}
