namespace CoatLine.Simulator.Plc;

/// <summary>What is wrong with one unit and its PLC; nothing on a sound one. Not thread-safe.</summary>
internal sealed class UnitFaults
{
    /// <summary>Whether the heartbeat stands.</summary>
    public bool HeartbeatStands { get; set; }

    /// <summary>Alarm bits by which a running phase is aborted; 0 for none.</summary>
    public uint Trips { get; set; }

    /// <summary>Interlock bits that are open beside those switched at the machine.</summary>
    public uint Interlocks { get; set; }

    /// <summary>The code that every request is refused with; null for none.</summary>
    public int? RefuseWith { get; set; }

    /// <summary>Line seconds by which the answer to a request comes late, ≥ 0.</summary>
    public double AckDelayS { get; set; }

    /// <summary>Whether the first number of a request is latched 1 too high.</summary>
    public bool EchoesWrong { get; set; }

    /// <summary>Whether a latched result goes and comes again.</summary>
    public bool LatchesTwice { get; set; }
}
