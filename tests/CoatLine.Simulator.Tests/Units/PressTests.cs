using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Tests.Units;

public class PressTests
{
    [Test]
    public void Press_InBothBands_CountsTheDwellExactly()
    {
        using Bench bench = WithDrySheet();
        bench.Press("S");

        double Result(string name) => bench.Read<double>("Press", "Result." + name);
        Assert.Multiple(() =>
        {
            Assert.That(Result("DwellSeconds"), Is.EqualTo(1800));
            Assert.That(Result("PressureMean"), Is.EqualTo(490).Within(1.5));
            Assert.That(Result("PressureMin"), Is.InRange(480, 490));
            Assert.That(Result("PressureMax"), Is.InRange(490, 500));
            Assert.That(Result("TempMin"), Is.InRange(77, 80));
            Assert.That(Result("TempMax"), Is.InRange(80, 83));
            Assert.That(bench.Read<int>("Press", "Result.RepumpCount"), Is.InRange(1, 3));
            Assert.That(Result("DecompRateMax"), Is.EqualTo(100).Within(1));
        });
    }

    [Test]
    public void Press_WithBandsNarrowerThanTheRipple_DwellsLongerThanItCounts()
    {
        using Bench bench = WithDrySheet();
        PressCycle(bench, band: 0.8, dwell: 1800);

        TimeSpan ran = bench.Read<DateTime>("Press", "Result.EndTime")
            - bench.Read<DateTime>("Press", "Result.StartTime");
        Assert.That(bench.Read<double>("Press", "Result.DwellSeconds"), Is.EqualTo(1800));
        Assert.That(bench.State("Press"), Is.EqualTo(UnitState.Complete));

        // 57 K at 4 K/min, 490 MPa at 100 MPa/min up and down.
        Assert.That(ran.TotalSeconds, Is.GreaterThan(855 + (2 * 294) + 1800 + 300));
    }

    [Test]
    public void Press_WithNoBandAtAll_AbortsAsDwellShort()
    {
        using Bench bench = WithDrySheet();
        PressCycle(bench, band: 0, dwell: 600);

        Assert.That(bench.State("Press"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Press", "Alarm.Word"), Is.EqualTo(1u << 4));
        Assert.That(bench.Read<double>("Press", "Result.DwellSeconds"), Is.LessThan(600));
    }

    [Test]
    public void Press_Twice_DoesNotThickenTheSheetAgain()
    {
        using Bench bench = WithDrySheet();
        bench.Press("S");
        double once = bench.Line.World.FindSheet("S")!.ThicknessUm(50, 100);
        PressCycle(bench, band: 10, dwell: 600, mpa: 300);

        Assert.That(bench.Line.World.FindSheet("S")!.ThicknessUm(50, 100), Is.EqualTo(once));
    }

    private static void PressCycle(Bench bench, double band, double dwell, double mpa = 490) => bench.Run(
        "Press", 50, ("SheetId", "S"), ("BagId", "B"), ("PressureSP", mpa), ("PressureBand", band), ("TempSP", 80.0),
        ("TempBand", 3.0), ("DwellSP", dwell), ("RampSP", 100.0));

    private static Bench WithDrySheet()
    {
        var bench = new Bench(tickSeconds: 10);
        bench.MakeEmbodiment4Base("J");
        bench.Run("Coater", 20, Bench.CoatOf("J", "S", 1, 150));
        bench.Dry("S");
        return bench;
    }
}
