namespace CoatLine.Architecture.Tests;

[TestFixture]
internal sealed class SourceRulesTests
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".json", ".yaml", ".md", ".sh", ".xml", ".csv", ".js", ".mjs", ".config", ".txt"];

    [Test]
    public void Files_AsTheyStand_BreakNoRule()
    {
        string[] texts =
            [.. Repository.Files.Where(static f => TextEndings.Contains(Path.GetExtension(f)) || !f.Contains('.'))];

        Assert.That(texts, Is.Not.Empty);
        Assert.That(texts.SelectMany(static f => SourceRules.Violations(f, Repository.Read(f))), Is.Empty);
    }

    [TestCase("class Line" + "Manager;")]
    [TestCase("internal readonly record struct Bit" + "Utils(int X);")]
    [TestCase("var first" + "Layer = 1;")]
    [TestCase("decimal Second" + "SubLayer;")]
    [TestCase("// TO" + "DO later")]
    [TestCase("throw new NotImplemented" + "Exception();")]
    [TestCase("// https://api.nuget" + ".org/v3")]
    public void Source_OneBrokenLine_IsOneViolation(string line) =>
        Assert.That(SourceRules.Violations("src/A/B.cs", line + "\n").ToArray(), Has.Length.EqualTo(1));

    [TestCase(120, 0)]
    [TestCase(121, 1)]
    public void Source_LineLength_IsHeldAtItsLimit(int columns, int violations) =>
        Assert.That(
            SourceRules.Violations("src/A/B.cs", new string('x', columns) + "\n").ToArray(),
            Has.Length.EqualTo(violations));

    [TestCase("src/A/B.cs", 400, 0)]
    [TestCase("src/A/B.cs", 401, 1)]
    [TestCase("src/A/B.g.cs", 401, 0)]
    public void Source_FileLength_IsHeldAtItsLimit(string path, int lines, int violations) =>
        Assert.That(
            SourceRules.Violations(path, string.Concat(Enumerable.Repeat("x\n", lines))).ToArray(),
            Has.Length.EqualTo(violations));

    [Test]
    public void Source_WordsOfTheApplicationInProse_AreAllowed() =>
        Assert.That(SourceRules.Violations("src/A/B.cs", "// the Base is the second sub-layer of [0087]\n"), Is.Empty);
}
