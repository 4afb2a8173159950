namespace CoatLine.Architecture.Tests;

[TestFixture]
internal sealed class LayoutTests
{
    private static readonly string[] TopLevel =
    [
        "CoatLineMES.sln", "src", "plc-tags", "recipes", "tests", "ops", "README.md",
        "LICENSE", ".ci", ".editorconfig", ".gitattributes", ".gitignore", "Directory.Build.props",
        "Directory.Packages.props", "global.json",
    ];

    [Test]
    public void TopLevel_AsItStands_HoldsNothingElse() =>
        Assert.That(Repository.Files.Select(static f => f.Split('/')[0]).Distinct(), Is.SubsetOf(TopLevel));

    [TestCase(".ci/run")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [TestCase("ops/run")]
    [TestCase("ops/test")]
    [TestCase("ops/coatline")]
    [TestCase("ops/faults")]
    [TestCase("ops/bench")]
    public void Script_AsItStands_MayBeExecuted(string path)
    {
        UnixFileMode mode = File.GetUnixFileMode(Path.Combine(Repository.Root, path));

        Assert.That(mode.HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute), Is.True);
    }

    [Test]
    public void BuildServer_AsItStands_CallsTheTestCommandOfTheReadme()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Repository.Read(".ci/run"), Does.Contain("./ops/test"));
            Assert.That(Repository.Read("README.md"), Does.Contain("./ops/test").And.Contain("./ops/run"));
        }
    }

    [Test]
    public void SourceMap_AsItStands_NamesEveryProject()
    {
        string map = Repository.Read("src/README.md");

        Assert.That(ReferenceMap.Projects.Keys.Where(p => !map.Contains(p, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void DecisionPages_AsTheyStand_NameWhatWasRefused()
    {
        string[] pages =
            [.. Repository.Files.Where(static f => f.StartsWith("src/decisions/", StringComparison.Ordinal))];

        Assert.That(pages, Is.Not.Empty);
        Assert.That(
            pages.Where(static p => !Repository.Read(p).Contains("## Refused", StringComparison.Ordinal)), Is.Empty);
    }
}
