using System.Collections.Immutable;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Materials;

/// <summary>Which lots a batch is to be made of, or why it cannot be.</summary>
/// <param name="Lots">One lot for each material in the order of the recipe, then the foil roll; empty when refused.
/// </param>
/// <param name="Checks">The rules of stage LR on those lots, R02 and R05 on each pair among them; passes too. In an
/// engineering batch a broken one needs a deviation.</param>
/// <param name="Refusals">Every reason against it, as sentences with the numbers; empty when it is granted.</param>
public sealed record BookingPlan(
    ImmutableArray<MaterialLot> Lots, ImmutableArray<RuleCheck> Checks, ImmutableArray<string> Refusals)
{
    /// <summary>Whether the batch can be made of what is in stock.</summary>
    public bool IsGranted => Refusals.IsEmpty;
}
