using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Tests.World;

/// <summary>A whole electrode is made by hand-written requests; its numbers are those of the worked example.</summary>
public class Embodiment4Tests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(42)]
    public void Line_MakesEmbodiment4_AsTheWorkedExample(int seed)
    {
        using var bench = new Bench(seed, tickSeconds: 30);
        bench.MakeEmbodiment4Base("J-BASE");
        bench.MakeEmbodiment4Top("J-TOP");
        bench.Run("Coater", 20, Bench.CoatOf("J-BASE", "S-1", 1, 150));
        bench.Dry("S-1");
        double residual1 = bench.Read<double>("Dryer", "Result.ResidualNmp");
        double[] basis = bench.Profile("S-1");
        bench.Run("Coater", 20, Bench.CoatOf("J-TOP", "S-1", 2, 60));
        bench.Dry("S-1", 1800, 7200, 1);
        double residual2 = bench.Read<double>("Dryer", "Result.ResidualNmp");
        double[] total = bench.Profile("S-1");
        bench.Press("S-1");
        double[] pressed = bench.Profile("S-1");
        bench.Run("Balance", 2, ("SheetId", "S-1"), ("PunchArea", 1.131), ("SampleCount", 3));
        double areal = bench.Read<double[]>("Balance", "Result.PunchMass").Average() / 1.131;
        bench.Run("Profilometer", 60, ("SheetId", "S-1"), ("SampleCount", 3));

        double[] top = [.. total.Zip(basis, (t, b) => t - b)];
        double solids = 0.887 * 2.294 + 0.113 * 2.254;
        double porosity = 100 * (1 - (areal / (0.1 * pressed.Average() * solids)));
        Assert.Multiple(() =>
        {
            Assert.That(basis.Average(), Is.EqualTo(31.8).Within(0.9));
            Assert.That(basis.Max(), Is.EqualTo(33.5).Within(1.2));
            Assert.That(basis.Min(), Is.EqualTo(30.2).Within(1.2));
            Assert.That(top.Average(), Is.EqualTo(5.31).Within(0.4));
            Assert.That(basis.Max() / top.Min(), Is.InRange(5.6, 8.6), "ratio dried");
            Assert.That(residual1, Is.LessThan(20_000));
            Assert.That(residual2, Is.LessThan(500));
            Assert.That(areal, Is.EqualTo(3.53).Within(0.15));
            Assert.That(pressed.Average() / total.Average(), Is.EqualTo(0.664).Within(0.01));
            Assert.That(porosity, Is.EqualTo(37.4).Within(1.6));
            Assert.That(bench.Read<double[]>("Profilometer", "Result.Sa"), Has.All.LessThan(0.1));
            Assert.That(bench.Read<double[]>("Profilometer", "Result.Sz"), Has.All.LessThan(1.0));
            Assert.That(bench.Read<double>("Press", "Result.DwellSeconds"), Is.EqualTo(1800));
            Assert.That(bench.Read<double>("Press", "Result.PressureMin"), Is.GreaterThan(480));
            Assert.That(bench.Log.CompletedCount(10), Is.EqualTo(34));
            Assert.That(bench.Read<double>("Dryer", "Result.LelMax"), Is.LessThan(10));
        });
    }

    [Test]
    public void Coat1_OverManySheets_ScattersAroundTheWorkedExample()
    {
        using var bench = new Bench(7, tickSeconds: 30);
        var profiles = new List<double[]>();
        bench.MakeSlurry("J", 50, ("cb-40", 30), ("cb-80", 30), ("silver", 20), ("pvdf-6-nmp", 93.3), ("nmp", 16.7));
        for (int i = 0; i < 30; i++)
        {
            bench.Run("Coater", 20, Bench.CoatOf("J", $"S-{i}", 1, 150));
            bench.Dry($"S-{i}");
            profiles.Add(bench.Profile($"S-{i}"));
        }

        double share = profiles.Average(p => p.Max() / p.Average());
        Assert.That(share, Is.EqualTo(33.5 / 31.8).Within(0.008));
        Assert.That(profiles.Average(p => p.Min() / p.Average()), Is.EqualTo(30.2 / 31.8).Within(0.008));
    }

    [Test]
    public void Line_SameSeed_GivesTheSameNumbersAtAnyTick()
    {
        double[] First(int seed, double tick)
        {
            using var bench = new Bench(seed, tick);
            bench.Weigh("J", "cb-40", 3, 0.03);
            bench.Weigh("J", "nmp", 12, 0.12);
            bench.Run("Mixer", 10, bench.CycleOf("J"));
            bench.Run("Coater", 20, Bench.CoatOf("J", "S", 1, 150));
            bench.Dry("S");
            return [.. bench.Profile("S"), bench.Read<double>("Mixer", "Result.SlurryTempPeak")];
        }

        double[] reference = First(5, 1);
        Assert.That(First(5, 1), Is.EqualTo(reference));
        Assert.That(First(5, 37)[..9], Is.EqualTo(reference[..9]));
        Assert.That(First(6, 1)[..9], Is.Not.EqualTo(reference[..9]));
    }

    [Test]
    public void Weighing_ManyTimes_StaysWellInsideTheTolerance()
    {
        using var bench = new Bench(tickSeconds: 60);
        for (int i = 0; i < 50; i++)
        {
            bench.Weigh($"J-{i}", "silver", 0.3, 0.003);
            Assert.That(bench.Read<double>("Balance", "Result.Net"), Is.EqualTo(0.3).Within(0.0015));
            double tare = bench.Read<double>("Balance", "Result.Tare");
            Assert.That(tare, Is.InRange(60, 64));
            Assert.That(bench.Read<double>("Balance", "Result.Gross"), Is.EqualTo(tare + 0.3).Within(0.0016));
        }
    }

    [TestCase("no jar", "Coater")]
    [TestCase("unmixed", "Coater")]
    [TestCase("too little", "Coater")]
    [TestCase("coat 2 first", "Coater")]
    [TestCase("coat 1 twice", "Coater")]
    [TestCase("wet base", "Coater")]
    [TestCase("other roll", "Coater")]
    [TestCase("wet sheet", "ThicknessGauge")]
    [TestCase("no sheet", "Dryer")]
    [TestCase("no bag", "Press")]
    [TestCase("no material", "Balance")]
    public void Unit_WithoutTheRightMaterial_Refuses(string fault, string unit)
    {
        using var bench = new Bench(tickSeconds: 30);
        bench.Weigh("J", "cb-40", 3);
        bench.Weigh("J", "nmp", 12);
        if (fault != "unmixed")
        {
            bench.Run("Mixer", 10, bench.CycleOf("J"));
        }

        if (fault is "coat 1 twice" or "wet base" or "other roll" or "wet sheet" or "no bag")
        {
            bench.Run("Coater", 20, Bench.CoatOf("J", "S", 1, 150));
        }

        if (fault is "other roll" or "no bag")
        {
            bench.Dry("S");
        }

        (int phase, (string, object)[] parameters) = fault switch
        {
            "no jar" => (20, Bench.CoatOf("J-9", "S", 1, 150)),
            "unmixed" or "coat 1 twice" => (20, Bench.CoatOf("J", "S", 1, 150)),
            "too little" => (20, [.. Bench.CoatOf("J", "S", 1, 900), ("StrokeSP", 1000.0)]),
            "coat 2 first" or "wet base" => (20, Bench.CoatOf("J", "S", 2, 60)),
            "other roll" => (20, [.. Bench.CoatOf("J", "S", 2, 60), ("FoilRollId", "F-2")]),
            "wet sheet" => (40, [("SheetId", "S"), ("PointCount", 9), ("EdgeMargin", 10.0)]),
            "no sheet" =>
                (30, [("SheetId", "S-9"), ("Segment1TempSP", 80.0), ("Segment2TempSP", 80.0), ("RampSP", 5.0)]),
            "no bag" => (50, [("SheetId", "S"), ("TempSP", 80.0), ("DwellSP", 60.0), ("RampSP", 100.0)]),
            _ => (1, new (string, object)[] { ("ContainerId", "J"), ("Material", "cb-60"), ("TargetMass", 1.0) }),
        };

        Ack ack = bench.Request(unit, phase, 999, parameters);
        Assert.That(ack, Is.EqualTo(Ack.WrongMaterial), bench.Read<string>(unit, "Ack.Text"));
    }

    [Test]
    public void Coat2_WithTheBladeBelowTheBase_AbortsWithBladeOverload()
    {
        using var bench = new Bench(tickSeconds: 30);
        bench.MakeEmbodiment4Base("J");
        bench.Run("Coater", 20, Bench.CoatOf("J", "S", 1, 150));
        bench.Dry("S");
        bench.Run("Coater", 20, Bench.CoatOf("J", "S", 2, 30));

        Assert.That(bench.State("Coater"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Coater", "Alarm.Word"), Is.EqualTo(2u));
        Assert.That(bench.Line.World.FindSheet("S")!.Coats, Has.Count.EqualTo(1));
    }

    [Test]
    public void Coat_TakesFromTheJarWhatItLaysAndALittleMore()
    {
        using var bench = new Bench(tickSeconds: 30);
        bench.MakeEmbodiment4Base("J");
        double before = bench.Line.World.FindJar("J")!.ContentGrams;
        bench.Run("Coater", 20, Bench.CoatOf("J", "S", 1, 150));

        // 100 mm × 200 mm × 90 µm × 1.22 g/cm³ = 2.20 g in the coat.
        Assert.That(before - bench.Line.World.FindJar("J")!.ContentGrams, Is.EqualTo(2.20 * 1.1).Within(0.08));
    }

    [Test]
    public void Mixer_WithoutRest_TripsAt60DegC()
    {
        using var bench = new Bench(tickSeconds: 5);
        bench.Weigh("J", "cb-40", 3);
        bench.Weigh("J", "nmp", 12);
        bench.Run("Mixer", 10, bench.CycleOf("J", seconds: 1800));

        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<double>("Mixer", "Result.SlurryTempPeak"), Is.EqualTo(60).Within(0.1));
        Assert.That(bench.Read<uint>("Mixer", "Alarm.Word") & 8u, Is.EqualTo(8u));
    }

    [TestCase(1, 1, 1)]
    [TestCase(5, 1, 5)]
    [TestCase(9, 3, 3)]
    [TestCase(15, 3, 5)]
    [TestCase(25, 5, 5)]
    public void Profile_Grid_IsAsSquareAsItCanBe(int count, int across, int along)
    {
        var points = CoatLine.Simulator.ThicknessGauge.ProfileRun.Grid(count, 10, 200).ToArray();

        Assert.That(points.Select(p => p.Id), Is.EqualTo(Enumerable.Range(1, count)));
        Assert.That(points.Select(p => p.X).Distinct().Count(), Is.EqualTo(across));
        Assert.That(points.Select(p => p.Y).Distinct().Count(), Is.EqualTo(along));
        Assert.That(points.Select(p => p.X), Has.All.InRange(10, 90));
        Assert.That(points.Select(p => p.Y), Has.All.InRange(10, 190));
    }
}
