using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>Commands to one unit. Each is confirmed by what the unit does next, within a bound.</summary>
internal static class UnitCommands
{
    /// <summary>Aborted → Stopped → Idle takes two commands; a unit that needs more is not PackML.</summary>
    private const int MaxResetCommands = 3;

    private static readonly string[] StartNames =
    [
        // Active before Result: a unit that finishes in between shows up in one of the two.
        CommonTags.ActiveId,
        CommonTags.State,
        CommonTags.ResultId,
        CommonTags.CommandCode,
        CommonTags.Interlock,
    ];

    /// <summary>Starts exactly this request and sees it leave Idle.</summary>
    public static async Task StartAsync(UnitLink unit, RequestId id, CancellationToken cancellationToken)
    {
        long session = await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(unit, id.Value, PackMlCommand.Start, cancellationToken).ConfigureAwait(false);
        TagValues? last = null;
        UnitWait wait = AnswerWait(unit, session, "waiting for a start", StartNames);
        TagValues? started = await unit.PollAsync(
            wait, values => HasStarted(last = values, id) ? values : null, cancellationToken).ConfigureAwait(false);
        if (started is null)
        {
            throw NotStarted(unit, id, last!);
        }
    }

    /// <summary>Gives a command other than Start and Reset, and sees it taken.</summary>
    public static async Task CommandAsync(
        UnitLink unit, RequestId id, PackMlCommand command, CancellationToken cancellationToken)
    {
        if (command is not (PackMlCommand.Hold or PackMlCommand.Unhold or PackMlCommand.Stop or PackMlCommand.Abort
            or PackMlCommand.Clear or PackMlCommand.Suspend or PackMlCommand.Unsuspend))
        {
            throw new ArgumentOutOfRangeException(nameof(command), command, "not a command for a request");
        }

        long session = await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(unit, id.Value, command, cancellationToken).ConfigureAwait(false);
        UnitWait wait = AnswerWait(unit, session, $"waiting for {command}", [CommonTags.CommandCode]);
        _ = await unit.PollAsync(
                wait,
                values => values.Required<int>(CommonTags.CommandCode) == (int)PackMlCommand.None ? values : null,
                cancellationToken).ConfigureAwait(false)
            ?? throw new LineUnreachableException(
                $"{unit.Tags.Unit} did not take {command} within {unit.Options.AnswerTimeout.TotalSeconds:F1} s");
    }

    /// <summary>Brings a unit that is Complete, Stopped or Aborted to Idle.</summary>
    public static async Task ResetAsync(UnitLink unit, CancellationToken cancellationToken)
    {
        long session = await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        (PackMlState state, ulong id) =
            await SettledAsync(unit, session, PackMlState.Undefined, cancellationToken).ConfigureAwait(false);
        for (int commands = 0; state != PackMlState.Idle; commands++)
        {
            if (commands == MaxResetCommands
                || state is not (PackMlState.Complete or PackMlState.Stopped or PackMlState.Aborted))
            {
                throw new LineContractException(
                    $"{unit.Tags.Unit}.State.Current is {state}; only Complete, Stopped or Aborted can be reset");
            }

            PackMlCommand command = state == PackMlState.Aborted ? PackMlCommand.Clear : PackMlCommand.Reset;
            await WriteAsync(unit, id, command, cancellationToken).ConfigureAwait(false);
            (state, id) = await SettledAsync(unit, session, state, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<(PackMlState State, ulong Id)> SettledAsync(
        UnitLink unit, long session, PackMlState from, CancellationToken cancellationToken)
    {
        string[] names = [CommonTags.ActiveId, CommonTags.State, CommonTags.ResultId];
        UnitWait wait = AnswerWait(unit, session, "waiting for a reset", names) with
        {
            Bound = unit.Options.ResetTimeout,
        };
        TagValues settled = await unit.PollAsync(
                wait, values => HasLeft(StateOf(values), from) ? values : null, cancellationToken).ConfigureAwait(false)
            ?? throw new LineUnreachableException(
                $"{unit.Tags.Unit} did not settle within {wait.Bound.TotalSeconds:F1} s of a reset");
        ulong active = settled.Required<ulong>(CommonTags.ActiveId);
        return (StateOf(settled), active != 0 ? active : settled.Required<ulong>(CommonTags.ResultId));
    }

    private static bool HasLeft(PackMlState state, PackMlState from) =>
        state != from
        && state is not (PackMlState.Clearing or PackMlState.Resetting or PackMlState.Stopping
            or PackMlState.Aborting or PackMlState.Completing);

    private static bool HasStarted(TagValues values, RequestId id) =>
        values.Required<ulong>(CommonTags.ResultId) == id.Value
        || (values.Required<ulong>(CommonTags.ActiveId) == id.Value
            && values.WhereGood(CommonTags.State, (int)PackMlState.Idle) != (int)PackMlState.Idle);

    private static Exception NotStarted(UnitLink unit, RequestId id, TagValues last)
    {
        string within = $"within {unit.Options.AnswerTimeout.TotalSeconds:F1} s";
        if (last.Required<int>(CommonTags.CommandCode) != (int)PackMlCommand.None)
        {
            return new LineUnreachableException($"{unit.Tags.Unit} did not take Start of {id} {within}");
        }

        return new LineContractException(
            $"{unit.Tags.Unit} took Start of {id} and did not start {within}: Active.Id is "
            + $"{new RequestId(last.Required<ulong>(CommonTags.ActiveId))}, State.Current is {StateOf(last)}, "
            + $"Interlock is 0x{last.WhereGood(CommonTags.Interlock, uint.MaxValue):x8}");
    }

    private static PackMlState StateOf(TagValues values) => (PackMlState)values.Required<int>(CommonTags.State);

    private static UnitWait AnswerWait(UnitLink unit, long session, string during, IReadOnlyList<string> names) => new(
        during, session, names, unit.Watch.Handshake, unit.Options.ReadBackPeriod, unit.Options.AnswerTimeout);

    private static Task WriteAsync(
        UnitLink unit, ulong id, PackMlCommand command, CancellationToken cancellationToken) => unit.Tags.WriteAsync(
        [(CommonTags.CommandId, Variant.Of(id)), (CommonTags.CommandCode, Variant.Of((int)command))],
        cancellationToken);
}
