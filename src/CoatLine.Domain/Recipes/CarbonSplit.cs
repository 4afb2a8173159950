using System.Collections.Immutable;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Recipes;

/// <summary>
/// First and second carbon of a slurry. The source names them by size ([0047]): first is the smallest D50, second the
/// next larger one; whatever is larger still is judged by R06 alone.
/// </summary>
/// <param name="Sizes">Different sizes, smallest first.</param>
/// <param name="First">Carbons of the smallest size.</param>
/// <param name="Second">Carbons of the next size; empty when there is one size only.</param>
internal sealed record CarbonSplit(
    ImmutableArray<Nanometres> Sizes, ImmutableArray<Ingredient> First, ImmutableArray<Ingredient> Second)
{
    public Grams FirstMass => new(First.Sum(i => i.Mass.Value));

    public Grams SecondMass => new(Second.Sum(i => i.Mass.Value));

    public static CarbonSplit Of(SlurryFormula formula)
    {
        List<IGrouping<decimal, Ingredient>> sizes = [.. formula.Carbons
            .Where(i => i.D50 is not null)
            .GroupBy(i => i.D50!.Value.Value)
            .OrderBy(g => g.Key)];
        return new CarbonSplit(
            [.. sizes.Select(g => new Nanometres(g.Key))],
            sizes.Count > 0 ? [.. sizes[0]] : [],
            sizes.Count > 1 ? [.. sizes[1]] : []);
    }
}
