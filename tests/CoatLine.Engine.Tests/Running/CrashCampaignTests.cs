using CoatLine.Faults.Engine;

namespace CoatLine.Engine.Tests.Running;

/// <summary>A bounded share of the campaign of <c>./ops/faults engine</c>, and that it sees what it is there to see.
/// </summary>
public sealed class CrashCampaignTests
{
    /// <summary>Every which point of the sweeps is killed at; the long campaign takes each. Prime, so that no kind of
    /// point is left out.</summary>
    private const int Stride = 17;

    /// <summary>Random schedules; the long campaign has a thousand.</summary>
    private const int Seeds = 60;

    [Test]
    public async Task Campaign_BoundedShare_FindsNothing()
    {
        EngineReport report = await EngineFaults.RunAsync(Seeds, Stride);

        TestContext.Out.WriteLine(string.Join('\n', report.Table()));
        Assert.That(report.Findings(), Is.Empty);
        Assert.That(report.Sweeps.Select(s => s.Points), Has.All.GreaterThan(1200));
        Assert.That(
            report.Seeds.SelectMany(s => s.Fired).Select(f => f.Kind).Distinct().Count(),
            Is.EqualTo(Enum.GetValues<FaultKind>().Length),
            "every kind of fault has happened");
    }

    [TestCase(3ul)]
    [TestCase(20ul)]
    [TestCase(42ul)]
    public async Task Seed_RunTwice_LeavesTheSameTrace(ulong seed)
    {
        SeedResult once = await SeededRun.RunAsync(seed);
        SeedResult again = await SeededRun.RunAsync(seed);

        Assert.That(once.Fired, Is.Not.Empty);
        Assert.That(again.Trace, Is.EqualTo(once.Trace));
        Assert.That(again.LastFacts, Is.EqualTo(once.LastFacts));
    }
}
