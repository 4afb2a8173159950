namespace CoatLine.Architecture.Tests;

[TestFixture]
internal sealed class ReferenceMapTests
{
    [Test]
    public void Projects_AsTheyStand_FollowTheMap() =>
        Assert.That(ReferenceMap.Violations(Repository.Projects), Is.Empty);

    [Test]
    public void Projects_AsTheyStand_AreAllOnTheMapAndInTheSolution()
    {
        string solution = Repository.Read("CoatLineMES.sln").Replace('\\', '/');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Repository.Projects.Where(static p => p.IsProduct).Select(static p => p.Name),
                Is.EquivalentTo(ReferenceMap.Projects.Keys.Concat(ReferenceMap.OptIn.Keys)));
            Assert.That(
                Repository.Projects.Where(p => !solution.Contains(p.Path, StringComparison.Ordinal))
                    .Select(static p => p.Name),
                Is.EquivalentTo(ReferenceMap.OptIn.Keys));
        }
    }

    [Test]
    public void OptInProjects_WhereTheyAreReferredTo_StandBehindTheirSwitch()
    {
        string[] references =
        [
            .. Repository.Projects.SelectMany(static p => Repository.Read(p.Path).Split('\n'))
                .Where(static l => l.Contains("ProjectReference", StringComparison.Ordinal)
                    && ReferenceMap.OptIn.Keys.Any(k => l.Contains(k + ".csproj", StringComparison.Ordinal))),
        ];
        Assert.That(references, Is.Not.Empty);
        Assert.That(references, Has.All.Contains("Condition=\"'$(OpcFoundation)' == 'true'\""));
    }

    [TestCase("CoatLine.Domain", "<ProjectReference Include=\"../CoatLine.Engine/CoatLine.Engine.csproj\" />")]
    [TestCase("CoatLine.Simulator", "<ProjectReference Include=\"..\\CoatLine.Domain\\CoatLine.Domain.csproj\" />")]
    [TestCase("CoatLine.Hosting", "<ProjectReference Include=\"../CoatLine.Simulator/CoatLine.Simulator.csproj\" />")]
    [TestCase("CoatLine.Domain", "<PackageReference Include=\"Dapper\" />")]
    [TestCase("CoatLine.OpcUa", "<PackageReference Include=\"Unheard.Of\" />")]
    [TestCase("CoatLine.Novelty", "")]
    public void Map_OneForbiddenReference_IsOneViolation(string name, string reference)
    {
        ProjectFile project = ProjectFile.Parse(
            $"src/{name}/{name}.csproj", $"<Project><ItemGroup>{reference}</ItemGroup></Project>");

        Assert.That(ReferenceMap.Violations([project]).ToArray(), Has.Length.EqualTo(1));
    }

    [Test]
    public void TestProjects_AsTheyStand_StandForOneProjectOrTheWhole()
    {
        // Faults is a program: ./ops/faults runs its long campaigns, the tests run a bounded share of them. Bench is
        // one that ./ops/bench runs; it measures and judges nothing, so no test runs it. Servers starts the brokers and
        // databases that tests, campaigns and measurements need.
        string[] others =
        [
            "CoatLine.Architecture.Tests", "CoatLine.Conformance.Tests", "CoatLine.System.Tests", "CoatLine.Faults",
            "CoatLine.Bench", "CoatLine.Servers",
        ];
        IEnumerable<string> expected = ReferenceMap.Projects.Keys.Select(static p => p + ".Tests").Concat(others);

        Assert.That(Repository.Projects.Where(static p => !p.IsProduct).Select(static p => p.Name),
            Is.SubsetOf(expected));
    }
}
