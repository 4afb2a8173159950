using System.Text.Json;

namespace CoatLine.System.Tests;

[TestFixture]
internal sealed class RulesCommandTests
{
    [Test]
    public async Task Rules_AsJson_HoldTheCatalogueWithExactBounds()
    {
        Answer answer = await Coatline.RunAsync("rules", "--json");

        JsonElement[] rules = [.. answer.Json.GetProperty("rules").EnumerateArray()];
        JsonElement sa = rules.Single(static r => r.GetProperty("id").GetString() == "R36");
        JsonElement limit = sa.GetProperty("numbers")[0].GetProperty("limit");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            Assert.That(rules.Count(static r => r.GetProperty("id").GetString()![0] == 'R'), Is.EqualTo(36));
            Assert.That(limit.GetProperty("high").GetDecimal(), Is.EqualTo(0.1m));
            Assert.That(limit.GetProperty("high_inclusive").GetBoolean(), Is.False);
            Assert.That(sa.GetProperty("source").GetString(), Does.Contain("[0042]"));
            Assert.That(sa.GetProperty("stages")[0].GetString(), Is.EqualTo("W"));
        }
    }

    [Test]
    public async Task Rules_OfOneStage_AreOnlyThose()
    {
        Answer answer = await Coatline.RunAsync("rules", "--stage", "lab");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            Assert.That(answer.Output, Does.Contain("R52").And.Contain("[0103]").And.Not.Contain("R36"));
        }
    }

    [Test]
    public async Task Rules_OfAnUnknownStage_AreBadInputThatNamesTheStages()
    {
        Answer answer = await Coatline.RunAsync("rules", "--stage", "X");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
            Assert.That(answer.Errors, Does.Contain("RC, LR, WI, MIX, C1, C2, D, W, LAB"));
        }
    }
}
