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

    public UnitPlc Fork() => (UnitPlc)MemberwiseClone();

    public UnitSnapshot Snapshot(DateTimeOffset now) => new(
        unit,
        State,
        ActiveId,
        ResultId,
        AckId,
        AckCode,
        OwnerEpoch,
        IsRunning ? (now - _started).TotalSeconds : 0d,
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

    /// <summary>Starts the active request; the world has decided by then how it will end.</summary>
    public void Start(PhaseResult pending)
    {
        _pending = pending;
        _started = pending.StartedAt;
        _ends = pending.EndedAt;
        State = PackMlState.Execute;
    }

    /// <summary>Aborts what runs, as after a power loss: a whole result block with what was reached, never resumed.
    /// </summary>
    public void Abort(DateTimeOffset now)
    {
        if (IsRunning)
        {
            Conclude(PackMlState.Aborted, _pending! with { Code = ResultCode.Aborted, EndedAt = now });
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
        if (!IsRunning || now < _ends)
        {
            return null;
        }

        Conclude(PackMlState.Complete, _pending!);
        return Result;
    }

    private void Conclude(PackMlState state, PhaseResult result)
    {
        State = state;
        Result = result;
        ResultId = ActiveId;
        ActiveId = RequestId.None;
        Active = null;
    }
}
