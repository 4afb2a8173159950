using CoatLine.Simulator.Log;
using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator.Plc;

/// <summary>
/// The PLC of one unit: the handshake and the state model of the tag contract. Everything happens inside
/// <see cref="Scan"/>; states end at exact line times, however late the scan comes. Not thread-safe.
/// </summary>
internal sealed partial class PlcUnit
{
    /// <summary>Alarm bit: an interlock opened while the phase ran.</summary>
    public const int InterlockLostBit = 30;

    /// <summary>Alarm bit: the power failed while the phase ran.</summary>
    public const int PowerLossBit = 31;

    private const double ShortTransitionSeconds = 0.5;

    private readonly UnitProgram program;
    private readonly RequestJudge judge;
    private readonly SimulatorLog log;
    private UnitState state = UnitState.Idle;
    private DateTime? stateEnds;
    private PhaseSpec? phase;
    private Parameters? parameters;
    private PhaseRun? run;
    private uint latchedAlarms;
    private uint forcedAlarms;
    private DateTime? requestSeenAt;

    public PlcUnit(UnitProgram program, TagTable table, SimulatorLog log, DateTime now)
    {
        this.program = program;
        this.log = log;
        Image = new TagImage(table.OfUnit(program.Unit), now);
        judge = new RequestJudge(Image, program);
        Image.Set("Profile", "OPC 30050 PackML", now);
        Image.Set("Mode", 1, now);
        Image.Set("State.Current", (int)state, now);
    }

    /// <summary>What the unit's tags hold.</summary>
    public TagImage Image { get; }

    /// <summary>Unit name of the tag contract.</summary>
    public string Name => program.Unit;

    /// <summary>Present state, as of the last scan.</summary>
    public UnitState State => state;

    private ulong ActiveId => Image.Get<ulong>("Active.Id");

    /// <summary>Sets or clears an alarm bit by hand, as a fault of the machine would.</summary>
    public void Force(int bit, bool isSet) =>
        forcedAlarms = isSet ? forcedAlarms | (1u << bit) : forcedAlarms & ~(1u << bit);

    /// <summary>One scan: what was due until now, then a new request, then a command, then live values.</summary>
    public void Scan(DateTime now)
    {
        Settle(now);
        WatchInterlock(now);
        LatchAgain(now);
        LookAtRequest(now);
        TakeCommand(now);
        Settle(now);
        WriteLive(now);
    }

    /// <summary>Counts the PLC's heartbeat on.</summary>
    public void Beat(DateTime now)
    {
        if (!Faults.HeartbeatStands)
        {
            Image.Set("Heartbeat.Plc", unchecked(Image.Get<uint>("Heartbeat.Plc") + 1), now);
        }
    }

    /// <summary>
    /// The power fails and comes back: a phase that was under way is aborted, never resumed; what is retentive stays.
    /// </summary>
    public void LosePower(DateTime now)
    {
        Settle(now);
        if (ActiveId != 0 && state is not (UnitState.Idle or UnitState.Completing))
        {
            Abort(now, 1u << PowerLossBit);
        }
    }

