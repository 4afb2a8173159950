using System.Text.Json;

namespace CoatLine.System.Tests;

[TestFixture]
internal sealed class RecipeShowCommandTests
{
    [Test]
    public async Task RecipeShow_OfEmbodiment4_PrintsWhatFollowsToThePublishedDigits()
    {
        Answer answer = await Coatline.RunAsync("recipe", "show", File("embodiment-4"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            foreach (string digits in (string[])["8.5598 g", "28.53 wt%", "0.1517", "1.3900 g", "20.44 wt%", "0.1049"])
            {
                Assert.That(answer.Output, Does.Contain(digits));
            }
        }
    }

    [Test]
    public async Task RecipeScale_ByTen_IsJudgedAgainAndByTooMuchRefused()
    {
        Answer ten = await Coatline.RunAsync("recipe", "scale", File("embodiment-4"), "--factor", "10", "--json");
        Answer eleven = await Coatline.RunAsync("recipe", "scale", File("embodiment-4"), "--factor", "11");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ten.ExitCode, Is.Zero, ten.ToString());
            Assert.That(ten.Json.GetProperty("broken").GetInt32(), Is.Zero);
            Assert.That(eleven.ExitCode, Is.EqualTo(1), eleven.ToString());
            Assert.That(eleven.Errors, Does.Contain("the mixer takes 310 g"));
        }
    }

    [Test]
    public async Task RecipeDiff_OfEmbodiment1AndComparative3_NamesTheRulesThatBreak()
    {
        Answer answer = await Coatline.RunAsync(
            "recipe", "diff", File("embodiment-1"), File("comparative-3"), "--json");

        IEnumerable<string?> broken = answer.Json.GetProperty("rules").EnumerateArray()
            .Where(static r => r.GetProperty("after").GetString() == "Fail")
            .Select(static r => r.GetProperty("path").GetString());
        Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
        Assert.That(broken, Is.EqualTo(new[] { "R03", "R04", "R05", "R06" }));
    }

    private static string File(string name) => Path.Combine(RecipeCommandTests.FindRecipes(), name + ".yaml");
}
