using System.Collections.Immutable;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution;

/// <summary>Decides whether a batch may be begun. Pure.</summary>
public static class Ordering
{
    /// <summary>Why a batch may not be begun.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="order">What it is ordered with.</param>
    /// <param name="now">When it is ordered.</param>
    /// <returns>Every reason, as sentences; empty when it may.</returns>
    public static ImmutableArray<string> Refusals(Recipe recipe, BatchOrder order, DateTimeOffset now) =>
    [
        .. Sheets(recipe, order),
        .. order.Deviations.SelectMany(d => DeviationRules.RefusalsFor(
            d, Lot(recipe, order, now), order.DeviationsUsed.GetValueOrDefault(d.Id))),
        .. recipe.Class == RecipeClass.Production
            ? RecipeRules.RefusalsForProduction(recipe)
            : Uncovered(recipe, order, now),
    ];

    private static IEnumerable<string> Sheets(Recipe recipe, BatchOrder order)
    {
        if (order.Sheets is < 1 or > BatchOrder.MaxSheets)
        {
            yield return FormattableString.Invariant($"sheets must be 1 to {BatchOrder.MaxSheets}, not {order.Sheets}");
            yield break;
        }

        int possible = SlurryBalance.SheetsPossible(recipe, recipe.Site);
        if (order.Sheets > possible)
        {
            yield return FormattableString.Invariant(
                $"the slurries of {recipe.Id} are enough for {possible} sheets, not {order.Sheets}; scale the recipe");
        }
    }

    /// <summary>An engineering lot may break product rules, each under a deviation of its own.</summary>
    private static IEnumerable<string> Uncovered(Recipe recipe, BatchOrder order, DateTimeOffset now)
    {
        DeviatingLot lot = Lot(recipe, order, now);
        foreach (RuleCheck check in RecipeRules.Check(recipe).Where(c => c.Verdict == Verdict.Fail))
        {
            if (!order.Deviations.Any(d => DeviationRules.Refusals(d, check, lot, used: 0).IsEmpty))
            {
                yield return $"{check.Message}; an engineering lot needs a deviation for it";
            }
        }
    }

    private static DeviatingLot Lot(Recipe recipe, BatchOrder order, DateTimeOffset now) =>
        new(recipe.Id, recipe.Class, order.OrderedBy.Length == 0 ? [] : [order.OrderedBy], now);
}
