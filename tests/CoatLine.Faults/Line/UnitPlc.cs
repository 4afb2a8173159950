using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Faults.Line;

/// <summary>
/// The handshake of one unit as the tag contract has it: latches once per id, keeps ids and results over any restart
/// of the MES, runs whether or not somebody watches.
/// </summary>
internal sealed class UnitPlc(Unit unit)
{
    private DateTimeOffset _started;
    private DateTimeOffset _ends;
    private PhaseResult? _pending;
    private DateTimeOffset _stoodAt;
    private TimeSpan _stood;

    public PackMlState State { get; set; } = PackMlState.Idle;

    public RequestId ActiveId { get; set; }

    public RequestId ResultId { get; set; }

    public RequestId AckId { get; set; }

    public AckCode AckCode { get; set; }

    public string AckText { get; set; } = "";

    public ulong OwnerEpoch { get; set; }

    public PhaseRequest? Active { get; set; }

    public PhaseResult? Result { get; set; }

    public DateTimeOffset Ends => _ends;

    public bool IsRunning => State == PackMlState.Execute;

    public bool Stands => State is PackMlState.Held or PackMlState.Suspended;

    /// <summary>How far into its phase the unit holds by itself; null for not at all. Taken off when it has.</summary>
    public TimeSpan? HoldsAt { get; set; }

    /// <summary>When the running phase ends or holds by itself.</summary>
    public DateTimeOffset NextTurn => HoldsAt is { } at && _started + _stood + at < _ends
        ? _started + _stood + at
        : _ends;

    public UnitPlc Fork() => (UnitPlc)MemberwiseClone();

    public UnitSnapshot Snapshot(DateTimeOffset now) => new(
        unit,
        State,
        ActiveId,
        ResultId,
        AckId,
        AckCode,
        OwnerEpoch,
        ElapsedS(now),
        0,
        now);

    public void Look(PhaseRequest request, Func<PhaseRequest, (AckCode Code, string Text)?> refuse)
    {
        if (request.Id == AckId)
        {
            return;
        }

        bool isKnown = request.Id == ActiveId || request.Id == ResultId;
        (AckCode Code, string Text)? refusal = isKnown ? null
            : request.OwnerEpoch < OwnerEpoch ? (AckCode.StaleEpoch, "a newer epoch was seen")
            : ActiveId != RequestId.None ? (AckCode.Busy, $"request {ActiveId} is active")
            : State is not (PackMlState.Idle or PackMlState.Complete) ? (AckCode.Busy, $"the unit is {State}")
            : refuse(request);
        if (!isKnown && refusal is null)
        {
            OwnerEpoch = request.OwnerEpoch;
            Active = request;
            ActiveId = request.Id;
            Result = null;
            ResultId = RequestId.None;
            State = PackMlState.Idle;
        }

        AckId = request.Id;
        AckCode = refusal?.Code ?? AckCode.Accepted;
        AckText = refusal?.Text ?? "";
    }

    public PhaseTurned News(DateTimeOffset now) => new(State, ElapsedS(now));

    /// <summary>Takes a command as the tag contract has it; what does not fit the state is ignored.</summary>
    public void Obey(PackMlCommand command, DateTimeOffset now)
    {
        switch (command, State)
        {
            case (PackMlCommand.Hold, PackMlState.Execute):
                Stand(PackMlState.Held, now);
                break;
            case (PackMlCommand.Suspend, PackMlState.Execute):
                Stand(PackMlState.Suspended, now);
                break;
            case (PackMlCommand.Unhold, PackMlState.Held) or (PackMlCommand.Unsuspend, PackMlState.Suspended):
                _stood += now - _stoodAt;
                _ends += now - _stoodAt;
                State = PackMlState.Execute;
                break;
            case (PackMlCommand.Stop, _) when ActiveId != RequestId.None:
                End(PackMlState.Stopped, ResultCode.Stopped, now);
                break;
            case (PackMlCommand.Abort, _) when ActiveId != RequestId.None:
                End(PackMlState.Aborted, ResultCode.Aborted, now);
                break;
        }
    }

    /// <summary>Clears and resets a unit that has ended.</summary>
    public void Reset() =>
        State = State is PackMlState.Complete or PackMlState.Stopped or PackMlState.Aborted ? PackMlState.Idle : State;

    private double ElapsedS(DateTimeOffset now) => State switch
    {
        PackMlState.Execute => (now - _started - _stood).TotalSeconds,
        PackMlState.Held or PackMlState.Suspended => (_stoodAt - _started - _stood).TotalSeconds,
        _ => 0d,
    };

    private void Stand(PackMlState state, DateTimeOffset now) => (State, _stoodAt) = (state, now);

    private void End(PackMlState state, ResultCode code, DateTimeOffset now) => Conclude(
        state,
        (_pending ?? new PhaseResult(ActiveId, code, now, now, [])) with { Code = code, EndedAt = now });

    /// <summary>Starts the active request; the world has decided by then how it will end.</summary>
    public void Start(PhaseResult pending)
    {
        _pending = pending;
        _started = pending.StartedAt;
        _ends = pending.EndedAt;
        _stood = TimeSpan.Zero;
        State = PackMlState.Execute;
    }

    /// <summary>Aborts what runs, as after a power loss: a whole result block with what was reached, never resumed.
    /// </summary>
    public void Abort(DateTimeOffset now)
    {
        if (IsRunning || Stands)
        {
            End(PackMlState.Aborted, ResultCode.Aborted, now);
        }
    }

    /// <summary>Ends a request that is not of this MES, as whoever sent it would.</summary>
    public void EndForeign()
    {
        DateTimeOffset never = DateTimeOffset.UnixEpoch;
        Conclude(PackMlState.Complete, new PhaseResult(ActiveId, ResultCode.Completed, never, never, []));
    }

    public PhaseResult? Settle(DateTimeOffset now)
    {
        if (!IsRunning || now < NextTurn)
        {
            return null;
        }

        if (NextTurn < _ends)
        {
            Stand(PackMlState.Held, NextTurn);
            HoldsAt = null;
            return null;
        }

        // Time that it stood is no time of the phase, but moves its end.
        Conclude(PackMlState.Complete, _pending! with { EndedAt = _ends });
        return Result;
    }

    private void Conclude(PackMlState state, PhaseResult result)
    {
        State = state;
        Result = result;
        ResultId = ActiveId;
        ActiveId = RequestId.None;
        Active = null;
        _pending = null;
    }
}
