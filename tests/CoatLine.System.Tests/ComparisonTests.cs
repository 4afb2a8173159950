using System.Text.Json;

namespace CoatLine.System.Tests;

/// <summary>
/// Every example of the source made on the simulated line with real processes: the embodiments as product, the
/// comparative examples as engineering lots, and the tables of the source beside what came of them.
/// </summary>
[TestFixture]
internal sealed class ComparisonTests : IDisposable
{
    private static readonly string[] Embodiments = ["embodiment-1", "embodiment-2", "embodiment-3", "embodiment-4"];
    private static readonly string[] Comparatives = ["comparative-1", "comparative-2", "comparative-3"];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Answer> _runs = [];
    private Answer _report = new(-1, "", "");

    private string Data => _folder.File("data");

    [OneTimeSetUp]
    public async Task MakeThemAll()
    {
        string recipes = RecipeCommandTests.FindRecipes();
        foreach (string recipe in Embodiments.Concat(Comparatives))
        {
            string[] deviations = Comparatives.Contains(recipe)
                ? ["--deviations", Path.Combine(recipes, "simulated-deviations.yaml")]
                : [];
            _runs[recipe] = await Coatline.RunAsync(
            [
                "run", "--once", "--speed", "5000", "--data", Data, "--json",
                "--recipe", Path.Combine(recipes, recipe + ".yaml"), .. deviations,
            ]);
        }

        _report = await Coatline.RunAsync("report", "table1", "--data", Data, "--json");
    }

    public void Dispose() => _folder.Dispose();

    [TestCaseSource(nameof(Embodiments))]
    public void Embodiment_Made_IsReleased(string recipe)
    {
        Assert.That(_runs[recipe].ExitCode, Is.Zero, _runs[recipe].ToString());
        Assert.That(_runs[recipe].Json.GetProperty("outcome").GetString(), Is.EqualTo("released"));
    }

    [TestCaseSource(nameof(Comparatives))]
    public void Comparative_MadeAsEngineeringLot_BreaksStructureRulesAndIsNeverProduct(string recipe)
    {
        Assert.That(_runs[recipe].ExitCode, Is.Zero, _runs[recipe].ToString());
        JsonElement run = _runs[recipe].Json;
        Assert.That(run.GetProperty("outcome").GetString(), Is.EqualTo("trial"));
        Assert.That(run.GetProperty("sheets")[0].GetProperty("outcome").GetString(), Is.EqualTo("trial"));
        Assert.That(
            Example(recipe).GetProperty("run").GetProperty("broken").EnumerateArray().Select(b => b.GetString()),
            Is.EqualTo(new[] { "R35", "R36", "R37" }));
    }

    [TestCase("embodiment-1", 57.1, 36.4, 36)]
    [TestCase("comparative-1", 66.6, 44.5, 33)]
    [TestCase("comparative-2", 69.3, 50.3, 27)]
    [TestCase("comparative-3", 71.0, 53.0, 25)]
    public void Porosity_BeforeAndAfterThePress_IsWithinOneAndAHalfPointsOfTable1(
        string recipe, double before, double after, double reduction)
    {
        JsonElement source = Example(recipe).GetProperty("source");
        JsonElement run = Example(recipe).GetProperty("run");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(source.GetProperty("porosity_before_percent").GetDouble(), Is.EqualTo(before));
            Assert.That(source.GetProperty("porosity_after_percent").GetDouble(), Is.EqualTo(after));
            Assert.That(source.GetProperty("void_reduction_percent").GetDouble(), Is.EqualTo(reduction));
            Assert.That(run.GetProperty("porosity_before_percent").GetDouble(), Is.EqualTo(before).Within(1.5));
            Assert.That(run.GetProperty("porosity_after_percent").GetDouble(), Is.EqualTo(after).Within(1.5));
        }
    }

    [TestCase("embodiment-1", 0.07, 0.92)]
    [TestCase("comparative-1", 0.13, 1.13)]
    [TestCase("comparative-2", 0.18, 1.52)]
    public void Roughness_OfThePressedSheet_IsNearTable2(string recipe, double sa, double sz)
    {
        JsonElement run = Example(recipe).GetProperty("run");

        Assert.That(Mean(run, "sa_um"), Is.EqualTo(sa).Within(10).Percent);
        Assert.That(Mean(run, "sz_um"), Is.EqualTo(sz).Within(10).Percent);
    }

    [Test]
    public async Task Comparative_WithoutDeviations_IsRefusedAndNothingIsBegun()
    {
        string data = _folder.File("none");

        Answer refused = await Coatline.RunAsync(
            "batch", "start", Path.Combine(RecipeCommandTests.FindRecipes(), "comparative-1.yaml"), "--data", data);

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("R01").And.Contain("an engineering lot needs a deviation for it"));
        Assert.That(Directory.Exists(data), Is.False);
    }

    private static double Mean(JsonElement run, string samples) =>
        run.GetProperty(samples).EnumerateArray().Average(static s => s.GetDouble());

    private JsonElement Example(string recipe) =>
        _report.Json.GetProperty("examples").EnumerateArray()
            .Single(e => e.GetProperty("recipe").GetString() == recipe);
}
