namespace CoatLine.System.Tests;

/// <summary>Master recipes at the shell: approved by two people, made into batches, retired.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RecipeBookCommandTests : IDisposable
{
    private static readonly string Recipes = RecipeCommandTests.FindRecipes();
    private static readonly string Four = Path.Combine(Recipes, "embodiment-4.yaml");
    private static readonly string One = Path.Combine(Recipes, "embodiment-1.yaml");

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Recipe_ApprovedAndRetired_DecidesWhatBatchesAreMadeOf()
    {
        Answer alone = await Approve(Four, "Erik:process-engineer", "Erik:qa-manager");
        Answer approved = await Approve(Four, "Erik:process-engineer", "Maria:qa-manager");
        Answer again = await Approve(Four, "Erik:process-engineer", "Maria:qa-manager");
        Answer made = await Coatline.RunAsync("batch", "start", Four, "--data", Data);
        Answer draft = await Coatline.RunAsync("batch", "start", One, "--data", Data);
        Answer retired = await Coatline.RunAsync(
            "recipe", "retire", "embodiment-4", "1", "--sign", "Maria:qa-manager", "--reason", "replaced",
            "--data", Data);
        Answer late = await Coatline.RunAsync("batch", "start", Four, "--data", Data);
        Answer book = await Coatline.RunAsync("recipe", "book", "--data", Data, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone.ExitCode, Is.EqualTo(1), alone.ToString());
            Assert.That(alone.Errors, Does.Contain("must be two different people"));
            Assert.That(approved.ExitCode, Is.Zero, approved.ToString());
            Assert.That(approved.Output, Does.Contain("embodiment-4 v1 is approved."));
            Assert.That(again.Errors, Does.Contain("is approved already"));
            Assert.That(made.ExitCode, Is.Zero, made.ToString());
            Assert.That(draft.ExitCode, Is.EqualTo(1), draft.ToString());
            Assert.That(draft.Errors, Does.Contain("recipe embodiment-1 v1 is a draft"));
            Assert.That(retired.ExitCode, Is.Zero, retired.ToString());
            Assert.That(late.Errors, Does.Contain("is retired: replaced"));
            Assert.That(
                book.Json.GetProperty("recipes")[0].GetProperty("status").GetString(), Is.EqualTo("retired"));
            Assert.That(LedgerFile.CountByType(Data)["coatline.recipe-approved.v1"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Approval_WithABadSignatureOrFile_IsBadInputAndTouchesNoFolder()
    {
        Answer file = await Approve(_folder.File("none.yaml"), "Erik:process-engineer", "Maria:qa-manager");
        Answer twice = await Coatline.RunAsync(
            "recipe", "retire", "embodiment-4", "1", "--reason", "why", "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.ExitCode, Is.EqualTo(2), file.ToString());
            Assert.That(twice.ExitCode, Is.EqualTo(2), twice.ToString());
            Assert.That(twice.Errors, Does.Contain("--sign is needed once here, not 0 times"));
            Assert.That(Directory.Exists(Data), Is.False);
        }
    }

    private Task<Answer> Approve(string file, string one, string other) => Coatline.RunAsync(
        "recipe", "approve", file, "--sign", one, "--sign", other, "--reason", "first issue", "--data", Data);
}
