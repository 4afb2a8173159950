using CoatLine.Simulator.Balance;
using CoatLine.Simulator.Coater;
using CoatLine.Simulator.Dryer;
using CoatLine.Simulator.Faults;
using CoatLine.Simulator.Log;
using CoatLine.Simulator.Mixer;
using CoatLine.Simulator.Press;
using CoatLine.Simulator.Profilometer;
using CoatLine.Simulator.Tags;
using CoatLine.Simulator.ThicknessGauge;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Plc;

/// <summary>All seven PLCs and the matter they work on, without any network. Not thread-safe.</summary>
internal sealed class PlcLine
{
    private readonly Dictionary<string, PlcUnit> units;
    private readonly Dictionary<string, UnitProgram> programs;

    public PlcLine(TagTable table, int seed, SimulatorLog log, DateTime now, Action<bool>? cutLink = null)
    {
        World = new LineWorld(seed);
        programs = new UnitProgram[]
        {
            new BalanceProgram(World, now),
            new MixerProgram(World),
            new CoaterProgram(World),
            new DryerProgram(World),
            new ThicknessGaugeProgram(World, now),
            new PressProgram(World),
            new ProfilometerProgram(World, now),
        }.ToDictionary(p => p.Unit, StringComparer.Ordinal);
        units = programs.Values.ToDictionary(
            p => p.Unit, p => new PlcUnit(p, table, log, now), StringComparer.Ordinal);
        Faults = new FaultBoard(this, log, cutLink ?? (static _ => { }), now);
        Scan(now);
    }

    /// <summary>What goes wrong.</summary>
    public FaultBoard Faults { get; }

    /// <summary>Containers and sheets.</summary>
    public LineWorld World { get; }

    /// <summary>The PLCs.</summary>
    public IReadOnlyCollection<PlcUnit> Units => units.Values;

    /// <summary>The PLC of a unit.</summary>
    public PlcUnit this[string unit] => units[unit];

    /// <summary>What is special about a unit: where interlocks are switched.</summary>
    public UnitProgram Program(string unit) => programs[unit];

    /// <summary>Scans every PLC once.</summary>
    public void Scan(DateTime now)
    {
        foreach (PlcUnit unit in units.Values)
        {
            unit.Scan(now);
        }

        Faults.Step(now);
    }
}
