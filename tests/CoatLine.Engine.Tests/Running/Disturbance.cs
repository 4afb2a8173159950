using CoatLine.Domain.Execution;
using CoatLine.Faults.Line;

namespace CoatLine.Engine.Tests.Running;

/// <summary>What tests do to a batch on its way.</summary>
internal static class Disturbance
{
    public static bool IsMix(PhaseRequest request, int cycle) =>
        request.Phase == PhaseKind.MixCycle && (int)SimpleWorld.Value(request, "CycleIndex") == cycle;

    public static int Mixed(Workshop shop) => shop.Line.Log.Count(a => a.Phase == PhaseKind.MixCycle);

    public static PhaseResult With(PhaseResult result, string name, Func<ResultValue, ResultValue> change) =>
        result with { Values = [.. result.Values.Select(v => v.Name == name ? change(v) : v)] };

    public static void Resume(Workshop shop, string batch)
    {
        using Journal journal = shop.OpenJournal();
        BatchEngine engine = shop.Start(journal);
        foreach (Unit unit in engine.Quarantine.Units.Keys)
        {
            Assert.That(engine.Free(unit, "Olga", "looked at it"), Is.Null);
        }

        Assert.That(engine.Resume(batch, "looked at it, put right"), Is.True);
    }

    public static async Task KillAsync(Workshop shop, string batch, Func<string, Unit, bool, bool> when)
    {
        shop.Line.Around = (call, unit, before) =>
        {
            if (when(call, unit, before))
            {
                throw new InvalidOperationException("killed");
            }
        };
        try
        {
            await shop.RunAsync(batch);
            Assert.Fail("the batch ended before it was killed");
        }
        catch (InvalidOperationException e) when (e.Message == "killed")
        {
            shop.Line.Around = (_, _, _) => { };
        }
    }
}
