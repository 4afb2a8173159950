using System.Collections.Immutable;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Recipes;

/// <summary>
/// Reads a recipe from YAML. Every quantity is written with its unit (<c>mass: 3 g</c>); units, ranges and words are
/// checked here, the rules of the catalogue are judged later on what was read.
/// </summary>
public static class RecipeFile
{
    /// <summary>Largest recipe in UTF-8 bytes, inclusive.</summary>
    public const int MaxBytes = YamlTree.MaxBytes;

    private const int MaxIngredients = 12;

    /// <summary>Reads a recipe under the default site parameters.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    public static RecipeReading Read(string yaml, string fileName) => Read(yaml, fileName, SiteParameters.Default);

    /// <summary>Reads a recipe. Never throws on what stands in the text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="site">The site parameters; the recipe names the set it needs.</param>
    /// <returns>The recipe, or every error with path and line.</returns>
    public static RecipeReading Read(string yaml, string fileName, SiteParameters site)
    {
        (Recipe? recipe, ImmutableArray<RecipeError> errors) = YamlFile.Read(yaml, fileName, root => Root(root, site));
        return new RecipeReading(recipe, errors);
    }

    private static Recipe Root(FieldReader root, SiteParameters site)
    {
        string id = root.Code("recipe");
        int version = root.Whole("version", 1, 9999);
        string title = root.Text("title");
        RecipeClass kind = root.Choice(
            "class", ("production", RecipeClass.Production), ("engineering", RecipeClass.Engineering));
        string siteId = root.Code("site");
        if (root.Has("site") && siteId != site.Id)
        {
            root.Refuse("site", $"site '{siteId}' is not the set in use; that is '{site.Id}'");
        }

        ImmutableArray<FieldReader> slurries = root.Maps("slurries", 1, 2);
        ImmutableArray<SlurryFormula> formulas = [.. slurries.Select(Slurry)];
        for (int i = 1; i < formulas.Length; i++)
        {
            if (formulas.Take(i).Any(f => f.Layer == formulas[i].Layer))
            {
                slurries[i].Refuse("layer", $"the layer '{RecipeRules.Name(formulas[i].Layer)}' is there twice");
            }
        }

        CellDesign? cell = root.Has("cell") ? Cell(root.Map("cell")) : null;
        root.Finish();
        Recipe recipe = new(id, version, title, kind, formulas, site, string.Empty) { Cell = cell };
        return recipe with { ContentHash = CanonicalForm.HashOf(recipe) };
    }

    private static CellDesign Cell(FieldReader cell)
    {
        Bounds limits = Bounds.AboveUpTo(0m, 1_000_000m);
        CellDesign design = new(
            cell.Quantity("negative_capacity", "mAh", limits), cell.Quantity("positive_capacity", "mAh", limits));
        cell.Finish();
        return design;
    }

    private static SlurryFormula Slurry(FieldReader slurry)
    {
        SubLayer layer = slurry.Choice("layer", ("base", SubLayer.Base), ("top", SubLayer.Top));
        ImmutableArray<FieldReader> entries = slurry.Maps("charge", 1, MaxIngredients);
        ImmutableArray<Ingredient> charge = [.. entries.Select(IngredientOf)];
        for (int i = 1; i < charge.Length; i++)
        {
            if (charge.Take(i).Any(c => c.Material == charge[i].Material))
            {
                entries[i].Refuse("material", $"material '{charge[i].Material}' is in the charge twice");
            }
        }

        if (!charge.IsEmpty && !charge.Any(c => c.Kind is MaterialKind.Carbon))
        {
            slurry.Refuse("charge", "the charge has no carbon");
        }

        MixStage before = Stage(slurry.Map("pre_dilution"), MixStageKind.PreDilution);
        FieldReader dilutionEntry = slurry.Map("dilution");
        Ingredient dilution = IngredientOf(dilutionEntry);
        if (dilutionEntry.Has("kind") && dilution.Kind != MaterialKind.Solvent)
        {
            dilutionEntry.Refuse("kind", "what dilutes a slurry must be a solvent");
        }

        MixStage after = Stage(slurry.Map("post_dilution"), MixStageKind.PostDilution);
        slurry.Finish();
        return new SlurryFormula(layer, charge, dilution, before, after);
    }

    private static Ingredient IngredientOf(FieldReader entry)
    {
        string material = entry.Code("material");
        MaterialKind kind = entry.Choice(
            "kind",
            ("solvent", MaterialKind.Solvent),
            ("carbon", MaterialKind.Carbon),
            ("silver", MaterialKind.Silver),
            ("binder_solution", MaterialKind.BinderSolution));
        decimal mass = entry.Quantity("mass", "g", Bounds.AboveUpTo(0m, 310m));
        decimal? d50 = null;
        string? type = null;
        decimal? binder = null;
        decimal? oxygen = null;
        if (kind == MaterialKind.Carbon)
        {
            type = entry.Choice(
                "type",
                ("carbon black", "carbon black"),
                ("acetylene black", "acetylene black"),
                ("furnace black", "furnace black"),
                ("ketjen black", "ketjen black"),
                ("activated carbon", "activated carbon"),
                ("graphene", "graphene"));
            d50 = entry.Quantity("d50", "nm", Bounds.AboveUpTo(0m, 100_000m));
            entry.Choice("d50_method", ("primary_particle", D50Method.PrimaryParticle));
            oxygen = entry.OptionalQuantity("oxygen", "at%", Bounds.Between(0m, 100m));
        }
        else if (kind == MaterialKind.BinderSolution)
        {
            entry.Choice("binder", ("PVDF", 0));
            binder = entry.Quantity("binder_fraction", "wt%", Bounds.Between(0.1m, 99m)) / 100m;
        }

        entry.Finish();
        return new Ingredient(
            material, kind, new(mass), d50 is decimal size ? new(size) : null, type, binder, oxygen);
    }

    private static MixStage Stage(FieldReader stage, MixStageKind kind)
    {
        int cycles = stage.Whole("cycles", 1, 30);
        decimal seconds = stage.Quantity("cycle_time", "s", Bounds.Between(1m, 7200m));
        decimal speed = stage.Quantity("speed", "rpm", Bounds.Between(1m, 2000m));
        stage.Finish();
        return new MixStage(kind, cycles, new(seconds), new(speed));
    }
}
