namespace CoatLine.Simulator.Plc;

/// <summary>What is special about one unit: its phases, interlocks and physics.</summary>
internal abstract class UnitProgram
{
    /// <summary>Unit name of the tag contract.</summary>
    public abstract string Unit { get; }

    /// <summary>The phases it can run.</summary>
    public abstract IReadOnlyList<PhaseSpec> Phases { get; }

    /// <summary>Interlock bits as switched by whoever stands at the machine; 0 forbids nothing.</summary>
    public uint Interlock { get; set; }

    /// <summary>Seconds from Execute to a stand: Completing, Holding, Stopping and Aborting take so long.</summary>
    public virtual double StandstillSeconds => 1.0;

    /// <summary>Checks what the request means to work on: container, sheet, material. Null when all is there.</summary>
    public abstract Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now);

    /// <summary>Begins a phase that was checked when it was accepted.</summary>
    public abstract PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now);

    /// <summary>Live values while no phase runs.</summary>
    public abstract void WriteIdleLive(LiveWriter live);

    /// <summary>What each interlock bit says when it is set, from bit 0.</summary>
    public abstract IReadOnlyList<string> InterlockTexts { get; }

    /// <summary>Whether an interlock bit is set.</summary>
    protected bool IsSet(int bit) => (Interlock & (1u << bit)) != 0;

    /// <summary>A refusal because something is not there or is not what it should be.</summary>
    protected static Refusal Wrong(FormattableString text) =>
        new(Ack.WrongMaterial, text.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A refusal because the machine must not move like this.</summary>
    protected static Refusal Unsafe(FormattableString text) =>
        new(Ack.Interlocked, text.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
