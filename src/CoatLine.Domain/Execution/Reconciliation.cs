using CoatLine.Domain.Events;

namespace CoatLine.Domain.Execution;

/// <summary>What to do about a request whose outcome is not known, after the unit was read.</summary>
/// <param name="How">How the request was found; null when it is not known what happened.</param>
/// <param name="Unknown">What is not known, for a person; empty otherwise.</param>
public sealed record Reconciled(ReattachKind? How, string Unknown)
{
    /// <summary>Whether the unit works on something that nobody here asked for.</summary>
    public bool IsForeign { get; init; }

    internal static Reconciled As(ReattachKind how) => new(how, string.Empty);

    internal static Reconciled Ask(string unknown) => new(null, unknown);
}

/// <summary>
/// Reads before it writes: decides from the unit's own words what became of a request whose outcome is not recorded,
/// after a crash, a restart or a lost link. A time-out means unknown, never not done.
/// </summary>
public static class Reconciliation
{
    /// <summary>
    /// Decides. The request is finished (its result is latched), running, waiting for Start, or was never seen; the
    /// last only when the unit proves that nothing else happened since, by holding the same result and the same answer
    /// as before the intent. Anything else is for a person. A request that the unit is on record to have accepted was
    /// seen: a unit that says otherwise, as a blank one does after its first request ever, has lost its memory.
    /// </summary>
    /// <param name="open">The recorded intent, and whether the unit is on record to have accepted it.</param>
    /// <param name="unit">What the unit says now.</param>
    public static Reconciled Decide(OpenPhase open, UnitSnapshot unit)
    {
        PhaseIntended intended = open.Intended;
        RequestId id = intended.RequestId;
        if (unit.ResultId == id)
        {
            return Reconciled.As(ReattachKind.Completed);
        }

        if (unit.ActiveId == id)
        {
            return Active(unit);
        }

        if (unit.ActiveId != RequestId.None)
        {
            return Reconciled.Ask(
                $"{unit.Unit} has request {unit.ActiveId} active, which is not {id}: who sent it, and was {id} run?")
                with { IsForeign = true };
        }

        bool nothingHappened = unit.ResultId == intended.ResultBefore && unit.AckId == intended.AckBefore;

        // A refusal that was not recorded: the unit answers the same id with the same refusal and does nothing.
        bool wasRefused = unit.AckId == id && unit.AckCode is not (AckCode.None or AckCode.Accepted);
        bool wasNotSeen = nothingHappened || (wasRefused && unit.ResultId == intended.ResultBefore);
        return wasNotSeen && !open.IsAccepted
            ? Reconciled.As(ReattachKind.Resent)
            : Reconciled.Ask(Unproven(intended, unit));
    }

    /// <summary>
    /// Whether a unit is as the journal left it, so that a new request may be made: nothing active, and the same
    /// result and answer as recorded last. Null when it is; else what is not known.
    /// </summary>
    /// <param name="unit">What the unit says now.</param>
    /// <param name="recorded">What is recorded of it; null when nothing is.</param>
    /// <param name="next">The request that is to be made.</param>
    /// <param name="isAsked">Whether this batch has asked the unit for anything yet.</param>
    public static string? Discontinuity(UnitSnapshot unit, UnitTrace? recorded, RequestId next, bool isAsked)
    {
        if (unit.ActiveId != RequestId.None)
        {
            return $"{unit.Unit} has request {unit.ActiveId} active, which this journal did not ask for: "
                + "who sent it, and may it be ended?";
        }

        if (unit.ResultId == next || unit.AckId == next)
        {
            return $"{unit.Unit} already knows request {next}, which was never sent from this journal: "
                + "was it run for this batch before the journal was lost?";
        }

        if (recorded is null || (!isAsked && IsBlank(unit)))
        {
            return null;
        }

        return unit.ResultId == recorded.Result && unit.AckId == recorded.Ack
            ? null
            : $"{unit.Unit} reports result {unit.ResultId} and answer {unit.AckId}; this journal ended with result "
                + $"{recorded.Result} and answer {recorded.Ack}: what was run there in between?";
    }

    /// <summary>
    /// An exchanged controller or a new simulator remembers nothing at all. Before a batch has asked it for anything
    /// there is nothing that it could have forgotten of that batch.
    /// </summary>
    private static bool IsBlank(UnitSnapshot unit) =>
        unit.ResultId == RequestId.None && unit.AckId == RequestId.None && unit.OwnerEpoch == 0;

    private static Reconciled Active(UnitSnapshot unit) => unit.State switch
    {
        PackMlState.Idle => Reconciled.As(ReattachKind.Accepted),
        PackMlState.Undefined or PackMlState.Complete or PackMlState.Resetting or PackMlState.Clearing =>
            Reconciled.Ask(
                $"{unit.Unit} has request {unit.ActiveId} active and reports state {unit.State}: does it run?"),
        _ => Reconciled.As(ReattachKind.Running),
    };

    private static string Unproven(PhaseIntended intended, UnitSnapshot unit) =>
        $"{unit.Unit} neither runs request {intended.RequestId} ({intended.Phase}, {intended.Step}) nor has its "
        + $"result. It reports result {unit.ResultId} and answer {unit.AckId}; before the request it had result "
        + $"{intended.ResultBefore} and answer {intended.AckBefore}: was the phase run?";
}

/// <summary>What is known of a unit's handshake.</summary>
/// <param name="Result">The request whose result it holds, or None.</param>
/// <param name="Ack">The request that it answered last, or None.</param>
public sealed record UnitTrace(RequestId Result, RequestId Ack);
