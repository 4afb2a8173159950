using System.Text.Json;
using CoatLine.Simulator.Log;
using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Tests;

public class SimulatorLogTests
{
    [Test]
    public void Log_OfACompletedAndAnAbortedPhase_TellsBothWithTheirSeconds()
    {
        using var bench = new Bench();
        bench.Weigh("J", "cb-40", 3);
        bench.Run("Mixer", 10, bench.CycleOf("J"));
        bench.Request("Mixer", 10, 500, bench.CycleOf("J", cycle: 2));
        bench.Command("Mixer", UnitCommand.Start, 500);
        bench.Pass(60);
        bench.Command("Mixer", UnitCommand.Abort, 500);
        bench.RunUntilSettled("Mixer");

        SimulatorLogEntry[] mixer = [.. bench.Log.Entries.Where(e => e.Unit == "Mixer")];
        Assert.That(
            mixer.Select(e => e.What),
            Is.EqualTo(new[] { LogWhat.Started, LogWhat.Completed, LogWhat.Started, LogWhat.Aborted }));
        Assert.That(mixer[1].CountedS, Is.EqualTo(180));
        Assert.That(mixer[3].CountedS, Is.InRange(45, 52));
        Assert.That(mixer[3].RequestId, Is.EqualTo(500));
        Assert.That(bench.Log.Entries.Select(e => e.Seq), Is.EqualTo(Enumerable.Range(1, bench.Log.Entries.Count)));
    }

    [Test]
    public void Log_WithAFile_IsContinuedAndReadableAsJsonLines()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "simulator-log-test.jsonl");
        File.Delete(path);
        var parameters = new Dictionary<string, object> { ["StepTimeSP"] = 180.0, ["ContainerId"] = "J" };
        var at = new DateTime(2026, 3, 2, 6, 0, 0, DateTimeKind.Utc);
        for (int start = 0; start < 2; start++)
        {
            using var log = new SimulatorLog(path);
            log.Append(LogWhat.Completed, "Mixer", 10, ulong.MaxValue, at, 180, parameters);
        }

        string[] lines = File.ReadAllLines(path);
        JsonElement entry = JsonDocument.Parse(lines[1]).RootElement;
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(entry.GetProperty("what").GetString(), Is.EqualTo("completed"));
        Assert.That(entry.GetProperty("request_id").GetUInt64(), Is.EqualTo(ulong.MaxValue));
        Assert.That(entry.GetProperty("parameters").GetProperty("StepTimeSP").GetDouble(), Is.EqualTo(180));
    }
}
