using CoatLine.Simulator.Faults;
using CoatLine.Simulator.Log;
using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Tests.Faults;

/// <summary>Each fault acts through the unit's own PLC and physics, so that alarms and ends follow from it.</summary>
public class FaultTests
{
    private static readonly FaultTrigger InTheSecondCycle = new(Cycle: 2, IntoS: 95);

    [TestCase(FaultKind.LidOpen, 0)]
    [TestCase(FaultKind.Imbalance, 1)]
    public void MixerFault_AtACycle_AbortsItWithItsAlarmAndCountsItsSeconds(FaultKind kind, int alarmBit)
    {
        using Bench bench = Charged();
        bench.Line.Faults.Add(new ScheduledFault(new Fault(kind, "Mixer", ForS: 60), InTheSecondCycle));
        bench.Run("Mixer", 10, bench.CycleOf("J", 1, 1));
        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Complete), "not before its time");

        Begin(bench, "Mixer", 10, bench.CycleOf("J", 1, 2));
        bench.RunUntilSettled("Mixer");

        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Mixer", "Alarm.Word") & (1u << alarmBit), Is.Not.Zero);
        Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.InRange(80, 95));
        Assert.That(
            bench.Log.Entries.Where(e => e.What >= LogWhat.FaultBegun).Select(e => e.Parameters["Kind"]),
            Has.All.EqualTo(kind.ToString()).And.Not.Empty);
    }

    [Test]
    public void LidOpen_WhileItStands_RefusesRequestsByItsInterlock()
    {
        using Bench bench = Charged();
        bench.Line.Faults.Add(new ScheduledFault(new Fault(FaultKind.LidOpen, "Mixer"), FaultTrigger.Now));
        bench.Pass(1);
        Assert.That(bench.Request("Mixer", 10, 900, bench.CycleOf("J")), Is.EqualTo(Ack.Interlocked));
        bench.Line.Faults.Clear(FaultKind.LidOpen, bench.Now);
        Assert.That(bench.Request("Mixer", 10, 901, bench.CycleOf("J")), Is.EqualTo(Ack.Accepted));
    }

    [Test]
    public void SlurryOverheating_EndsAtSixtyDegrees()
    {
        using Bench bench = Charged();
        bench.Line.Faults.Add(new ScheduledFault(
            new Fault(FaultKind.SlurryOverheating, "Mixer", Amount: 30), FaultTrigger.Now));
        bench.Pass(1);
        Begin(bench, "Mixer", 10, bench.CycleOf("J"));
        bench.RunUntilSettled("Mixer");
        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Mixer", "Alarm.Word") & (1u << 3), Is.Not.Zero, "SlurryTempHiHi");
    }

    [Test]
    public void PlcRestart_KeepsTheIdAndTheSeconds_MemoryLossKeepsNothingButTheMatter()
    {
        using Bench bench = Charged();
        bench.Line.Faults.Add(new ScheduledFault(new Fault(FaultKind.PlcRestart, "Mixer"), InTheSecondCycle));
        bench.Run("Mixer", 10, bench.CycleOf("J", 1, 1));
        Begin(bench, "Mixer", 10, bench.CycleOf("J", 1, 2));
        bench.RunUntilSettled("Mixer");
        Assert.That(bench.Read<ulong>("Mixer", "Result.Id"), Is.EqualTo(bench.LastId));
        Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.GreaterThan(60));
        bench.Command("Mixer", UnitCommand.Clear, bench.LastId);
        bench.Pass(2);
        bench.Command("Mixer", UnitCommand.Reset, bench.LastId);
        bench.Pass(2);

        bench.Line.Faults.Add(new ScheduledFault(
            new Fault(FaultKind.PlcMemoryLoss, "Mixer"), new FaultTrigger(Cycle: 3, IntoS: 60)));
        double mixed = bench.Line.World.FindJar("J")!.MixedSeconds;
        Begin(bench, "Mixer", 10, bench.CycleOf("J", 1, 3));
        bench.Pass(200);
        Assert.That(bench.Read<ulong>("Mixer", "Result.Id"), Is.Zero);
        Assert.That(bench.Read<ulong>("Mixer", "Ack.Id"), Is.Zero);
        Assert.That(bench.Read<ulong>("Mixer", "Owner.Epoch"), Is.Zero);
        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Idle));
        Assert.That(bench.Line.World.FindJar("J")!.MixedSeconds, Is.GreaterThan(mixed + 30), "matter forgets nothing");
        Assert.That(bench.Log.Entries.Last(e => e.Unit == "Mixer" && e.What < LogWhat.FaultBegun).What,
            Is.EqualTo(LogWhat.Aborted), "the machine's own log knows");
    }

    [Test]
    public void RequestFaults_RefuseDelayAndEchoWrong()
    {
        using Bench bench = Charged();
        Put(bench, new Fault(FaultKind.RefusedRequest, "Mixer", Amount: 5, ForS: 10));
        Assert.That(bench.Request("Mixer", 10, 700, bench.CycleOf("J")), Is.EqualTo(Ack.Interlocked));
        bench.Pass(11);

        Put(bench, new Fault(FaultKind.LateAck, "Mixer", Amount: 20, ForS: 60));
        bench.Request("Mixer", 10, 701, bench.CycleOf("J"));
        Assert.That(bench.Read<ulong>("Mixer", "Ack.Id"), Is.EqualTo(700ul));
        bench.Pass(21);
        Assert.That(bench.Read<ulong>("Mixer", "Ack.Id"), Is.EqualTo(701ul));
        bench.Command("Mixer", UnitCommand.Stop, 701);
        bench.Pass(60);
        bench.Command("Mixer", UnitCommand.Reset, 701);
        bench.Pass(2);

        Put(bench, new Fault(FaultKind.WrongEcho, "Mixer", ForS: 60));
        Assert.That(bench.Request("Mixer", 10, 702, bench.CycleOf("J")), Is.EqualTo(Ack.Accepted));
        Assert.That(bench.Read<double>("Mixer", "Active.RevSpeedSP"), Is.EqualTo(2001));
        Assert.That(bench.Read<double>("Mixer", "Active.StepTimeSP"), Is.EqualTo(180));
    }

    [Test]
    public void DuplicateCompletion_TakesTheResultBackForAScanAndLatchesTheSame()
    {
        using Bench bench = Charged();
        bench.Run("Mixer", 10, bench.CycleOf("J"));
        ulong id = bench.LastId;
        Put(bench, new Fault(FaultKind.DuplicateCompletion, "Mixer"));
        List<ulong> seen = [];
        for (int scan = 0; scan < 4; scan++)
        {
            bench.Pass(bench.TickSeconds);
            seen.Add(bench.Read<ulong>("Mixer", "Result.Id"));
        }

        Assert.That(seen, Does.Contain(0ul));
        Assert.That(seen[^1], Is.EqualTo(id));
        Assert.That(bench.Log.Entries.Count(e => e is { What: LogWhat.Completed, Unit: "Mixer" }), Is.EqualTo(1));
    }

    [Test]
    public void TagFaults_StandStillOrAreNotGood_UntilTheyAreOver()
    {
        using Bench bench = Charged();
        Put(bench, new Fault(FaultKind.StuckTag, "Mixer", "Live.SlurryTemp", ForS: 100));
        Put(bench, new Fault(FaultKind.BadQualityTag, "Mixer", "Live.Vibration", ForS: 100));
        Put(bench, new Fault(FaultKind.StuckHeartbeat, "Mixer", ForS: 100));
        double before = bench.Read<double>("Mixer", "Live.SlurryTemp");
        uint beat = bench.Read<uint>("Mixer", "Heartbeat.Plc");
        Begin(bench, "Mixer", 10, bench.CycleOf("J"));
        bench.Pass(80);
        bench.Line["Mixer"].Beat(bench.Now);
        Assert.That(bench.Read<double>("Mixer", "Live.SlurryTemp"), Is.EqualTo(before));
        Assert.That(bench.Line["Mixer"].Image.Cells.Where(c => c.IsBad).Select(c => c.Tag.Name),
            Is.EqualTo(new[] { "Live.Vibration" }));
        Assert.That(bench.Read<uint>("Mixer", "Heartbeat.Plc"), Is.EqualTo(beat));

        bench.Pass(40);
        bench.Line["Mixer"].Beat(bench.Now);
        Assert.That(bench.Read<double>("Mixer", "Live.SlurryTemp"), Is.GreaterThan(before + 3));
        Assert.That(bench.Line["Mixer"].Image.Cells.Any(c => c.IsBad), Is.False);
        Assert.That(bench.Read<uint>("Mixer", "Heartbeat.Plc"), Is.EqualTo(beat + 1));
    }

    [TestCase(1.0, false)]
    [TestCase(4.0, true)]
    public void GapTilt_AboveTwoMicrometres_RaisesGapDeviation(double tiltUm, bool isRaised)
    {
        using Bench bench = Charged();
        bench.Mix("J", 1, 2, 300);
        Put(bench, new Fault(FaultKind.GapTilt, "Coater", Amount: tiltUm));
        Begin(bench, "Coater", 20, Coat);
        bench.Pass(15);
        Assert.That((bench.Read<uint>("Coater", "Alarm.Word") & (1u << 3)) != 0, Is.EqualTo(isRaised));
        bench.RunUntilSettled("Coater");
        double difference = Math.Abs(
            bench.Read<double>("Coater", "Result.GapLeft") - bench.Read<double>("Coater", "Result.GapRight"));
        Assert.That(difference, Is.EqualTo(tiltUm).Within(0.9));
    }

    [Test]
    public void VacuumLoss_InTheStroke_AbortsIt()
    {
        using Bench bench = Charged();
        bench.Mix("J", 1, 2, 300);
        bench.Line.Faults.Add(new ScheduledFault(
            new Fault(FaultKind.VacuumLoss, "Coater", ForS: 60), new FaultTrigger(Phase: 20, Nth: 1, IntoS: 12)));
        Begin(bench, "Coater", 20, Coat);
        bench.RunUntilSettled("Coater");
        Assert.That(bench.State("Coater"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Coater", "Alarm.Word") & (1u << 4), Is.Not.Zero, "VacuumLow");
        Assert.That(bench.Read<double>("Coater", "Result.Stroke"), Is.InRange(1, 199));
    }

    [TestCaseSource(typeof(FaultCatalogue), nameof(FaultCatalogue.All))]
    public void EveryKind_PutOnAndTakenOff_LeavesASoundLine(FaultEntry entry)
    {
        using Bench bench = Charged();
        string? unit = entry.Unit is null ? null : entry.Unit.Length > 0 ? entry.Unit : "Mixer";
        Put(bench, new Fault(
            entry.Kind,
            unit,
            entry.TakesTag ? "Live.SlurryTemp" : null,
            entry.Amount is null ? null : entry.Least,
            30));
        bench.Pass(60);
        Assert.That(bench.Line.Faults.Active, Is.Empty);
        Assert.That(
            bench.Log.Entries.Where(e => e.What >= LogWhat.FaultBegun).Select(e => e.What),
            Is.EqualTo(new[] { LogWhat.FaultBegun, LogWhat.FaultEnded }));
        Assert.That(bench.Request("Mixer", 10, 900, bench.CycleOf("J")), Is.EqualTo(Ack.Accepted));
    }

    private static (string, object)[] Coat =>
    [
        ("ContainerId", "J"), ("SheetId", "S"), ("FoilRollId", "F"), ("BladeId", "B"), ("FoilSide", 1),
        ("CoatIndex", 1), ("GapDatum", 1), ("GapSP", 150.0), ("SpeedSP", 20.0), ("StrokeSP", 200.0),
    ];

    private static void Put(Bench bench, Fault fault)
    {
        Assert.That(FaultCatalogue.Errors(fault), Is.Empty);
        bench.Line.Faults.Add(new ScheduledFault(fault, FaultTrigger.Now));
        bench.Line.Scan(bench.Now);
    }

    private static void Begin(Bench bench, string unit, int phase, params (string Name, object Value)[] parameters)
    {
        ulong id = bench.LastId + 1;
        Assert.That(bench.Request(unit, phase, id, parameters), Is.EqualTo(Ack.Accepted),
            bench.Read<string>(unit, "Ack.Text"));
        bench.Command(unit, UnitCommand.Start, id);
    }

    private static Bench Charged()
    {
        var bench = new Bench(tickSeconds: 0.5);
        bench.Weigh("J", "cb-40", 6);
        bench.Weigh("J", "silver", 2);
        bench.Weigh("J", "pvdf-6-nmp", 9.33);
        bench.Weigh("J", "nmp", 7.67);
        return bench;
    }
}
