using System.Collections.Immutable;
using CoatLine.Domain.Execution;
using CoatLine.Faults.Line;

namespace CoatLine.Faults.Engine;

/// <summary>What the link and the units do.</summary>
internal sealed class LineFaults
{
    /// <summary>Calls lost in a row; more than the engine takes for a matter of the link.</summary>
    private const int MostLost = 40;

    private const int MostCallsLate = 8;
    private const int MostSecondsLate = 300;
    private const int MostSecondsIntoAHold = 120;

    private static readonly AckCode[] Refusals =
        [AckCode.Interlocked, AckCode.WrongMode, AckCode.WrongMaterial, AckCode.ParameterOutOfRange];

    private readonly InMemoryLine _line;
    private readonly List<Fault> _fired;
    private readonly Queue<Fault> _refusals = [];
    private readonly Queue<Fault> _bad = [];
    private readonly Queue<Fault> _late = [];
    private Action? _postponed;
    private int _postponedFor;
    private (int Calls, bool Before, bool ReadsToo) _lost;
    private TimeSpan _answerLate;

    public LineFaults(InMemoryLine line, List<Fault> fired)
    {
        _line = line;
        _fired = fired;
        line.Refuse = Refuse;
        line.Distort = Spoil;
        line.Postpone = Postpone;
    }

    /// <summary>What was on the wire is lost with the process, but what had left it arrives.</summary>
    public void BeginNextLife()
    {
        _lost = default;
        Arrive();
    }

    /// <summary>Makes the fault happen, now or at the next occasion.</summary>
    public void Arm(Fault fault, Unit unit, Chance chance)
    {
        switch (fault.Kind)
        {
            case FaultKind.UnitHolds:
                _line[unit].HoldsAt = TimeSpan.FromSeconds(1 + chance.Below(MostSecondsIntoAHold));
                _fired.Add(fault);
                return;
            case FaultKind.Refusal:
                _refusals.Enqueue(fault);
                return;
            case FaultKind.BadQuality:
                _bad.Enqueue(fault);
                return;
            case FaultKind.LateEffect:
                _late.Enqueue(fault);
                return;
            case FaultKind.LinkLostBefore or FaultKind.LinkLostAfter:
                _lost = (chance.Skewed(MostLost), fault.Kind == FaultKind.LinkLostBefore, chance.OnceIn(2));
                break;
            case FaultKind.LateAnswer:
                _answerLate = TimeSpan.FromSeconds(chance.Skewed(MostSecondsLate));
                break;
            case FaultKind.ForeignRequest:
                Foreign.Request(_line[unit], unit, toItsEnd: chance.OnceIn(2));
                break;
            default:
                _line.LosePower(unit, keepsMemory: fault.Kind == FaultKind.PlcRestart);
                break;
        }

        _fired.Add(fault);
    }

    /// <summary>Meets each call before and after it.</summary>
    public void OnCall(string call, Unit unit, bool before)
    {
        if (before && _postponed is not null && _postponedFor-- == 0)
        {
            Arrive();
        }

        if (!before && _answerLate > TimeSpan.Zero)
        {
            _line.Clock.Advance(_answerLate);
            _answerLate = TimeSpan.Zero;
        }

        if (_lost.Calls > 0 && before == _lost.Before && (_lost.ReadsToo || call != "read"))
        {
            _lost.Calls--;
            throw new LineUnreachableException($"no answer of {unit} to {call}");
        }
    }

    private void Arrive()
    {
        Action? arriving = _postponed;
        _postponed = null;
        arriving?.Invoke();
    }

    private bool Postpone(string call, Unit unit, Action effect)
    {
        if (_postponed is not null || !_late.TryDequeue(out Fault? fault))
        {
            return false;
        }

        _fired.Add(fault);
        _postponed = effect;
        _postponedFor = new Chance(fault.Salt).Below(MostCallsLate);
        return true;
    }

    private (AckCode Code, string Text)? Refuse(PhaseRequest request)
    {
        if (!_refusals.TryDequeue(out Fault? fault))
        {
            return null;
        }

        _fired.Add(fault);
        return (new Chance(fault.Salt).Pick(Refusals), "not now");
    }

    private PhaseResult Spoil(PhaseRequest request, PhaseResult result)
    {
        if (!_bad.TryDequeue(out Fault? fault))
        {
            return result;
        }

        _fired.Add(fault);
        int which = new Chance(fault.Salt).Below(result.Values.Length);
        ImmutableArray<ResultValue> values =
            result.Values.SetItem(which, result.Values[which] with { Value = null, Good = false });
        return result with { Values = values };
    }
}
