using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Recipes;

/// <summary>What the application weighs in, recipe by recipe ([0084]–[0091]).</summary>
public sealed class PublishedRecipesTests
{
    // First carbon g (nm), second carbon g (nm), silver, PVDF solution, NMP, NMP added.
    [TestCase("embodiment-1", SubLayer.Base, "3 (40) 3 (80) 2 9.33 7.67 5")]
    [TestCase("embodiment-2", SubLayer.Base, "3 (40) 3 (80) 2 9.33 7.67 5")]
    [TestCase("embodiment-3", SubLayer.Base, "4.5 (40) 3 (80) 2 9.33 7.67 5")]
    [TestCase("embodiment-4", SubLayer.Base, "3 (40) 3 (80) 2 9.33 7.67 5")]
    [TestCase("embodiment-4", SubLayer.Top, "1 (40) 0.3 1.5 2.5 1.5")]
    [TestCase("comparative-1", SubLayer.Base, "6 (40) 2 9.33 7.67 5")]
    [TestCase("comparative-2", SubLayer.Base, "6 (120) 2 9.33 7.67 5")]
    [TestCase("comparative-3", SubLayer.Base, "3 (120) 3 (200) 2 9.33 7.67 5")]
    public void Recipe_OfTheApplication_HasTheMassesAndSizesOfItsTable(string name, SubLayer layer, string table)
    {
        SlurryFormula slurry = RecipeFiles.Read(name).Slurry(layer)!;
        IEnumerable<string> charge = ((MaterialKind[])
            [MaterialKind.Carbon, MaterialKind.Silver, MaterialKind.BinderSolution, MaterialKind.Solvent])
            .SelectMany(kind => slurry.Charge.Where(i => i.Kind == kind).OrderBy(i => i.D50?.Value))
            .Select(static i => i.D50 is { } d50 ? $"{i.Mass.Value:0.##} ({d50.Value:0})" : $"{i.Mass.Value:0.##}");

        Assert.That(string.Join(' ', charge.Append($"{slurry.Dilution.Mass.Value:0.##}")), Is.EqualTo(table));
        Assert.That(
            slurry.Charge.Where(static i => i.Kind == MaterialKind.BinderSolution).Select(i => i.BinderWeightFraction),
            Has.All.EqualTo(0.06m));
        Assert.That((slurry.PreDilution.Cycles, slurry.PostDilution.Cycles), Is.EqualTo((12, 5)));
    }
}
