using System.Collections.Immutable;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Quality;

/// <summary>The lot that a deviation is to cover.</summary>
/// <param name="Lot">Lot id.</param>
/// <param name="Class">Class of its recipe.</param>
/// <param name="Performers">Everybody who made or measured it; none of them may sign for it.</param>
/// <param name="Now">When it is decided.</param>
public sealed record DeviatingLot(
    string Lot, RecipeClass Class, ImmutableArray<string> Performers, DateTimeOffset Now);

/// <summary>
/// Who may let which rule be broken. A waiver never covers the three rules that make the electrode what it is; neither
/// kind covers identity and safety: without them nobody knows what was made.
/// </summary>
public static class DeviationRules
{
    // A carbon of 100 nm, a sub-layer without silver, a second carbon in Top.
    private static readonly ImmutableArray<string> NeverWaived =
        [RuleCatalogue.AnyD50.Id, RuleCatalogue.SilverInEach.Id, RuleCatalogue.TopCarbon.Id];

    /// <summary>Whether a rule keeps identity, safety or the soundness of data: every site rule, and which slurry lies
    /// on the foil.</summary>
    public static bool IsOfIdentityOrSafety(string rule) =>
        rule.StartsWith('S') || rule == RuleCatalogue.LayerOrder.Id;

    /// <summary>Why a deviation is not valid at all, whatever the lot.</summary>
    /// <returns>Every reason, as sentences; empty when it is valid.</returns>
    public static ImmutableArray<string> Refusals(Deviation deviation)
    {
        List<string> reasons = [];
        void Need(bool holds, string reason)
        {
            if (!holds)
            {
                reasons.Add($"{deviation.Id}: {reason}");
            }
        }

        Need(RuleCatalogue.All.Any(r => r.Id == deviation.Rule), $"there is no rule {deviation.Rule}");
        Need(!IsOfIdentityOrSafety(deviation.Rule), $"{deviation.Rule} keeps identity or safety: nothing covers it");
        Need(
            deviation.Kind != DeviationKind.Waiver || !NeverWaived.Contains(deviation.Rule),
            $"{deviation.Rule} can never be waived");
        Need(!string.IsNullOrWhiteSpace(deviation.Reason), "a reason is needed");
        Need(deviation.Quantity >= 1, $"a quantity of {deviation.Quantity} covers nothing");
        reasons.AddRange(Signatures.MissingOfTwo(deviation.Signatures).Select(missing => $"{deviation.Id}: {missing}"));
        Need(deviation.Signatures.All(s => s.At < deviation.Expires), "it expires before it is signed");
        return [.. reasons];
    }

    /// <summary>Why a deviation does not cover a broken rule on a lot.</summary>
    /// <param name="deviation">The deviation.</param>
    /// <param name="check">The check that failed.</param>
    /// <param name="lot">The lot.</param>
    /// <param name="used">Other lots that the deviation has covered already.</param>
    /// <returns>Every reason, as sentences; empty when it covers it.</returns>
    public static ImmutableArray<string> Refusals(Deviation deviation, RuleCheck check, DeviatingLot lot, int used) =>
    [
        .. RefusalsFor(deviation, lot, used),
        .. deviation.Rule == check.Rule
            ? Array.Empty<string>()
            : [$"{deviation.Id}: it covers {deviation.Rule}, not {check.Rule}"],
        .. check.Verdict == Verdict.Fail
            ? Array.Empty<string>()
            : [$"{deviation.Id}: {check.Rule} is {check.Verdict}: only what was measured can be let pass"],
    ];

    /// <summary>Why a deviation covers nothing on a lot, whatever is broken there.</summary>
    /// <param name="deviation">The deviation.</param>
    /// <param name="lot">The lot.</param>
    /// <param name="used">Other lots that the deviation has covered already.</param>
    /// <returns>Every reason, as sentences; empty when it may cover its rule.</returns>
    public static ImmutableArray<string> RefusalsFor(Deviation deviation, DeviatingLot lot, int used)
    {
        List<string> reasons = [.. Refusals(deviation)];
        void Need(bool holds, string reason)
        {
            if (!holds)
            {
                reasons.Add($"{deviation.Id}: {reason}");
            }
        }

        Need(
            lot.Class == (deviation.Kind == DeviationKind.Waiver ? RecipeClass.Production : RecipeClass.Engineering),
            deviation.Kind == DeviationKind.Waiver
                ? $"{lot.Lot} is an engineering lot: a waiver does not make it product"
                : $"{lot.Lot} is a production lot: a trial's deviation does not cover it");
        Need(lot.Now < deviation.Expires, FormattableString.Invariant($"it expired at {deviation.Expires:u}"));
        Need(used < deviation.Quantity, $"it has covered {used} of {deviation.Quantity} lots already");
        Need(
            !deviation.Signatures.Any(s => lot.Performers.Any(p => Signatures.IsSamePerson(p, s.Person))),
            $"who made or measured {lot.Lot} cannot sign for it");
        return [.. reasons];
    }
}
