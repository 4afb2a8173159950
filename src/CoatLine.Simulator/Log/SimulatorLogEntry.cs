namespace CoatLine.Simulator.Log;

/// <summary>What a line of the machine log says.</summary>
public enum LogWhat
{
    /// <summary>A phase entered Execute: from here on matter moves.</summary>
    Started = 1,

    /// <summary>A phase ran to its end.</summary>
    Completed = 2,

    /// <summary>A phase was stopped on command.</summary>
    Stopped = 3,

    /// <summary>A phase was aborted on command or by the unit itself.</summary>
    Aborted = 4,

    /// <summary>Something began to go wrong; the parameters tell what.</summary>
    FaultBegun = 5,

    /// <summary>Something that went wrong is over.</summary>
    FaultEnded = 6,
}

/// <summary>One line of the machine log: what a unit physically did, told by the machine and not by the MES.</summary>
/// <param name="Seq">Number of the line, from 1 without gaps since the simulator started.</param>
/// <param name="What">Start or end of a phase, and how it ended.</param>
/// <param name="Unit">Unit name of the tag contract.</param>
/// <param name="Phase">Phase number of the tag contract.</param>
/// <param name="RequestId">Id of the request that the phase carries out.</param>
/// <param name="At">When, in line time (UTC).</param>
/// <param name="CountedS">Seconds that count by then (at speed, at temperature, in both bands); 0 at the start.</param>
/// <param name="Parameters">Parameters as latched, by name.</param>
public sealed record SimulatorLogEntry(
    long Seq,
    LogWhat What,
    string Unit,
    int Phase,
    ulong RequestId,
    DateTimeOffset At,
    double CountedS,
    IReadOnlyDictionary<string, object> Parameters);