    private void Settle(DateTime now)
    {
        while (true)
        {
            if (state == UnitState.Execute)
            {
                run!.AdvanceTo(now);
                if (run.Tripped is { } trip)
                {
                    Abort(run.Instant, 1u << trip.AlarmBit);
                }
                else if (run.MustHold)
                {
                    PauseRun(run.Instant);
                    Enter(UnitState.Holding, run.Instant, program.StandstillSeconds);
                }
                else if (run.IsDone)
                {
                    Enter(UnitState.Completing, run.Instant, program.StandstillSeconds);
                }
                else
                {
                    return;
                }
            }
            else if (stateEnds is { } due && due <= now)
            {
                Leave(due);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The end of a transitional state.</summary>
    private void Leave(DateTime at)
    {
        switch (state)
        {
            case UnitState.Starting:
                run = program.Begin(phase!, parameters!, at);
                begunOf[phase!.Number] = begunOf.GetValueOrDefault(phase.Number) + 1;
                log.Append(LogWhat.Started, Name, phase!.Number, ActiveId, at, 0, parameters!.Values);
                Enter(UnitState.Execute, at);
                break;
            case UnitState.Unholding or UnitState.Unsuspending:
                run!.ResumeAt(at);
                Enter(UnitState.Execute, at);
                break;
            case UnitState.Completing:
                EndPhase(PhaseEnd.Completed, at);
                Enter(UnitState.Complete, at);
                break;
            case UnitState.Stopping:
                EndPhase(PhaseEnd.Stopped, at);
                Enter(UnitState.Stopped, at);
                break;
            case UnitState.Aborting:
                EndPhase(PhaseEnd.Aborted, at);
                Enter(UnitState.Aborted, at);
                break;
            case UnitState.Holding:
                Enter(UnitState.Held, at);
                break;
            case UnitState.Suspending:
                Enter(UnitState.Suspended, at);
                break;
            case UnitState.Clearing:
                latchedAlarms = 0;
                Enter(UnitState.Stopped, at);
                break;
            default:
                Enter(UnitState.Idle, at);
                break;
        }
    }

    private void WatchInterlock(DateTime now)
    {
        if (state == UnitState.Execute && Faults.Trips != 0)
        {
            Abort(now, Faults.Trips);
        }
        else if (state == UnitState.Execute && program.Interlock != 0)
        {
            Abort(now, 1u << InterlockLostBit);
        }

        if (run?.Danger is { } danger && state is not (UnitState.Aborting or UnitState.Completing))
        {
            Abort(now, 1u << danger.AlarmBit);
        }

        Image.Set("Interlock", program.Interlock | Faults.Interlocks, now);
    }

    private void LookAtRequest(DateTime now)
    {
        // Comparing with Ack.Id instead of watching for an edge makes a request survive a power loss of the PLC.
        ulong id = Image.Get<ulong>("Request.Id");
        if (id == 0 || id == Image.Get<ulong>("Ack.Id") || state == UnitState.Resetting)
        {
            requestSeenAt = null;
            return;
        }

        requestSeenAt ??= now;
        if (now < requestSeenAt + TimeSpan.FromSeconds(Faults.AckDelayS))
        {
            return;
        }

        bool isKnown = id == ActiveId || id == Image.Get<ulong>("Result.Id");
        Refusal? refusal = isKnown ? null
            : Faults.RefuseWith is { } code ? new Refusal((Ack)code, "refused by a fault of the line")
            : Faults.Interlocks != 0 ? new Refusal(Ack.Interlocked, "an interlock is open")
            : judge.Judge(state, now);
        if (!isKnown && refusal is null)
        {
            Accept(id, now);
        }

        Image.Set("Ack.Text", refusal?.Text ?? string.Empty, now);
        Image.Set("Ack.Code", (int)(refusal?.Code ?? Ack.Accepted), now);
        Image.Set("Ack.Id", id, now);
    }

    private void Accept(ulong id, DateTime now)
    {
        phase = judge.RequestedPhase()!;
        parameters = judge.Latched(phase);
        run = null;
        foreach (TagDefinition tag in Image.Cells.Select(c => c.Tag).ToArray())
        {
            if (tag.Name.StartsWith("Result.", StringComparison.Ordinal)
                || tag.Name.StartsWith("Active.", StringComparison.Ordinal))
            {
                Image.Set(tag.Name, tag.InitialValue, now);
            }
        }

        bool isWrong = Faults.EchoesWrong;
        foreach ((string name, object value) in parameters.Values)
        {
            Image.Set("Active." + name, isWrong && value is double number ? number + 1 : value, now);
            isWrong &= value is not double;
        }

        Image.Set("Owner.Epoch", Image.Get<ulong>("Request.Epoch"), now);
        Image.Set("Active.Phase", phase.Number, now);
        Image.Set("Active.Id", id, now);
        Enter(UnitState.Idle, now);
    }

    private void TakeCommand(DateTime now)
    {
        var command = (UnitCommand)Image.Get<int>("Command.CntrlCmd");
        if (command == UnitCommand.None)
        {
            return;
        }

        Image.Set("Command.CntrlCmd", 0, now);
        ulong target = ActiveId != 0 ? ActiveId : Image.Get<ulong>("Result.Id");
        if (Image.Get<ulong>("Command.Id") == target)
        {
            Obey(command, now);
        }
    }

    private void Obey(UnitCommand command, DateTime now)
    {
        switch (command, state)
        {
            case (UnitCommand.Start, UnitState.Idle) when ActiveId != 0 && (program.Interlock | Faults.Interlocks) == 0:
                Enter(UnitState.Starting, now, ShortTransitionSeconds);
                break;
            case (UnitCommand.Hold, UnitState.Execute):
                PauseRun(now);
                Enter(UnitState.Holding, now, program.StandstillSeconds);
                break;
            case (UnitCommand.Unhold, UnitState.Held):
                Enter(UnitState.Unholding, now, ShortTransitionSeconds);
                break;
            case (UnitCommand.Suspend, UnitState.Execute):
                PauseRun(now);
                Enter(UnitState.Suspending, now, program.StandstillSeconds);
                break;
            case (UnitCommand.Unsuspend, UnitState.Suspended):
                Enter(UnitState.Unsuspending, now, ShortTransitionSeconds);
                break;
            case (UnitCommand.Stop, not (UnitState.Completing or UnitState.Stopping or UnitState.Aborting))
                when ActiveId != 0:
                PauseRun(now);
                Enter(UnitState.Stopping, now, program.StandstillSeconds);
                break;
            case (UnitCommand.Abort, not (UnitState.Completing or UnitState.Aborting)) when ActiveId != 0:
                Abort(now, 0);
                break;
            case (UnitCommand.Clear, UnitState.Aborted):
                Enter(UnitState.Clearing, now, ShortTransitionSeconds);
                break;
            case (UnitCommand.Reset, UnitState.Complete or UnitState.Stopped):
                Enter(UnitState.Resetting, now, ShortTransitionSeconds);
                break;
        }
    }

    private void Abort(DateTime at, uint alarms)
    {
        PauseRun(at);
        latchedAlarms |= alarms;
        Enter(UnitState.Aborting, at, program.StandstillSeconds);
    }

    private void PauseRun(DateTime at)
    {
        if (state == UnitState.Execute)
        {
            run!.PauseAt(at);
        }
    }

    /// <summary>Latches the result block; its id goes last, so that whoever sees the id sees the whole block.</summary>
    private void EndPhase(PhaseEnd end, DateTime at)
    {
        ulong id = ActiveId;
        DateTime ended = run?.Instant ?? at;
        run?.Finish(end, new ResultWriter(Image, ended));
        if (run is not null)
        {
            log.Append((LogWhat)(1 + (int)end), Name, phase!.Number, id, ended, run.CountedSeconds, parameters!.Values);
        }

        Image.Set("Active.Elapsed", run?.CountedSeconds ?? 0.0, ended);
        Image.Set("Result.StartTime", run?.Start ?? at, ended);
        Image.Set("Result.EndTime", ended, ended);
        Image.Set("Result.Phase", phase!.Number, ended);
        Image.Set("Result.Code", (int)end, ended);
        Image.Set("Result.Id", id, ended);
        Image.Set("Active.Phase", 0, at);
        Image.Set("Active.Id", 0ul, at);
        run = null;
    }

    private void Enter(UnitState next, DateTime at, double? seconds = null)
    {
        state = next;
        stateEnds = seconds is { } s ? at + TimeSpan.FromSeconds(s) : null;
        Image.Set("State.Current", (int)next, at);
    }

    private void WriteLive(DateTime now)
    {
        Image.Set("Alarm.Word", latchedAlarms | forcedAlarms | (run?.Warnings ?? 0), now);
        var live = new LiveWriter(Image, now);
        if (run is null)
        {
            program.WriteIdleLive(live);
        }
        else
        {
            Image.Set("Active.Elapsed", run.CountedSeconds, now);
            run.WriteLive(live);
        }
    }
}
