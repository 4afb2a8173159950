using System.Text.Json;

namespace CoatLine.System.Tests;

[TestFixture]
internal sealed class RecipeCommandTests
{
    private static readonly string Recipes = FindRecipes();

    [TestCase("embodiment-1", 0, new string[0])]
    [TestCase("embodiment-2", 0, new string[0])]
    [TestCase("embodiment-3", 0, new string[0])]
    [TestCase("embodiment-4", 0, new string[0])]
    [TestCase("comparative-1", 1, new[] { "R01" })]
    [TestCase("comparative-2", 1, new[] { "R01", "R03", "R06" })]
    [TestCase("comparative-3", 1, new[] { "R03", "R04", "R05", "R06", "R06" })]
    public async Task RecipeCheck_OfAnExample_BreaksExactlyTheseRules(string name, int exitCode, string[] rules)
    {
        Answer answer = await Coatline.RunAsync("recipe", "check", Path.Combine(Recipes, name + ".yaml"), "--json");

        Assert.That(answer.ExitCode, Is.EqualTo(exitCode), answer.ToString());
        JsonElement[] broken =
            [.. answer.Json.GetProperty("checks").EnumerateArray()
                .Where(static c => c.GetProperty("verdict").GetString() == "fail")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(broken.Select(static c => c.GetProperty("rule").GetString()), Is.EquivalentTo(rules));
            Assert.That(broken.All(static c => c.GetProperty("value").ValueKind == JsonValueKind.Number), Is.True);
            Assert.That(broken.All(static c => c.GetProperty("limit").GetString() is { Length: > 0 }), Is.True);
            Assert.That(broken.All(static c => c.GetProperty("paragraph").GetString() is { Length: > 0 }), Is.True);
        }
    }

    [Test]
    public async Task RecipeCheck_ForAPerson_ShowsValueLimitAndParagraph()
    {
        Answer answer = await Coatline.RunAsync("recipe", "check", Path.Combine(Recipes, "comparative-3.yaml"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(1));
            Assert.That(answer.Output, Does.Contain("200 nm").And.Contain("d < 100 nm").And.Contain("[0047]"));
            Assert.That(answer.Output, Does.Not.Contain("\u001b"));
        }
    }

    [Test]
    public async Task RecipeCheck_OfAComparativeAsATrial_IsAllowed()
    {
        Answer answer = await Coatline.RunAsync(
            "recipe", "check", Path.Combine(Recipes, "comparative-3.yaml"), "--as", "engineering", "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero);
            Assert.That(answer.Json.GetProperty("broken").GetInt32(), Is.EqualTo(5));
        }
    }

    [Test]
    public async Task RecipeList_AsJson_HoldsTheSevenExamples()
    {
        Answer answer = await Coatline.RunAsync("recipe", "list", "--json");

        Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
        Assert.That(answer.Json.GetProperty("recipes").GetArrayLength(), Is.EqualTo(7));
    }

    /// <summary>The recipes of the working copy that these tests were built from.</summary>
    internal static string FindRecipes()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CoatLineMES.sln")))
        {
            at = at.Parent;
        }

        return Path.Combine(at!.FullName, "recipes");
    }
}
