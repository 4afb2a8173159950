using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator.Plc;

/// <content>What goes wrong with the PLC itself.</content>
internal sealed partial class PlcUnit
{
    private static readonly string[] Remembered = ["Ack.", "Active.", "Result.", "Request.", "Command."];

    private ulong againId;
    private readonly Dictionary<int, int> begunOf = [];

    /// <summary>What is wrong with it.</summary>
    public UnitFaults Faults { get; } = new();

    /// <summary>The phase in Execute, which one it is of its kind, its mix cycle and its seconds; null for none.
    /// </summary>
    public (int Phase, int Nth, int? Cycle, double Seconds)? Running => state == UnitState.Execute && run is not null
        ? (phase!.Number,
            begunOf[phase.Number],
            parameters!.Values.TryGetValue("CycleIndex", out object? cycle) ? (int)cycle : null,
            run.Seconds)
        : null;

    /// <summary>
    /// The power fails and the PLC comes back with nothing: what ran is broken off, and nobody is told. The matter is
    /// as it was left.
    /// </summary>
    public void Forget(DateTime now)
    {
        Settle(now);
        PauseRun(now);
        if (ActiveId != 0)
        {
            EndPhase(PhaseEnd.Aborted, now);
        }

        foreach (TagDefinition tag in Image.Cells.Select(c => c.Tag)
            .Where(t => t.Name is "Owner.Epoch" || Remembered.Any(r => t.Name.StartsWith(r, StringComparison.Ordinal)))
            .ToArray())
        {
            Image.Set(tag.Name, tag.InitialValue, now);
        }

        (latchedAlarms, requestSeenAt, againId) = (0, null, 0);
        Enter(UnitState.Idle, now);
    }

    /// <summary>Takes a latched result back in one scan and latches it again in the next.</summary>
    private void LatchAgain(DateTime now)
    {
        if (againId != 0)
        {
            Image.Set("Result.Id", againId, now);
            againId = 0;
        }
        else if (Faults.LatchesTwice && ActiveId == 0 && Image.Get<ulong>("Result.Id") is not 0 and var id)
        {
            (Faults.LatchesTwice, againId) = (false, id);
            Image.Set("Result.Id", 0ul, now);
        }
    }
}
