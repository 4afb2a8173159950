using CoatLine.Faults.Engine.Processes;

namespace CoatLine.System.Tests;

/// <summary>A bounded share of the real processes of <c>./ops/faults engine</c>.</summary>
[TestFixture]
internal sealed class ProcessCampaignTests
{
    /// <summary>Batches; the long campaign has twenty.</summary>
    private const int Processes = 2;

    [Test]
    public async Task Campaign_BoundedShare_FindsNothing()
    {
        ProcessReport report = await ProcessFaults.RunAsync(Coatline.Program, Processes);

        await TestContext.Out.WriteLineAsync(string.Join('\n', report.Table()));
        Assert.That(report.Findings(), Is.Empty);
        Assert.That(report.Runs.Select(static r => r.Done.Length), Has.All.Positive, "each run was cut");
        Assert.That(
            report.Runs.Where(static r => r.End == "released").Select(static r => r.MixCycles), Has.All.EqualTo(34));
    }

    [Test]
    public void Schedule_OfASeed_IsTheSameEachTime() => Assert.That(
        Enumerable.Range(1, 50).Select(static s => ProcessSchedule.Of((ulong)s).ToString()),
        Is.EqualTo(Enumerable.Range(1, 50).Select(static s => ProcessSchedule.Of((ulong)s).ToString()))
            .And.Unique);

    [Test]
    public void Schedules_OfTheLongCampaign_HoldEveryKindOfCut() => Assert.That(
        Enumerable.Range(1, ProcessFaults.DefaultProcesses)
            .SelectMany(static s => ProcessSchedule.Of((ulong)s).Cuts)
            .Select(static c => c.Kind),
        Is.SupersetOf(Enum.GetValues<CutKind>()));

    [Test]
    public void MachineLog_PhaseBegunTwice_IsWrong()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("log.jsonl");
        const string begun = """
            {"seq":1,"what":"started","unit":"Mixer","phase":10,"request_id":7,"parameters":{"ContainerId":"J-1"}}
            """;
        File.WriteAllLines(file, [begun, begun]);

        MachineLog log = MachineLog.Read(file, []);

        Assert.That(log.Wrong, Has.Count.EqualTo(1).And.All.Contains("started, started"));
        Assert.That(log.Begun, Has.Count.EqualTo(2));
    }

    [Test]
    public void MachineLog_ThirteenthCycleOfASlurry_IsWrong()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("log.jsonl");
        File.WriteAllLines(file, Enumerable.Range(1, 18).SelectMany(static id => new[]
        {
            Line("started", id), Line("completed", id),
        }));

        MachineLog log = MachineLog.Read(file, []);

        Assert.That(log.Wrong, Is.EqualTo(new[] { "the machine has mixed J-1 18 times" }));
        Assert.That(log.IsWhole, Is.False);
    }

    private static string Line(string what, int id) =>
        "{\"what\":\"" + what + "\",\"unit\":\"Mixer\",\"phase\":10,\"request_id\":" + id
            + ",\"parameters\":{\"ContainerId\":\"J-1\"}}";
}
