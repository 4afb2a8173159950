using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Materials;

/// <summary>What a batch takes of one material in one place.</summary>
/// <param name="Material">Material code; empty for the foil, which a recipe does not name.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Use">Where it goes, unique in the batch: <c>base/charge/cb-40</c>, <c>foil</c>.</param>
/// <param name="Amount">The most that may be taken, above 0: g, or mm of foil.</param>
public sealed record LotNeed(string Material, LotKind Kind, string Use, decimal Amount)
{
    /// <summary>The use of the foil.</summary>
    public const string Foil = "foil";

    /// <summary>
    /// What a batch takes: every ingredient with the tolerance that the balance allows it, so that no weighing inside
    /// its tolerance can want more than was booked; and the strokes of coat 1.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="sheets">Sheets, 1 to <see cref="BatchOrder.MaxSheets"/>.</param>
    public static ImmutableArray<LotNeed> Of(Recipe recipe, int sheets)
    {
        ImmutableArray<LotNeed>.Builder needs = ImmutableArray.CreateBuilder<LotNeed>();
        foreach (SlurryFormula slurry in recipe.Slurries)
        {
            needs.AddRange(slurry.Charge.Select(i => Weighed(slurry.Layer, i, dilution: false, recipe.Site)));
            needs.Add(Weighed(slurry.Layer, slurry.Dilution, dilution: true, recipe.Site));
        }

        needs.Add(new LotNeed(string.Empty, LotKind.Foil, Foil, sheets * recipe.Site.Coating.Stroke.Value));
        return needs.ToImmutable();
    }

    /// <summary>The use of a weighing.</summary>
    internal static string UseOf(SubLayer layer, bool dilution, string material) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(layer == SubLayer.Base ? "base" : "top")}/{(dilution ? "dilution" : "charge")}/{material}");

    private static LotNeed Weighed(SubLayer layer, Ingredient ingredient, bool dilution, SiteParameters site) => new(
        ingredient.Material,
        KindOf(ingredient.Kind),
        UseOf(layer, dilution, ingredient.Material),
        ingredient.Mass.Value + site.Weighing.Of(ingredient).Value);

    private static LotKind KindOf(MaterialKind kind) => kind switch
    {
        MaterialKind.Carbon => LotKind.Carbon,
        MaterialKind.Silver => LotKind.Silver,
        MaterialKind.BinderSolution => LotKind.BinderSolution,
        _ => LotKind.Solvent,
    };
}
