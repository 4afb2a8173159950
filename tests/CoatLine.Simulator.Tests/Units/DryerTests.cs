using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Tests.Units;

public class DryerTests
{
    [Test]
    public void Dry_TwoSegments_ReportsTimesTemperaturesAndVacuum()
    {
        using Bench bench = WithWetSheet();
        bench.Dry("S", 1800, 3600, 5);

        double Result(string name) => bench.Read<double>("Dryer", "Result." + name);
        Assert.Multiple(() =>
        {
            Assert.That(Result("Segment1Seconds"), Is.EqualTo(1800));
            Assert.That(Result("Segment2Seconds"), Is.EqualTo(3600));
            Assert.That(Result("Segment1TempMin"), Is.InRange(77, 80));
            Assert.That(Result("Segment1TempMax"), Is.InRange(80, 83));
            Assert.That(Result("Segment2TempMin"), Is.InRange(107, 110));
            Assert.That(Result("Segment2TempMax"), Is.InRange(110, 113));
            Assert.That(Result("PressureMin"), Is.EqualTo(5).Within(0.5));
            Assert.That(Result("LelMax"), Is.InRange(0.01, 10));
            Assert.That(Result("ResidualNmp"), Is.LessThan(500));
            Assert.That(bench.Read<double>("Dryer", "Active.Elapsed"), Is.EqualTo(5400));
        });
    }

    [Test]
    public void Dry_TooShortAndCold_LeavesTheSheetWet()
    {
        using Bench bench = WithWetSheet();
        bench.Run(
            "Dryer", 30, ("SheetId", "S"), ("Segment1TempSP", 30.0), ("Segment1Time", 120.0),
            ("Segment2TempSP", 30.0), ("Segment2Time", 0.0), ("Segment2PressureSP", 101.3), ("RampSP", 20.0));

        Assert.That(bench.Read<double>("Dryer", "Result.ResidualNmp"), Is.GreaterThan(500_000));
        Assert.That(
            bench.Request("Press", 50, 999, ("SheetId", "S"), ("BagId", "B"), ("TempSP", 80.0), ("DwellSP", 60.0),
                ("RampSP", 100.0)),
            Is.EqualTo(Ack.WrongMaterial));
    }

    [Test]
    public void Dry_Stopped_KeepsWhatHasDriedSoFar()
    {
        using Bench bench = WithWetSheet();
        bench.Request(
            "Dryer", 30, 700, ("SheetId", "S"), ("Segment1TempSP", 80.0), ("Segment1Time", 3600.0),
            ("Segment2TempSP", 80.0), ("Segment2Time", 0.0), ("Segment2PressureSP", 101.3), ("RampSP", 5.0));
        bench.Command("Dryer", UnitCommand.Start, 700);
        bench.Pass(1500);
        bench.Command("Dryer", UnitCommand.Stop, 700);
        bench.RunUntilSettled("Dryer");

        Assert.That(bench.Read<int>("Dryer", "Result.Code"), Is.EqualTo((int)PhaseEnd.Stopped));
        Assert.That(bench.Read<double>("Dryer", "Result.Segment1Seconds"), Is.InRange(700, 800));
        Assert.That(bench.Read<double>("Dryer", "Result.ResidualNmp"), Is.InRange(300, 20_000));
    }

    private static Bench WithWetSheet()
    {
        var bench = new Bench(tickSeconds: 10);
        bench.MakeEmbodiment4Base("J");
        bench.Run("Coater", 20, Bench.CoatOf("J", "S", 1, 150));
        return bench;
    }
}
