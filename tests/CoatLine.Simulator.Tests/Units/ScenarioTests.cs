using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Tests.Units;

/// <summary>Acceptance scenarios as the machines' own controllers have to play them, whatever the MES does.</summary>
public class ScenarioTests
{
    [Test]
    public void Scenario10_SlurryAt61Degrees_StopsTheMixerWithAnAlarmOfSeverity800()
    {
        using var bench = new Bench(tickSeconds: 1);
        bench.Weigh("J", "cb-40", 6);
        bench.Weigh("J", "pvdf-6-nmp", 9.33);
        bench.Mix("J", 1, 4, restSeconds: 180);
        bench.Line.World.Faults.ExtraSlurryDegCPerMinute = 12;

        Assert.That(bench.Request("Mixer", 10, 500, bench.CycleOf("J", 1, 5)), Is.EqualTo(Ack.Accepted));
        bench.Command("Mixer", UnitCommand.Start, 500);
        bench.RunUntilSettled("Mixer");

        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Mixer", "Alarm.Word") & (1u << 3), Is.Not.Zero, "SlurryTempHiHi");
        Assert.That(bench.Read<double>("Mixer", "Result.SlurryTempPeak"), Is.InRange(60, 61));
        Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.InRange(30, 179.9));
        Assert.That(Severity("Mixer", 3), Is.EqualTo(800));
    }

    [Test]
    public void Scenario14_PressCycle_IsBufferedWhoeverListens()
    {
        using Bench bench = Dried();
        bench.Press("S");

        double[] at = bench.Read<double[]>("Press", "Result.TraceTime");
        double[] mpa = bench.Read<double[]>("Press", "Result.TracePressure");
        double[] degC = bench.Read<double[]>("Press", "Result.TraceTemp");
        TimeSpan ran = bench.Read<DateTime>("Press", "Result.EndTime")
            - bench.Read<DateTime>("Press", "Result.StartTime");
        Assert.That(at, Has.Length.InRange(200, 1000).And.Ordered);
        Assert.That((mpa.Length, degC.Length), Is.EqualTo((at.Length, at.Length)));
        Assert.That(at[0], Is.LessThanOrEqualTo(10));
        Assert.That(ran.TotalSeconds - at[^1], Is.InRange(0, 10.01));
        Assert.That(
            at.Zip(at.Skip(1), (a, b) => b - a), Has.All.EqualTo(10).Within(0.01), "even, and none is missing");
        int inDwell = Enumerable.Range(0, at.Length)
            .Count(i => Math.Abs(mpa[i] - 490) <= 10 && Math.Abs(degC[i] - 80) <= 3);
        Assert.That(inDwell * 10, Is.EqualTo(1800).Within(30));
    }

    [Test]
    public void Scenario14_LongCycle_KeepsItsBufferInsideItsBound()
    {
        using Bench bench = Dried();
        bench.Run(
            "Press", 50, ("SheetId", "S"), ("BagId", "B"), ("PressureSP", 490.0), ("PressureBand", 10.0),
            ("TempSP", 80.0), ("TempBand", 3.0), ("DwellSP", 30_000.0), ("RampSP", 100.0));

        double[] at = bench.Read<double[]>("Press", "Result.TraceTime");
        Assert.That(at, Has.Length.InRange(500, 1000).And.Ordered);
        Assert.That(at.Zip(at.Skip(1), (a, b) => b - a).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Scenario15_Lel26Percent_HoldsTheDryerWithHeatOffAndFullExhaustUntilSomebodyLetsItGoOn()
    {
        using Bench bench = Drying();
        bench.Line.World.Faults.ExtraLelPercent = 26;
        bench.Pass(20);

        Assert.That(bench.State("Dryer"), Is.EqualTo(UnitState.Held));
        Assert.That(bench.Read<uint>("Dryer", "Alarm.Word") & (1u << 4), Is.Not.Zero, "LelHi");
        Assert.That(Severity("Dryer", 4), Is.EqualTo(850));
        Assert.That(bench.Read<double>("Dryer", "Live.ExhaustFlow"), Is.EqualTo(400), "the most it has");
        double hot = bench.Read<double>("Dryer", "Live.Zone1Temp");
        bench.Pass(900);
        Assert.That(bench.Read<double>("Dryer", "Live.Zone1Temp"), Is.LessThan(hot - 20), "heat is off");

        bench.Line.World.Faults.ExtraLelPercent = 0;
        bench.Pass(7200);
        Assert.That(bench.State("Dryer"), Is.EqualTo(UnitState.Held), "no restart by itself, with the vapour gone");
        Assert.That(bench.Read<uint>("Dryer", "Alarm.Word"), Is.Zero);
        bench.Command("Dryer", UnitCommand.Unhold, 800);
        bench.RunUntilSettled("Dryer");
        Assert.That(bench.State("Dryer"), Is.EqualTo(UnitState.Complete));
        Assert.That(bench.Read<double>("Dryer", "Result.LelMax"), Is.InRange(26, 40), "on record");
    }

    [Test]
    public void Scenario15_UnholdWhileTheVapourStands_HoldsAgain()
    {
        using Bench bench = Drying();
        bench.Line.World.Faults.ExtraLelPercent = 26;
        bench.Pass(20);
        bench.Command("Dryer", UnitCommand.Unhold, 800);
        bench.Pass(30);

        Assert.That(bench.State("Dryer"), Is.EqualTo(UnitState.Held));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Scenario15_Lel50Percent_TripsTheDryerRunningOrHeld(bool held)
    {
        using Bench bench = Drying();
        if (held)
        {
            bench.Line.World.Faults.ExtraLelPercent = 26;
            bench.Pass(20);
        }

        Assert.That(bench.State("Dryer"), Is.EqualTo(held ? UnitState.Held : UnitState.Execute));
        bench.Line.World.Faults.ExtraLelPercent = 50;
        bench.Pass(20);

        Assert.That(bench.State("Dryer"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Dryer", "Alarm.Word") & 1u, Is.Not.Zero, "LelTrip");
        Assert.That(Severity("Dryer", 0), Is.EqualTo(1000));
        Assert.That(bench.Read<int>("Dryer", "Result.Code"), Is.EqualTo((int)PhaseEnd.Aborted));
    }

    private static int Severity(string unit, int bit)
    {
        using var table = new StreamReader(
            typeof(SimulatedLine).Assembly.GetManifestResourceStream("coatline-alarms.csv")!);
        string row = table.ReadToEnd().Split('\n')
            .Single(l => l.StartsWith($"{unit},{bit},", StringComparison.Ordinal));
        return int.Parse(row.Split(',')[3], global::System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Bench Wet()
    {
        var bench = new Bench(tickSeconds: 1);
        bench.MakeEmbodiment4Base("J");
        bench.Run("Coater", 20, Bench.CoatOf("J", "S", 1, 150));
        return bench;
    }

    private static Bench Dried()
    {
        Bench bench = Wet();
        bench.Dry("S");
        return bench;
    }

    /// <summary>A sheet well in segment 1, hot, its own vapour long past its peak.</summary>
    private static Bench Drying()
    {
        Bench bench = Wet();
        bench.Request(
            "Dryer", 30, 800, ("SheetId", "S"), ("Segment1TempSP", 80.0), ("Segment1Time", 3600.0),
            ("Segment2TempSP", 110.0), ("Segment2Time", 600.0), ("Segment2PressureSP", 5.0), ("RampSP", 5.0));
        bench.Command("Dryer", UnitCommand.Start, 800);
        bench.Pass(2400);
        Assert.That(bench.State("Dryer"), Is.EqualTo(UnitState.Execute));
        return bench;
    }
}
