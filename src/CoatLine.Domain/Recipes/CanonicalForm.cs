using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Recipes;

/// <summary>
/// The canonical form of a recipe, version 1: one <c>path=value</c> line per field in a fixed order, numbers without
/// trailing zeros, so that spacing, comments and key order do not count and every value does.
/// </summary>
internal sealed class CanonicalForm
{
    private readonly StringBuilder _text = new();

    public CanonicalForm(string tag) => _text.Append(tag).Append('\n');

    public CanonicalForm Add(string path, string value)
    {
        // Values are single lines without control characters, as the reader ensures, so a line cannot be forged.
        _text.Append(path).Append('=').Append(value).Append('\n');
        return this;
    }

    public CanonicalForm Add(string path, decimal value) => Add(path, UnitText.Of(value, string.Empty));

    public CanonicalForm Add(string path, int value) => Add(path, value.ToString(CultureInfo.InvariantCulture));

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString())));

    /// <summary>The hash of a recipe and the site parameters that it was read under.</summary>
    public static string HashOf(Recipe recipe)
    {
        CanonicalForm form = new("coatline.recipe.v1");
        form.Add("recipe", recipe.Id)
            .Add("version", recipe.Version)
            .Add("title", recipe.Title)
            .Add("class", recipe.Class.ToString())
            .Add("site", recipe.Site.Id)
            .Add("site_hash", recipe.Site.ContentHash);
        for (int i = 0; i < recipe.Slurries.Length; i++)
        {
            SlurryFormula slurry = recipe.Slurries[i];
            string path = $"slurries[{i}]";
            form.Add($"{path}.layer", slurry.Layer.ToString());
            for (int j = 0; j < slurry.Charge.Length; j++)
            {
                form.Add($"{path}.charge[{j}]", slurry.Charge[j]);
            }

            form.Add($"{path}.dilution", slurry.Dilution);
            form.Add($"{path}.pre_dilution", slurry.PreDilution);
            form.Add($"{path}.post_dilution", slurry.PostDilution);
        }

        if (recipe.Cell is { } cell)
        {
            form.Add("cell.negative_mah", cell.NegativeMah).Add("cell.positive_mah", cell.PositiveMah);
        }

        return form.Hash();
    }

    private void Add(string path, Ingredient ingredient)
    {
        Add($"{path}.material", ingredient.Material);
        Add($"{path}.kind", ingredient.Kind.ToString());
        Add($"{path}.mass_g", ingredient.Mass.Value);
        if (ingredient.D50 is { } d50)
        {
            Add($"{path}.d50_nm", d50.Value);
        }

        if (ingredient.CarbonType is { } type)
        {
            Add($"{path}.type", type);
        }

        if (ingredient.BinderWeightFraction is { } binder)
        {
            Add($"{path}.binder_fraction", binder);
        }

        if (ingredient.OxygenAtPercent is { } oxygen)
        {
            Add($"{path}.oxygen_at_percent", oxygen);
        }
    }

    private void Add(string path, MixStage stage)
    {
        Add($"{path}.cycles", stage.Cycles);
        Add($"{path}.cycle_s", stage.CycleTime.Value);
        Add($"{path}.speed_rpm", stage.Speed.Value);
    }
}
