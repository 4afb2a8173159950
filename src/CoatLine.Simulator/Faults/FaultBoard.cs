using CoatLine.Simulator.Log;
using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Faults;

/// <summary>
/// Puts faults on when their time has come and takes them off again; each acts through PLC, physics or server of its
/// unit. Not thread-safe; the line's lock guards it.
/// </summary>
internal sealed class FaultBoard(PlcLine plcs, SimulatorLog log, Action<bool> cutLink, DateTime start)
{
    private readonly List<ScheduledFault> waiting = [];
    private readonly List<(Fault Fault, DateTime Ends)> active = [];

    /// <summary>The faults that stand.</summary>
    public IEnumerable<Fault> Active => active.Select(a => a.Fault);

    /// <summary>Schedules a fault that was found to be one.</summary>
    public void Add(ScheduledFault fault) => waiting.Add(fault);

    /// <summary>Takes off every fault of a kind, and forgets those that wait.</summary>
    public void Clear(FaultKind kind, DateTime now)
    {
        waiting.RemoveAll(w => w.Fault.Kind == kind);
        End(a => a.Fault.Kind == kind, now);
    }

    /// <summary>Ends what is over and begins what is due.</summary>
    public void Step(DateTime now)
    {
        End(a => a.Ends <= now, now);
        foreach (ScheduledFault due in waiting.Where(w => IsDue(w, now)).ToArray())
        {
            waiting.Remove(due);
            Begin(due.Fault, now);
        }
    }

    private bool IsDue(ScheduledFault scheduled, DateTime now)
    {
        FaultTrigger trigger = scheduled.Trigger;
        if (!trigger.IsOfPhase)
        {
            return now >= start + TimeSpan.FromSeconds(trigger.AtS ?? 0);
        }

        IEnumerable<PlcUnit> units = scheduled.Fault.Unit is { } unit ? [plcs[unit]] : plcs.Units;
        return units.Any(u => u.Running is { } run
            && (trigger.Phase is null || run.Phase == trigger.Phase)
            && (trigger.Nth is null || run.Nth == trigger.Nth)
            && (trigger.Cycle is null || run.Cycle == trigger.Cycle)
            && run.Seconds >= trigger.IntoS);
    }

    private void Begin(Fault fault, DateTime now)
    {
        if (fault.Kind is FaultKind.PlcRestart or FaultKind.PlcMemoryLoss or FaultKind.DuplicateCompletion
            && plcs[fault.Unit!] is { } plc)
        {
            log.Fault(LogWhat.FaultBegun, fault, now);
            Once(fault.Kind, plc, now);
            log.Fault(LogWhat.FaultEnded, fault, now);
            return;
        }

        active.Add((fault, fault.ForS is { } seconds ? now + TimeSpan.FromSeconds(seconds) : DateTime.MaxValue));
        log.Fault(LogWhat.FaultBegun, fault, now);
        Apply(now);
    }

    private static void Once(FaultKind kind, PlcUnit plc, DateTime now)
    {
        switch (kind)
        {
            case FaultKind.PlcRestart:
                plc.LosePower(now);
                break;
            case FaultKind.PlcMemoryLoss:
                plc.Forget(now);
                break;
            default:
                plc.Faults.LatchesTwice = true;
                break;
        }
    }

    private void End(Predicate<(Fault Fault, DateTime Ends)> isOver, DateTime now)
    {
        foreach ((Fault fault, DateTime _) in active.Where(a => isOver(a)).ToArray())
        {
            active.RemoveAll(a => ReferenceEquals(a.Fault, fault));
            log.Fault(LogWhat.FaultEnded, fault, now);
            Apply(now);
        }
    }

    /// <summary>Sets everything anew from the faults that stand, so that two of a kind do not end each other.</summary>
    private void Apply(DateTime now)
    {
        World.LineFaults world = plcs.World.Faults;
        world.ExtraLelPercent = Sum(FaultKind.LelRise);
        world.ExtraSlurryDegCPerMinute = Sum(FaultKind.SlurryOverheating);
        world.GapTiltUm = Sum(FaultKind.GapTilt);
        world.BagLeakMpaPerMinute = Sum(FaultKind.BagLeak);
        world.DwellShortS = Sum(FaultKind.ShortDwell);
        world.LostTrace = First(FaultKind.PressTraceLost)?.Amount is { } from ? (from, from + 120) : null;
        cutLink(First(FaultKind.LinkCut) is not null);
        foreach (PlcUnit unit in plcs.Units)
        {
            Apply(unit, now);
        }
    }

    private void Apply(PlcUnit unit, DateTime now)
    {
        Fault? Of(FaultKind kind) => Active.LastOrDefault(f => f.Kind == kind && f.Unit == unit.Name);
        bool Has(FaultKind kind) => Of(kind) is not null;

        unit.Faults.HeartbeatStands = Has(FaultKind.StuckHeartbeat);
        unit.Faults.EchoesWrong = Has(FaultKind.WrongEcho);
        unit.Faults.RefuseWith = (int?)Of(FaultKind.RefusedRequest)?.Amount;
        unit.Faults.AckDelayS = Of(FaultKind.LateAck)?.Amount ?? 0;
        unit.Faults.Trips = (Has(FaultKind.LidOpen) ? 1u << Alarms.LidOpen : 0)
            | (Has(FaultKind.Imbalance) ? 1u << Alarms.Imbalance : 0)
            | (Has(FaultKind.VacuumLoss) ? 1u << Alarms.VacuumLow : 0);
        unit.Faults.Interlocks = (Has(FaultKind.LidOpen) ? 1u << Alarms.LidInterlock : 0)
            | (Has(FaultKind.VacuumLoss) ? 1u << Alarms.VacuumInterlock : 0);
        unit.Image.Disturb(
            Tags(FaultKind.StuckTag, unit.Name), Tags(FaultKind.BadQualityTag, unit.Name), now);
    }

    private HashSet<string> Tags(FaultKind kind, string unit) =>
        [.. Active.Where(f => f.Kind == kind && f.Unit == unit).Select(f => f.Tag!)];

    private Fault? First(FaultKind kind) => Active.FirstOrDefault(f => f.Kind == kind);

    private double Sum(FaultKind kind) => Active.Where(f => f.Kind == kind).Sum(f => f.Amount ?? 0);

    /// <summary>Bits of the alarm and interlock words of the tag contract.</summary>
    private static class Alarms
    {
        public const int LidOpen = 0;
        public const int Imbalance = 1;
        public const int VacuumLow = 4;
        public const int LidInterlock = 0;
        public const int VacuumInterlock = 1;
    }
}
