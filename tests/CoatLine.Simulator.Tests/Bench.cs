using CoatLine.Simulator.Log;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator.Tests;

/// <summary>A line without network under a clock that the test turns.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly TagTable Table = TagTable.Load();

    public Bench(int seed = 1, double tickSeconds = 0.5)
    {
        TickSeconds = tickSeconds;
        Line = new PlcLine(Table, seed, Log, Now);
    }

    public SimulatorLog Log { get; } = new(null);

    public PlcLine Line { get; }

    public DateTime Now { get; private set; } = new(2026, 3, 2, 6, 0, 0, DateTimeKind.Utc);

    public double TickSeconds { get; }

    public ulong LastId { get; private set; }

    public void Dispose() => Log.Dispose();

    public void Write(string unit, string tag, object value) => Line[unit].Image.Set(tag, value, Now);

    public T Read<T>(string unit, string tag) => Line[unit].Image.Get<T>(tag);

    public UnitState State(string unit) => Line[unit].State;

    public Ack AckCode(string unit) => (Ack)Read<int>(unit, "Ack.Code");

    public void Pass(double seconds)
    {
        DateTime end = Now + TimeSpan.FromSeconds(seconds);
        while (Now < end)
        {
            Now = Now + TimeSpan.FromSeconds(TickSeconds) < end ? Now + TimeSpan.FromSeconds(TickSeconds) : end;
            Line.Scan(Now);
        }
    }

    /// <summary>Writes a request the way the contract wants it and lets the PLC look at it once.</summary>
    public Ack Request(string unit, int phase, ulong id, params (string Name, object Value)[] parameters)
    {
        foreach ((string name, object value) in parameters)
        {
            Write(unit, "Request." + name, value);
        }

        Write(unit, "Request.Phase", phase);
        if (Read<ulong>(unit, "Request.Epoch") == 0)
        {
            Write(unit, "Request.Epoch", 1ul);
        }

        Write(unit, "Request.Id", id);
        LastId = id;
        Line.Scan(Now);
        return AckCode(unit);
    }

    public void Command(string unit, UnitCommand command, ulong id)
    {
        Write(unit, "Command.Id", id);
        Write(unit, "Command.CntrlCmd", (int)command);
        Line.Scan(Now);
    }

    public void RunUntilSettled(string unit, double maxSeconds = 200_000)
    {
        DateTime limit = Now + TimeSpan.FromSeconds(maxSeconds);
        while (State(unit) is not (UnitState.Complete or UnitState.Aborted or UnitState.Stopped) && Now < limit)
        {
            Pass(TickSeconds);
        }
    }

    /// <summary>Requests, starts and runs one phase to its end; fails when the unit refuses.</summary>
    public void Run(string unit, int phase, params (string Name, object Value)[] parameters)
    {
        ulong id = LastId + 1;
        Assert.That(Request(unit, phase, id, parameters), Is.EqualTo(Ack.Accepted), Read<string>(unit, "Ack.Text"));
        Command(unit, UnitCommand.Start, id);
        RunUntilSettled(unit);
        Assert.That(Read<ulong>(unit, "Result.Id"), Is.EqualTo(id));
    }

    public void Weigh(string jar, string material, double grams, double tolerance = 0) => Run(
        "Balance", 1, ("ContainerId", jar), ("Material", material), ("TargetMass", grams), ("Tolerance", tolerance));

    public (string, object)[] CycleOf(string jar, int stage = 1, int cycle = 1, double seconds = 180) =>
    [
        ("ContainerId", jar), ("RevSpeedSP", 2000.0), ("StepTimeSP", seconds), ("StageId", stage),
        ("CycleIndex", cycle), ("BalanceDial", Line.World.FindJar(jar)?.GrossGrams ?? 92.0),
    ];

    public void Mix(string jar, int stage, int cycles, double restSeconds)
    {
        for (int cycle = 1; cycle <= cycles; cycle++)
        {
            Run("Mixer", 10, CycleOf(jar, stage, cycle));
            Pass(restSeconds);
        }
    }

    /// <summary>Weighs in the charge, mixes 12 cycles, adds NMP, mixes 5 cycles.</summary>
    public void MakeSlurry(string jar, double dilution, params (string Material, double Grams)[] charge)
    {
        foreach ((string material, double grams) in charge)
        {
            Weigh(jar, material, grams);
        }

        Mix(jar, 1, 12, 300);
        Weigh(jar, "nmp", dilution);
        Mix(jar, 2, 5, 300);
    }

    public void MakeEmbodiment4Base(string jar) => MakeSlurry(
        jar, 5, ("cb-40", 3), ("cb-80", 3), ("silver", 2), ("pvdf-6-nmp", 9.33), ("nmp", 7.67));

    public void MakeEmbodiment4Top(string jar) => MakeSlurry(
        jar, 1.5, ("cb-40", 1), ("silver", 0.3), ("pvdf-6-nmp", 1.5), ("nmp", 2.5));

    public static (string, object)[] CoatOf(string jar, string sheet, int index, double gap, int datum = 1) =>
    [
        ("ContainerId", jar), ("SheetId", sheet), ("FoilRollId", "F-1"), ("BladeId", "BL-1"), ("FoilSide", 1),
        ("CoatIndex", index), ("GapDatum", datum), ("GapSP", gap), ("SpeedSP", 20.0), ("StrokeSP", 200.0),
    ];

    public void Dry(string sheet, double seconds1 = 1800, double seconds2 = 0, double kpa = 101.3) => Run(
        "Dryer", 30, ("SheetId", sheet), ("Segment1TempSP", 80.0), ("Segment1Time", seconds1),
        ("Segment2TempSP", 110.0), ("Segment2Time", seconds2), ("Segment2PressureSP", kpa), ("RampSP", 5.0));

    public double[] Profile(string sheet, int points = 9)
    {
        Run("ThicknessGauge", 40, ("SheetId", sheet), ("PointCount", points), ("EdgeMargin", 10.0));
        return Read<double[]>("ThicknessGauge", "Result.Thickness");
    }

    public void Press(string sheet) => Run(
        "Press", 50, ("SheetId", sheet), ("BagId", "BAG-1"), ("PressureSP", 490.0), ("PressureBand", 10.0),
        ("TempSP", 80.0), ("TempBand", 3.0), ("DwellSP", 1800.0), ("RampSP", 100.0));
}
