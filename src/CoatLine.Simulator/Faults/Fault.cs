namespace CoatLine.Simulator.Faults;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Unit">Unit of the tag contract; null where the kind has only one, or is of the whole line.</param>
/// <param name="Tag">Tag name below the unit, for the kinds that are about one.</param>
/// <param name="Amount">How much, in the unit of the kind; null where there is nothing to measure.</param>
/// <param name="ForS">Line seconds until it is gone, above 0; null: until it is cleared.</param>
public sealed record Fault(
    FaultKind Kind, string? Unit = null, string? Tag = null, double? Amount = null, double? ForS = null);

/// <summary>When a fault begins; by default at once. What depends on a phase begins with the scan that finds it so far.
/// </summary>
/// <param name="AtS">Line seconds after the start of the line, ≥ 0; null for a phase.</param>
/// <param name="Phase">Phase number of the tag contract; null for any.</param>
/// <param name="Nth">Which phase of this number on the line, from 1; null for any.</param>
/// <param name="Cycle">Mix cycle of the stage (CycleIndex), 1 to 30; null for any.</param>
/// <param name="IntoS">Seconds of Execute into the phase, ≥ 0.</param>
public sealed record FaultTrigger(
    double? AtS = null, int? Phase = null, int? Nth = null, int? Cycle = null, double IntoS = 0)
{
    /// <summary>At once.</summary>
    public static FaultTrigger Now { get; } = new(AtS: 0);

    /// <summary>Whether it waits for a phase.</summary>
    public bool IsOfPhase => Phase is not null || Cycle is not null;
}

/// <summary>A fault of a scenario.</summary>
/// <param name="Fault">What.</param>
/// <param name="Trigger">When.</param>
public sealed record ScheduledFault(Fault Fault, FaultTrigger Trigger);
