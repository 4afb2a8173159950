using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;
using CoatLine.Engine.Journaling;

namespace CoatLine.Faults.Engine;

/// <summary>Ends the process at once: nothing of it acts any more.</summary>
internal sealed class ProcessKilledException : Exception
{
    public ProcessKilledException()
        : base("killed")
    {
    }
}

/// <summary>
/// Makes the faults of a schedule happen at their points. Every fault is followed by the death of the process: at once
/// where that is the fault, else some points later, so that what the fault left behind is met by a restart too.
/// </summary>
internal sealed class Injector
{
    /// <summary>The most points between a fault and the restart after it.</summary>
    private const int MostPointsToTheRestart = 64;

    private static readonly TimeSpan[] Downtimes =
        [TimeSpan.Zero, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20)];

    private static readonly TimeSpan[] Steps =
        [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(26)];

    private readonly Plant _plant;
    private readonly Person _person;
    private readonly Queue<Fault> _due;
    private readonly LineFaults _line;
    private readonly JournalFaults _journal;
    private readonly List<Fault> _fired = [];
    private readonly SortedSet<int> _kills = [];
    private readonly Chance _chance;
    private readonly Queue<Fault> _commands = [];
    private JournalImage? _left;
    private bool _isDead;

    public Injector(Plant plant, Person person, Schedule schedule)
    {
        _plant = plant;
        _person = person;
        _due = new Queue<Fault>(schedule.Faults);
        _chance = Chance.Of(schedule.Seed, 1);
        _line = new LineFaults(plant.Line, _fired);
        _journal = new JournalFaults(plant, _fired, Die);
        plant.Line.Around = OnCall;
        plant.Probe = OnTransaction;
    }

    /// <summary>Points passed so far, over all lives.</summary>
    public int Points { get; private set; }

    /// <summary>Whether the process has died, or must end because its journal failed.</summary>
    public bool IsLifeOver => _isDead || _journal.HasFailed;

    /// <summary>The faults that have happened; one that nothing gave an occasion for is not among them.</summary>
    public IReadOnlyList<Fault> Fired => _fired;

    /// <summary>Leaves the disk as the death left it, and lets some time pass.</summary>
    public void BeginNextLife()
    {
        if ((_left ?? _journal.Left) is { } left)
        {
            _plant.Restore(left);
        }

        (_left, _isDead) = (null, false);
        _journal.BeginNextLife();
        _line.BeginNextLife();
        _plant.Line.Clock.Advance(_chance.Pick(Downtimes));
    }

    private void OnCall(string call, Unit unit, bool before)
    {
        Pass(unit);
        if (before && _commands.TryDequeue(out Fault? command))
        {
            Command(command);
        }

        _line.OnCall(call, unit, before);
    }

    private void OnTransaction(JournalMoment moment, string transaction)
    {
        Pass(Unit.Mixer);
        _journal.OnTransaction(moment);
    }

    private void Pass(Unit unit)
    {
        if (_isDead)
        {
            throw new ProcessKilledException();
        }

        Points++;
        while (_due.TryPeek(out Fault? fault) && fault.Point <= Points)
        {
            Begin(_due.Dequeue(), unit);
        }

        if (_kills.Count > 0 && _kills.Min <= Points)
        {
            _kills.RemoveWhere(k => k <= Points);
            Die(_plant.Image());
        }
    }

    private void Command(Fault fault)
    {
        ControlCommand command = fault.Kind == FaultKind.PersonHolds ? ControlCommand.Hold : ControlCommand.Stop;
        if (_plant.Engine is not { } engine || engine.OpenBatches() is not [var batch, ..])
        {
            return;
        }

        // Before: the process may die in it, with the command on record.
        _fired.Add(fault);
        if (engine.Command(batch, command, "Olga", "by the schedule of faults") is not null)
        {
            _fired.Remove(fault);
        }
    }

    private void Die(JournalImage left)
    {
        _left = left;
        _isDead = true;
        throw new ProcessKilledException();
    }

    private void Begin(Fault fault, Unit unit)
    {
        var chance = new Chance(fault.Salt);
        switch (fault.Kind)
        {
            case FaultKind.Crash:
                _fired.Add(fault);
                _kills.Add(Points);
                return;
            case FaultKind.DiskFull or FaultKind.DiskError or FaultKind.FailedSync or FaultKind.TornTail:
                _journal.Arm(fault);
                return;
            case FaultKind.ClockForward or FaultKind.ClockBack:
                _fired.Add(fault);
                TimeSpan step = chance.Pick(Steps);
                _plant.Time.Offset += fault.Kind == FaultKind.ClockForward ? step : -step;
                break;
            case FaultKind.PersonHolds or FaultKind.PersonStops:
                // At the next call: inside a transaction of the journal nobody can write another.
                _commands.Enqueue(fault);
                break;
            case FaultKind.DuplicateAnswer:
                _person.RepeatNext(() => _fired.Add(fault));
                break;
            default:
                _line.Arm(fault, unit, chance);
                break;
        }

        _kills.Add(Points + chance.Skewed(MostPointsToTheRestart));
    }
}
