using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CsCheck;

namespace CoatLine.Domain.Tests.Recipes;

public sealed class RecipeDiffTests
{
    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");

    [TestCaseSource(typeof(RecipeFiles), nameof(RecipeFiles.All))]
    public void Diff_OfARecipeWithItself_IsEmpty(string name)
    {
        RecipeDiff diff = RecipeDiff.Between(RecipeFiles.Read(name), RecipeFiles.Read(name));

        Assert.That(diff.IsEmpty, Is.True);
    }

    [Test]
    public void Diff_OfOneMass_NamesTheFieldAndWhatFollows()
    {
        Recipe heavier = RecipeFile.Read(RecipeFiles.With("mass: 0.3 g", "mass: 0.4 g"), "x.yaml").Recipe!;

        RecipeDiff diff = RecipeDiff.Between(Embodiment4, heavier);

        Assert.That(
            diff.Fields, Is.EqualTo(new[] { new RecipeDifference("top.charge.silver.mass", "0.3 g", "0.4 g") }));
        Assert.That(
            diff.Derived, Does.Contain(new RecipeDifference("top silver of active", "23.08 wt%", "28.57 wt%")));
        Assert.That(diff.Derived.Select(d => d.Path), Has.None.StartsWith("base "));
        Assert.That(diff.Rules, Is.Empty);
    }

    [Test]
    public void Diff_OfEmbodiment1AndComparative3_NamesTheRulesThatBreak()
    {
        RecipeDiff diff =
            RecipeDiff.Between(RecipeFiles.Read("embodiment-1"), RecipeFiles.Read("comparative-3"));

        Assert.That(
            diff.Rules.Where(d => d.After == "Fail").Select(d => d.Path),
            Is.EqualTo(new[] { "R03", "R04", "R05", "R06" }));
        Assert.That(diff.Fields, Does.Contain(new RecipeDifference("class", "Production", "Engineering")));
        Assert.That(diff.Fields, Does.Contain(new RecipeDifference("base.charge.cb-200.d50", null, "200 nm")));
        Assert.That(diff.Fields, Does.Contain(new RecipeDifference("base.charge.cb-40.d50", "40 nm", null)));
    }

    [Test]
    public void Diff_OfAMissingTop_ShowsItWhole()
    {
        RecipeDiff diff = RecipeDiff.Between(Embodiment4, RecipeFiles.Read("embodiment-1"));

        Assert.That(
            diff.Fields.Where(d => d.Path.StartsWith("top.", StringComparison.Ordinal)).Select(d => d.After),
            Is.Not.Empty.And.All.Null);
    }

    [Test]
    public void Scale_OfAnyRecipeByAnyFactor_KeepsEveryVerdictAndValueThatIsARatio()
    {
        Gen.Select(Gen.Int[0, RecipeFiles.All.Length - 1], Gen.Int[1, 1000]).Holds((which, hundredths) =>
        {
            Recipe recipe = Recipes[which];
            Assert.That(
                RecipeScaling.TryScale(recipe, hundredths / 100m, out ScaledRecipe? scaled, out string? refusal),
                refusal);
            RuleCheck[] before = [.. RecipeRules.Check(recipe)];
            return scaled!.Checks.Length == before.Length
                && scaled.Checks.Zip(before).All(pair =>
                    pair.First.Rule == pair.Second.Rule
                    && pair.First.Subject == pair.Second.Subject
                    && pair.First.Verdict == pair.Second.Verdict);
        });
    }

    [Test]
    public void Scale_ByOne_IsTheSameRecipe()
    {
        RecipeScaling.TryScale(Embodiment4, 1m, out ScaledRecipe? scaled, out _);

        Assert.That(scaled!.Recipe.ContentHash, Is.EqualTo(Embodiment4.ContentHash));
    }

    [Test]
    public void Scale_ByTen_MultipliesEveryMassAndChangesTheHash()
    {
        RecipeScaling.TryScale(Embodiment4, 10m, out ScaledRecipe? scaled, out _);

        Assert.That(scaled!.Recipe.ContentHash, Is.Not.EqualTo(Embodiment4.ContentHash));
        Assert.That(
            Masses(scaled.Recipe), Is.EqualTo(Masses(Embodiment4).Select(grams => 10m * grams)));
        Assert.That(
            DerivedValues.Of(scaled.Recipe.Slurries[0], Embodiment4.Site.Densities)[^1].ToString(),
            Is.EqualTo("0.1517"));
    }

    [TestCase(0, "factor")]
    [TestCase(-1, "factor")]
    [TestCase(100.01, "factor")]
    [TestCase(10.34, "base would be 310.2 g; the mixer takes 310 g")]
    public void Scale_BeyondFactorOrMixer_IsRefused(decimal factor, string says)
    {
        Assert.That(RecipeScaling.TryScale(Embodiment4, factor, out _, out string? refusal), Is.False);
        Assert.That(refusal, Does.Contain(says));
        Assert.That(RecipeScaling.TryScale(Embodiment4, 10.33m, out _, out _), Is.True);
    }

    private static IEnumerable<decimal> Masses(Recipe recipe) =>
        recipe.Slurries.SelectMany(s => s.Charge.Append(s.Dilution)).Select(i => i.Mass.Value);

    private static readonly Recipe[] Recipes = [.. RecipeFiles.All.Select(RecipeFiles.Read)];
}
