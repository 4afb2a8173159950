using System.Text.Json;

namespace CoatLine.System.Tests;

/// <summary>The MES is killed at arbitrary moments; the simulator lives on, as a PLC does.</summary>
[TestFixture]
internal sealed class KillTests
{
    private const int LastLineOfARun = 260;

    private static readonly string[] Physical = ["MixCycle", "10"];

    [TestCase(1)]
    [TestCase(2)]
    public async Task Run_KilledThreeTimes_EndsReleasedWithEveryCycleOnce(int seed)
    {
        using TemporaryFolder folder = new();
        string data = folder.File("data");
        Random chance = new(seed);
        // Three arbitrary facts of the run, in rising order; the kill falls somewhere after each was written.
        int[] facts = [.. Enumerable.Range(0, 3).Select(_ => chance.Next(5, LastLineOfARun)).Order()];
        foreach (int fact in facts)
        {
            using FollowedRun killed = new("run", "--once", "--speed", "2000", "--data", data);
            bool reached = await killed.ReadUntilAsync(line => SeqOf(line) >= fact);
            Assert.That(reached, Is.True, $"the run ended before fact {fact}\n{killed}");
            await killed.KillAsync();
        }

        Answer end = await Coatline.RunAsync("run", "--once", "--speed", "2000", "--data", data, "--json");
        Answer verify = await Coatline.RunAsync("ledger", "verify", "--data", data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.ExitCode, Is.Zero, end.ToString());
            Assert.That(verify.ExitCode, Is.Zero, verify.ToString());
            IReadOnlyDictionary<string, long> counts = LedgerFile.CountByType(data);
            Assert.That(counts["coatline.mix-cycle-completed.v1"], Is.EqualTo(34));
            Assert.That(counts["coatline.coat-completed.v1"], Is.EqualTo(2));
            Assert.That(counts["coatline.press-cycle-completed.v1"], Is.EqualTo(1));
            Assert.That(counts["coatline.engine-started.v1"], Is.EqualTo(4));
            Assert.That(MachineLog(data, "started"), Is.EqualTo(34), "mix cycles begun, by the machine's own log");
            Assert.That(MachineLog(data, "completed"), Is.EqualTo(34), "mix cycles ended, by the machine's own log");
        }
    }

    [Test]
    public async Task Run_OnAFolderInUse_NamesItsOwnerAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        string data = folder.File("data");
        using FollowedRun owner = new("run", "--once", "--speed", "10000", "--data", data);
        Assert.That(await owner.ReadUntilAsync(static line => SeqOf(line) >= 3), Is.True, owner.ToString());

        Answer second = await Coatline.RunAsync("run", "--once", "--data", data);
        await owner.EndAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ExitCode, Is.EqualTo(3), second.ToString());
            Assert.That(second.Errors, Does.Contain("in use by process"));
            Assert.That(owner.ExitCode, Is.Zero, owner.ToString());
        }
    }

    private static long MachineLog(string data, string what) =>
        File.ReadLines(Path.Combine(data, "simulator-log.jsonl"))
            .Select(static l => JsonDocument.Parse(l).RootElement)
            .Count(e => e.GetProperty("what").GetString() == what
                && Physical.Contains(e.GetProperty("phase").ToString()));

    /// <summary>The sequence number at the start of a fact's line, or 0 for another line.</summary>
    private static long SeqOf(string line) =>
        line.Length > 5 && long.TryParse(line.AsSpan(0, 5), out long seq) ? seq : 0;
}
