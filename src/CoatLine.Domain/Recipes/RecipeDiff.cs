using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Recipes;

/// <summary>A field in which two recipes differ.</summary>
/// <param name="Path">Where, by sub-layer and material, e.g. <c>base.charge.cb-80.mass</c>.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is no longer there.</param>
public sealed record RecipeDifference(string Path, string? Before, string? After);

/// <summary>
/// What differs between two recipes: fields as written, values that follow from them to their printed digits, and
/// verdicts of the rules. Spacing, comments and key order never differ.
/// </summary>
/// <param name="Fields">Fields, in the order of the recipe.</param>
/// <param name="Derived">Derived values, in the order of printing.</param>
/// <param name="Rules">Worst verdict of each rule that is judged on a recipe, by rule id.</param>
public sealed record RecipeDiff(
    ImmutableArray<RecipeDifference> Fields,
    ImmutableArray<RecipeDifference> Derived,
    ImmutableArray<RecipeDifference> Rules)
{
    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Fields.IsEmpty && Derived.IsEmpty && Rules.IsEmpty;

    /// <summary>Compares two recipes.</summary>
    public static RecipeDiff Between(Recipe before, Recipe after) => new(
        Compare(FieldsOf(before), FieldsOf(after)),
        Compare(DerivedOf(before), DerivedOf(after)),
        Compare(RulesOf(before), RulesOf(after)));

    private static ImmutableArray<RecipeDifference> Compare(
        List<KeyValuePair<string, string>> before, List<KeyValuePair<string, string>> after)
    {
        Dictionary<string, string> old = new(before, StringComparer.Ordinal);
        Dictionary<string, string> now = new(after, StringComparer.Ordinal);
        return
        [
            .. before.Concat(after)
                .Select(pair => pair.Key)
                .Distinct()
                .Select(key => new RecipeDifference(key, old.GetValueOrDefault(key), now.GetValueOrDefault(key)))
                .Where(d => d.Before != d.After),
        ];
    }

    private static List<KeyValuePair<string, string>> FieldsOf(Recipe recipe)
    {
        List<KeyValuePair<string, string>> fields = [];
        void Add(string path, object value) =>
            fields.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"{value}")));
        Add("recipe", recipe.Id);
        Add("version", recipe.Version);
        Add("title", recipe.Title);
        Add("class", recipe.Class);
        Add("site", recipe.Site.Id);
        if (recipe.Cell is { } cell)
        {
            Add("cell.negative_capacity", UnitText.Of(cell.NegativeMah, "mAh"));
            Add("cell.positive_capacity", UnitText.Of(cell.PositiveMah, "mAh"));
        }

        Add("coats", string.Join(", then ", recipe.Slurries.Select(s => RecipeRules.Name(s.Layer))));
        foreach (SlurryFormula slurry in recipe.Slurries)
        {
            string layer = RecipeRules.Name(slurry.Layer);
            Add($"{layer}.charge", string.Join(", ", slurry.Charge.Select(i => i.Material)));
            foreach (Ingredient ingredient in slurry.Charge)
            {
                AddIngredient($"{layer}.charge.{ingredient.Material}", ingredient, Add);
            }

            AddStage($"{layer}.pre_dilution", slurry.PreDilution, Add);
            Add($"{layer}.dilution.material", slurry.Dilution.Material);
            AddIngredient($"{layer}.dilution", slurry.Dilution, Add);
            AddStage($"{layer}.post_dilution", slurry.PostDilution, Add);
        }

        return fields;
    }

    private static void AddIngredient(string path, Ingredient ingredient, Action<string, object> add)
    {
        add($"{path}.kind", ingredient.Kind);
        add($"{path}.mass", ingredient.Mass);
        if (ingredient.D50 is { } d50)
        {
            add($"{path}.d50", d50);
        }

        if (ingredient.CarbonType is { } type)
        {
            add($"{path}.type", type);
        }

        if (ingredient.BinderWeightFraction is { } binder)
        {
            add($"{path}.binder_fraction", FormattableString.Invariant($"{100m * binder:0.####} wt%"));
        }

        if (ingredient.OxygenAtPercent is { } oxygen)
        {
            add($"{path}.oxygen", FormattableString.Invariant($"{oxygen:0.####} at%"));
        }
    }

    private static void AddStage(string path, MixStage stage, Action<string, object> add)
    {
        add($"{path}.cycles", stage.Cycles);
        add($"{path}.cycle_time", stage.CycleTime);
        add($"{path}.speed", stage.Speed);
    }

    private static List<KeyValuePair<string, string>> DerivedOf(Recipe recipe) =>
    [
        .. recipe.Slurries.SelectMany(slurry => DerivedValues.Of(slurry, recipe.Site.Densities)
            .Select(v => new KeyValuePair<string, string>($"{RecipeRules.Name(slurry.Layer)} {v.Name}", $"{v}"))),
    ];

    private static List<KeyValuePair<string, string>> RulesOf(Recipe recipe) =>
    [
        .. RecipeRules.Check(recipe)
            .GroupBy(c => c.Rule)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new KeyValuePair<string, string>(g.Key, g.MaxBy(c => Weight(c.Verdict))!.Verdict.ToString())),
    ];

    private static int Weight(Verdict verdict) => verdict switch
    {
        Verdict.Pass => 0,
        Verdict.Advisory => 1,
        Verdict.Conditional => 2,
        Verdict.NotMeasured => 3,
        _ => 4,
    };
}
