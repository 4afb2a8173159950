using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Recipes;

/// <summary>A recipe with every mass multiplied, and what the rules say of it.</summary>
/// <param name="Recipe">The scaled recipe, with its own content hash.</param>
/// <param name="Checks">Every rule of stage RC, judged on the scaled recipe.</param>
public sealed record ScaledRecipe(Recipe Recipe, ImmutableArray<RuleCheck> Checks);

/// <summary>Makes more or less of a recipe. Everything that the rules judge is a ratio, so no verdict may change.
/// </summary>
public static class RecipeScaling
{
    /// <summary>Greatest factor, inclusive.</summary>
    public const decimal MaxFactor = 100m;

    /// <summary>Greatest mass of one slurry, inclusive: what the mixer takes.</summary>
    public const decimal MaxSlurryGrams = 310m;

    /// <summary>Multiplies every mass of every slurry.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="factor">0 &lt; factor ≤ 100.</param>
    /// <param name="scaled">The scaled recipe with its checks.</param>
    /// <param name="refusal">Why not: the factor, or a slurry that the mixer does not take.</param>
    public static bool TryScale(
        Recipe recipe,
        decimal factor,
        [NotNullWhen(true)] out ScaledRecipe? scaled,
        [NotNullWhen(false)] out string? refusal)
    {
        scaled = null;
        refusal = factor is > 0m and <= MaxFactor
            ? null
            : FormattableString.Invariant($"the factor {factor} is outside 0 < f ≤ {MaxFactor}");
        foreach (SlurryFormula slurry in recipe.Slurries)
        {
            decimal final = factor * (slurry.Charge.Sum(i => i.Mass.Value) + slurry.Dilution.Mass.Value);
            refusal ??= final > MaxSlurryGrams
                ? FormattableString.Invariant(
                    $"{RecipeRules.Name(slurry.Layer)} would be {final:0.##} g; the mixer takes {MaxSlurryGrams} g")
                : null;
        }

        if (refusal is not null)
        {
            return false;
        }

        Recipe many = recipe with { Slurries = [.. recipe.Slurries.Select(s => Scale(s, factor))] };
        many = many with { ContentHash = CanonicalForm.HashOf(many) };
        scaled = new ScaledRecipe(many, RecipeRules.Check(many));
        return true;
    }

    private static SlurryFormula Scale(SlurryFormula slurry, decimal factor) => slurry with
    {
        Charge = [.. slurry.Charge.Select(i => Scale(i, factor))],
        Dilution = Scale(slurry.Dilution, factor),
    };

    private static Ingredient Scale(Ingredient ingredient, decimal factor) =>
        ingredient with { Mass = new(factor * ingredient.Mass.Value) };
}
