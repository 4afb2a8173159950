using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Ledger;
using CoatLine.Messaging;

namespace CoatLine.Faults.Bus;

/// <summary>Faults of the two ends: they stop, die, come twice, or come back with an old memory.</summary>
internal static class EndFaults
{
    private const int Kills = 8;
    private const int Some = 300;
    private const int LongestLifeMs = 900;
    private const int ShortestLifeMs = 60;

    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    public static IEnumerable<BusScenario> All =>
    [
        new("ledger stopped and started with work in flight", StopLedgerAsync),
        new("edge stopped and started with work in flight", StopEdgeAsync),
        new("edge first, ledger long after", EdgeFirstAsync),
        new("two ledgers' ends at once, the working one ends", TwoLedgersAsync),
        new("ledger fails before each second commit", r => FailingAsync(r, isAfterCommit: false)),
        new("ledger fails after each second commit, before its answer", r => FailingAsync(r, isAfterCommit: true)),
        new("an old copy of the journal is put in its place", OldJournalAsync),
        new($"ledger's process killed (SIGKILL), {Kills} times", KillLedgerAsync),
        new($"edge's process killed (SIGKILL), {Kills} times", KillEdgeAsync),
        new($"both processes killed in turn, {Kills} times", KillBothAsync),
    ];

    private static async Task StopLedgerAsync(BusRig rig)
    {
        await rig.StartAsync();
        await rig.Ledger!.DisposeAsync();
        rig.Ledger = null;
        await Task.Delay(Shortly, TimeProvider.System, CancellationToken.None);
        await rig.StartLedgerAsync();
        await rig.RecoverAsync();
    }

    private static async Task StopEdgeAsync(BusRig rig)
    {
        await rig.StartLedgerAsync();
        await rig.StartEdgeAsync();
        const int times = 4;
        for (int i = 0; i < times; i++)
        {
            rig.Edge!.Record(Some);
            await rig.Edge.DisposeAsync();
            await rig.StartEdgeAsync();
        }

        rig.Edge!.Record(Some);
        await rig.RecoverAsync();
    }

    private static async Task EdgeFirstAsync(BusRig rig)
    {
        await rig.StartEdgeAsync();
        rig.Record();
        await Task.Delay(Shortly, TimeProvider.System, CancellationToken.None);
        await rig.StartLedgerAsync();
        await rig.RecoverAsync();
    }

    private static async Task TwoLedgersAsync(BusRig rig)
    {
        await rig.StartAsync();
        LedgerEnd first = rig.Ledger!;
        await rig.StartLedgerAsync();
        await Task.Delay(Shortly, TimeProvider.System, CancellationToken.None);
        await first.DisposeAsync();
        await rig.RecoverAsync();
    }

    private static async Task FailingAsync(BusRig rig, bool isAfterCommit)
    {
        var failing = new FailingLedger(isAfterCommit);
        await rig.StartLedgerAsync(failing.Around);
        await rig.StartEdgeAsync();
        rig.Record();
        await Task.Delay(3 * Shortly, TimeProvider.System, CancellationToken.None);
        failing.IsWell = true;
        await rig.RecoverAsync();
        if (failing.Failures == 0)
        {
            rig.Wrong.Enqueue("nothing failed, so there was no fault");
        }
    }

    private static async Task OldJournalAsync(BusRig rig)
    {
        string edge = Path.Combine(rig.Folder, "edge");
        string old = Path.Combine(rig.Folder, "old");
        string newest = Path.Combine(rig.Folder, "newest");
        await rig.StartLedgerAsync();
        await RecordAndStopAsync(rig);
        Copy(edge, old);
        await RecordAndStopAsync(rig);
        Directory.Move(edge, newest);
        Directory.Move(old, edge);

        // What is recorded on it has numbers that are taken: none of it may ever be committed.
        Edge wrong = await Edge.StartAsync(edge, BusRig.Line, rig.Options());
        try
        {
            wrong.Record(Some);
            using var bound = new CancellationTokenSource(BusRig.RecoverWithin);
            await wrong.Feed.AgreeAsync(bound.Token);
            rig.Wrong.Enqueue("the old copy was taken for good");
        }
        catch (LedgerFeedException e) when (e.Message.Length > 0)
        {
            await Task.Delay(Shortly, TimeProvider.System, CancellationToken.None);
        }
        finally
        {
            await wrong.DisposeAsync();
        }

        Directory.Delete(edge, recursive: true);
        Directory.Move(newest, edge);
        await rig.StartEdgeAsync();
        rig.Edge!.Record(Some);
        await rig.RecoverAsync();
    }

    private static async Task RecordAndStopAsync(BusRig rig)
    {
        await rig.StartEdgeAsync();
        rig.Edge!.Record(Some);
        await rig.Edge.DrainAsync(BusRig.RecoverWithin);
        await rig.Edge.DisposeAsync();
        rig.Edge = null;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static async Task KillLedgerAsync(BusRig rig)
    {
        await rig.StartEdgeAsync();
        rig.Record();
        var chance = new Chance(1);
        for (int i = 0; i < Kills; i++)
        {
            await using Child ledger = await Child.StartAsync(rig, Child.LedgerRole);
            await LiveAsync(chance);
            ledger.Kill();
        }

        await rig.StartLedgerAsync();
        await rig.RecoverAsync();
    }

    private static async Task KillEdgeAsync(BusRig rig)
    {
        rig.IsKilledWhileRecording = true;
        await rig.StartLedgerAsync();
        var chance = new Chance(2);
        for (int i = 0; i < Kills; i++)
        {
            await using Child edge = await Child.StartAsync(rig, Child.EdgeRole);
            await LiveAsync(chance);
            edge.Kill();
        }

        await rig.StartEdgeAsync();
        rig.Edge!.Record(Some);
        await rig.RecoverAsync();
    }

    private static async Task KillBothAsync(BusRig rig)
    {
        rig.IsKilledWhileRecording = true;
        var chance = new Chance(3);
        Child ledger = await Child.StartAsync(rig, Child.LedgerRole);
        Child edge = await Child.StartAsync(rig, Child.EdgeRole);
        try
        {
            for (int i = 0; i < Kills; i++)
            {
                await LiveAsync(chance);
                if (chance.OnceIn(2))
                {
                    await ledger.DisposeAsync();
                    ledger = await Child.StartAsync(rig, Child.LedgerRole);
                }
                else
                {
                    await edge.DisposeAsync();
                    edge = await Child.StartAsync(rig, Child.EdgeRole);
                }
            }
        }
        finally
        {
            await edge.DisposeAsync();
            await ledger.DisposeAsync();
        }

        await rig.StartLedgerAsync();
        await rig.StartEdgeAsync();
        rig.Edge!.Record(Some);
        await rig.RecoverAsync();
    }

    private static Task LiveAsync(Chance chance) => Task.Delay(
        TimeSpan.FromMilliseconds(ShortestLifeMs + chance.Below(LongestLifeMs - ShortestLifeMs)), TimeProvider.System,
        CancellationToken.None);
}
