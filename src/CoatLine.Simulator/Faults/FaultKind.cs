namespace CoatLine.Simulator.Faults;

/// <summary>What can be made to go wrong on the simulated line.</summary>
public enum FaultKind
{
    /// <summary>Every connection is dropped and none is taken; the PLCs go on.</summary>
    LinkCut,

    /// <summary>The PLC of a unit loses power and comes back with its retentive memory.</summary>
    PlcRestart,

    /// <summary>The PLC of a unit comes back with nothing: ids, answer, result and epoch are gone; matter is not.
    /// </summary>
    PlcMemoryLoss,

    /// <summary>A live tag keeps its value; its time stamp moves.</summary>
    StuckTag,

    /// <summary>A tag is not Good (BadSensorFailure).</summary>
    BadQualityTag,

    /// <summary>The heartbeat of a unit's PLC stands still.</summary>
    StuckHeartbeat,

    /// <summary>The lid of the mixer opens.</summary>
    LidOpen,

    /// <summary>The rotor of the mixer is out of balance.</summary>
    Imbalance,

    /// <summary>The slurry in the mixer heats up by so many °C/min beside what mixing does.</summary>
    SlurryOverheating,

    /// <summary>The blade of the coater stands askew: left and right differ by so many µm.</summary>
    GapTilt,

    /// <summary>The vacuum under the foil fails.</summary>
    VacuumLoss,

    /// <summary>So many % of the lower explosive limit in the dryer beside what the sheet gives off.</summary>
    LelRise,

    /// <summary>The bag leaks by so many MPa/min.</summary>
    BagLeak,

    /// <summary>The press ends its dwell so many seconds early.</summary>
    ShortDwell,

    /// <summary>The unit refuses requests with this Ack.Code.</summary>
    RefusedRequest,

    /// <summary>The unit answers requests so many seconds late.</summary>
    LateAck,

    /// <summary>The unit takes its result back and latches the same result again.</summary>
    DuplicateCompletion,

    /// <summary>The unit latches the first number of a request 1 too high.</summary>
    WrongEcho,

    /// <summary>The press loses the samples of its buffer from so many seconds on, for 120 s.</summary>
    PressTraceLost,
}
