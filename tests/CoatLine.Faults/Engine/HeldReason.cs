using CoatLine.Domain.Events;

namespace CoatLine.Faults.Engine;

/// <summary>Why a batch waits for a person, and which faults explain that.</summary>
/// <param name="Name">In words.</param>
/// <param name="Explains">The faults of which one must have happened.</param>
internal sealed record HeldReason(string Name, params FaultKind[] Explains)
{
    private static readonly (Func<BatchHeld, bool> Fits, HeldReason Reason)[] Known =
    [
        (h => h.Reason.StartsWith("what became of request", StringComparison.Ordinal), new(
            "what became of a request is not known", FaultKind.PlcForgets, FaultKind.ForeignRequest)),
        (h => h.Reason.Contains("is not as this journal left it", StringComparison.Ordinal), new(
            "a unit is not as the journal left it", FaultKind.PlcForgets, FaultKind.ForeignRequest)),
        (h => h.Reason.StartsWith("Hold by ", StringComparison.Ordinal), new(
            "a person holds it", FaultKind.PersonHolds)),
        (h => h.Reason.StartsWith("Stop by ", StringComparison.Ordinal)
            || h.Reason.Contains("Stopped", StringComparison.Ordinal), new(
            "a person stopped it", FaultKind.PersonStops)),
        (h => h.Reason.Contains("by itself at ", StringComparison.Ordinal), new(
            "a unit holds by itself", FaultKind.UnitHolds)),
        (h => h.Reason.Contains("cannot go on:", StringComparison.Ordinal), new(
            "a dwell is not resumed", FaultKind.UnitHolds, FaultKind.PersonHolds)),
        (h => h.Reason.Contains("is in quarantine", StringComparison.Ordinal), new(
            "a unit is in quarantine", FaultKind.PlcForgets, FaultKind.ForeignRequest)),
        (h => h.Reason.Contains("is written off", StringComparison.Ordinal), new(
            "a phase was written off", FaultKind.PlcForgets, FaultKind.ForeignRequest)),
        (h => h.Reason.Contains("since the last request", StringComparison.Ordinal), new(
            "a unit was left stopped or aborted", FaultKind.PlcRestart)),
        (h => h.Reason.Contains(": Busy", StringComparison.Ordinal), new(
            "a unit is busy with somebody else's request", FaultKind.ForeignRequest)),
        (h => h.Reason.Contains(" refused ", StringComparison.Ordinal), new(
            "a unit refused", FaultKind.Refusal)),
        (h => h.Reason.Contains("can be read, but does not answer", StringComparison.Ordinal), new(
            "a unit can be read, but does not answer", FaultKind.LinkLostBefore, FaultKind.LinkLostAfter)),
        (h => h.Reason.Contains("nor has its result", StringComparison.Ordinal), new(
            "a unit does not know the request it ran", FaultKind.PlcForgets, FaultKind.ForeignRequest)),
        (h => h.Reason.Contains("is not Good", StringComparison.Ordinal), new(
            "a value is not Good", FaultKind.BadQuality)),
        (h => h.Reason.Contains("Aborted", StringComparison.Ordinal), new(
            "a phase was aborted by the unit", FaultKind.PlcRestart)),
        (h => h.Reason.Contains("slurry age", StringComparison.Ordinal)
            || h.Reason.Contains("time since", StringComparison.Ordinal), new(
            "an age is outside its limits, or the clock is wrong",
            FaultKind.ClockForward,
            FaultKind.ClockBack)),
    ];

    private static readonly HeldReason Unexplained = new("nothing explains it");

    public static HeldReason Of(BatchHeld held) =>
        Known.FirstOrDefault(known => known.Fits(held)).Reason ?? Unexplained;

    /// <summary>Whether one of the faults that have happened explains it.</summary>
    public bool IsExplainedBy(IEnumerable<Fault> fired) => fired.Any(f => Explains.Contains(f.Kind));
}
