using CoatLine.Faults.Bus;
using CoatLine.Faults.Bus.Simulation;

namespace CoatLine.Messaging.Tests;

/// <summary>A bounded share of <c>./ops/faults bus</c>.</summary>
public sealed class FaultTests
{
    private static readonly string[] Share =
    [
        "broker killed, and started again",
        "broker wiped with a backlog in its queue",
        "the ledger's queue deleted",
        "password changed, connections closed",
        "queue of another type stands there when the ledger starts",
        "database killed, and started again",
        "sessions ended by the server, again and again",
        "ledger fails after each second commit, before its answer",
        "an old copy of the journal is put in its place",
        "both processes killed in turn, 8 times",
        "segments again, and in reverse order",
        "spoilt segments: any octet changed, cut short",
        "poison: no segment, unknown version, unknown kind, too long",
    ];

    [TestCaseSource(nameof(Share))]
    public async Task Fault_OnRealServers_LosesAndRepeatsNothing(string name)
    {
        BusScenario scenario = BusProgram.Scenarios.Single(s => s.Name == name);

        BusResult result = await scenario.JudgeAsync(new BusServers(Broker.Rabbit, Broker.Postgres));

        Assert.That(result.Held, Is.True, $"{result.Row}\n{string.Join('\n', result.Wrong)}");
        Assert.That(result.Sent, Is.Positive);
    }

    [Test]
    public void Schedules_Simulated_LoseAndRepeatNothing()
    {
        const int seeds = 1000;
        SimulatedResult[] results =
        [
            .. Enumerable.Range(1, seeds).AsParallel().Select(static seed => new SimulatedRun((ulong)seed).Run()),
        ];

        Assert.That(results.Where(r => r.Wrong.Count > 0).Select(r => $"{r.Seed}: {r.Wrong[0]}"), Is.Empty);
        Assert.That(
            results.SelectMany(r => r.Fired).Distinct(), Is.EquivalentTo(Enum.GetValues<SimulatedFault>()));
    }

    [Test]
    public void Schedule_OfASeed_IsTheSameEachTime()
    {
        SimulatedResult first = new SimulatedRun(194).Run();
        SimulatedResult second = new SimulatedRun(194).Run();

        Assert.That(second.Fired, Is.EqualTo(first.Fired));
        Assert.That(second.Sent, Is.EqualTo(first.Sent));
    }
}
