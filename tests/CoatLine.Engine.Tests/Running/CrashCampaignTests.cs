using CoatLine.Domain.Execution;
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
        Assert.That(report.Sweeps.Select(s => s.Points), Has.All.GreaterThan(1000));
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

    [Test]
    public async Task Oracle_PhaseThatNobodyAskedFor_IsADoubleAction()
    {
        (Plant plant, BatchOutcome outcome, Record record) = await ReleasedAsync();
        using (plant)
        {
            PhaseRequest request = new(
                Unit.Press,
                PhaseKind.PressCycle,
                Foreign.Id,
                9,
                [.. Named("SheetId", "BagId", "PressureSP", "DwellSP")]);
            await plant.Line.RequestAsync(request, CancellationToken.None);
            await plant.Line.StartAsync(Unit.Press, Foreign.Id, CancellationToken.None);

            Judgement judged = Oracle.Judge(Undisturbed.Steps(BatchOrder.Plain), plant, record.Chain, outcome);

            Assert.That(judged.DoubleActions, Is.EqualTo(1));
            Assert.That(judged.Wrong[0], Does.StartWith("nobody asked for"));
        }
    }

    [Test]
    public async Task Oracle_FactThatIsGone_IsLostAndSoIsThePhase()
    {
        (Plant plant, BatchOutcome outcome, Record record) = await ReleasedAsync();
        using (plant)
        {
            int roughness = record.Chain.ToList().FindLastIndex(e => e.Type.Contains("roughness"));

            Judgement judged = Oracle.Judge(
                Undisturbed.Steps(BatchOrder.Plain), plant, [.. record.Chain.Take(roughness)], outcome);

            Assert.That(judged.LostFacts, Is.EqualTo(record.Chain.Count - roughness + 1));
            Assert.That(judged.Wrong, Has.Some.Contains("was run and has no outcome on record"));
        }
    }

    [Test]
    public async Task Oracle_PlanOfOneMorePhase_IsNotReleasedWithLess()
    {
        (Plant plant, BatchOutcome outcome, Record record) = await ReleasedAsync();
        using (plant)
        {
            string[] plan = [.. Undisturbed.Steps(BatchOrder.Plain), "one/more"];

            Assert.That(
                Oracle.Judge(plan, plant, record.Chain, outcome).Wrong,
                Is.EqualTo(new[] { $"released with {plan.Length - 1} of {plan.Length} phases" }));
        }
    }

    private static IEnumerable<PhaseParameter> Named(params string[] names) =>
        names.Select(n => new PhaseParameter(n, n.EndsWith("SP", StringComparison.Ordinal) ? 300d : n));

    private static async Task<(Plant Plant, BatchOutcome Outcome, Record Record)> ReleasedAsync()
    {
        var plant = new Plant();
        BatchOutcome outcome = await Life.RunAsync(plant, BatchOrder.Plain, new Person(plant, null));
        return (plant, outcome, Record.Of(plant));
    }
}
