using CoatLine.Engine;

namespace CoatLine.Faults.Bus;

/// <summary>A fault: what is done to the ends, the broker or the database while facts are recorded.</summary>
/// <param name="Name">What happens, for people.</param>
/// <param name="RunAsync">Starts the ends, does it, and ends it; says when it is over.</param>
internal sealed record BusScenario(string Name, Func<BusRig, Task> RunAsync)
{
    /// <summary>How long most faults last.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(3);

    /// <summary>So many facts at least are not confirmed when the fault ends, or it was none.</summary>
    private const int LeastBacklog = 200;

    /// <summary>Both ends run and facts are recorded; something breaks for a while, and is healed.</summary>
    public static BusScenario While(
        string name, Func<BusRig, Task> breakIt, Func<BusRig, Task> healIt, TimeSpan? lasting = null) =>
        new(name, async rig =>
        {
            await rig.StartAsync();
            await breakIt(rig);
            try
            {
                await Task.Delay(lasting ?? Usual, TimeProvider.System, CancellationToken.None);
                Journal journal = rig.Edge!.Journal;
                if (lasting != TimeSpan.Zero && journal.HeadSeq - journal.ConfirmedSeq < LeastBacklog)
                {
                    rig.Wrong.Enqueue(
                        $"{journal.ConfirmedSeq} of {journal.HeadSeq} facts were confirmed all the same: no fault");
                }
            }
            finally
            {
                await healIt(rig);
            }

            await rig.RecoverAsync();
        });

    /// <summary>Both ends run and facts are recorded; something happens that nobody has to heal.</summary>
    public static BusScenario Once(string name, Func<BusRig, Task> happens) =>
        While(name, happens, static _ => Task.CompletedTask, TimeSpan.Zero);

    /// <summary>Runs it on servers and judges it; never throws for what the fault did.</summary>
    public async Task<BusResult> JudgeAsync(BusServers servers)
    {
        await using BusRig rig = await BusRig.MakeAsync(servers);
        try
        {
            await RunAsync(rig);
            await rig.FinishAsync();
        }
        catch (Exception e)
        {
            await rig.StopRecordingAsync();
            rig.Wrong.Enqueue($"{e.GetType().Name}: {e.Message}");
        }

        return await rig.JudgeAsync(Name);
    }
}
