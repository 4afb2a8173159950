namespace CoatLine.System.Tests;

/// <summary>Pictures that commands write beside their answer.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PlotTests : IDisposable
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly string Example =
        Path.Combine(RecipeCommandTests.FindRecipes(), "profiles", "worked-example.csv");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task PlanGap_WithAPicture_WritesItBesideTheSameAnswer()
    {
        string svg = _folder.File("gap.svg");

        Answer plain = await Coatline.RunAsync("plan", "gap", "--base-profile", Example);
        Answer drawn = await Coatline.RunAsync("plan", "gap", "--base-profile", Example, "--plot", svg);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawn.ExitCode, Is.Zero, drawn.ToString());
            Assert.That(drawn.Output, Is.EqualTo(plain.Output));
            Assert.That(File.ReadAllText(svg), Does.Contain("embodiment-4 v1: gap of coat 2"));
            Assert.That(File.ReadAllText(svg), Does.Contain("Window 58.8–61.8 µm"));
        }
    }

    [Test]
    public async Task PlanGap_WithoutAPermissibleGap_DrawsNoWindow()
    {
        string svg = _folder.File("gap.svg");

        Answer answer = await Coatline.RunAsync(
            "plan", "gap", "--base-profile", Example, "--u", "0.12", "--z", "3", "--plot", svg);

        Assert.That(answer.ExitCode, Is.EqualTo(1), answer.ToString());
        Assert.That(File.ReadAllText(svg), Does.Contain("no permissible gap").And.Not.Contain("proposed"));
    }

    [Test]
    public async Task BatchShow_WithAPicture_WritesItsProfile()
    {
        string data = _folder.File("data");
        SampleLedger ledger = new(data);
        string batch = ledger.Released(6.8m);
        ledger.Write();
        string png = _folder.File("profile.PNG");

        Answer answer = await Coatline.RunAsync("batch", "show", batch, "--data", data, "--plot", png);

        Assert.That(answer.ExitCode, Is.Zero, answer.ToString());
        Assert.That(File.ReadAllBytes(png).Take(PngSignature.Length), Is.EqualTo(PngSignature));
    }

    [TestCase("gap.pdf", "gap.pdf")]
    [TestCase("gap", "--plot")]
    [TestCase("missing/gap.png", "--plot")]
    public async Task Plot_ToAPlaceOrFormatThatIsNone_IsBadInputNamingTheField(string name, string named)
    {
        string file = _folder.File(name);

        Answer answer = await Coatline.RunAsync("plan", "gap", "--base-profile", Example, "--plot", file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ExitCode, Is.EqualTo(2), answer.ToString());
            Assert.That(answer.Errors, Does.StartWith("error: --plot").And.Contain(named));
            Assert.That(answer.Output, Is.Empty);
            Assert.That(File.Exists(file), Is.False);
        }
    }
}
