using System.Text.Json;

namespace CoatLine.System.Tests;

[TestFixture]
internal sealed class PlanCommandTests
{
    private static readonly string Profiles = Path.Combine(RecipeCommandTests.FindRecipes(), "profiles");

    [Test]
    public async Task PlanGap_OfTheWorkedExample_PrintsThePublishedWindow()
    {
        Answer answer = await Coatline.RunAsync("plan", "gap", "--base-profile", Profile("worked-example"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
            Assert.That(answer.Output, Does.Contain("58.7–61.6 µm at z 4 (Cpk 1.33)"));
            Assert.That(answer.Output, Does.Contain("Proposed   60.1 µm above the foil: R 6.68 dried, 7.49 pressed"));
        }
    }

    [Test]
    public async Task PlanGap_WithTooGreatAnUncertainty_IsRefusedWithoutAGap()
    {
        Answer answer = await Coatline.RunAsync(
            "plan", "gap", "--base-profile", Profile("worked-example"), "--u", "0.12", "--z", "3", "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(1), answer.ToString());
            Assert.That(answer.Json.GetProperty("reason").GetString(), Does.StartWith("no permissible gap"));
            foreach (string name in (string[])["limits_um", "window_um", "proposed_um", "expected_dried"])
            {
                Assert.That(answer.Json.GetProperty(name).ValueKind, Is.EqualTo(JsonValueKind.Null), name);
            }
        }
    }

    [TestCase("60.0", 0, "accepted")]
    [TestCase("55.0", 1, "outside_guard")]
    [TestCase("50", 1, "outside_limits")]
    public async Task PlanGap_AskedAboutAGap_SaysWhetherAndWhy(string gap, int exitCode, string verdict)
    {
        Answer answer = await Coatline.RunAsync(
            "plan", "gap", "--base-profile", Profile("worked-example"), "--gap", gap, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(exitCode), answer.ToString());
            Assert.That(answer.Json.GetProperty("asked").GetProperty("verdict").GetString(), Is.EqualTo(verdict));
        }
    }

    [Test]
    public async Task PlanGap_FromAGaugeTooCoarse_ShowsNoGap()
    {
        Answer answer = await Coatline.RunAsync(
            "plan", "gap", "--base-profile", Profile("worked-example"), "--gauge-class", "5");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(1), answer.ToString());
            Assert.That(answer.Output, Does.Contain("S03").And.Not.Contain("Proposed").And.Not.Contain("Window"));
        }
    }

    [Test]
    public async Task PlanGap_OfAFileThatIsNoProfile_IsBadInput()
    {
        Answer answer = await Coatline.RunAsync(
            "plan", "gap", "--base-profile", Path.Combine(RecipeCommandTests.FindRecipes(), "site.yaml"));

        Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
    }

    private static string Profile(string name) => Path.Combine(Profiles, name + ".csv");
}
