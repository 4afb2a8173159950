using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Handshake;

/// <summary>Step 4 of the handshake: waits for the latched result of a request and reads it whole, or for the phase to
/// stand without one.</summary>
internal static class UnitResults
{
    /// <summary>A result block that changes under the reader this often is not latched.</summary>
    private const int MaxTornReads = 5;

    // Active before Result: a unit that finishes in between shows up in one of the two.
    private static readonly string[] Names = [CommonTags.ActiveId, CommonTags.State, CommonTags.ResultId];

    /// <summary>Waits until the unit has latched the result of this request, or stands or runs otherwise than is known.
    /// </summary>
    /// <exception cref="LineUnreachableException">The link or the PLC was lost while waiting.</exception>
    /// <exception cref="LineContractException">The unit neither runs the request nor has its result.</exception>
    public static async Task<PhaseNews> AwaitAsync(
        UnitLink unit, RequestId id, PackMlState known, CancellationToken cancellationToken)
    {
        long session = await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        for (int torn = 0; torn < MaxTornReads; torn++)
        {
            var latch = new LatchReading(unit, id, known);
            var wait = new UnitWait(
                "waiting for a result",
                session,
                Names,
                unit.Watch.Handshake,
                unit.Options.SafetyReadPeriod,
                TimeSpan.MaxValue);
            Turn turn = (await unit.PollAsync(wait, latch.Decide, cancellationToken).ConfigureAwait(false))!;
            if (turn.State is { } state)
            {
                return new PhaseTurned(
                    state,
                    (await unit.Tags.ReadAsync([CommonTags.ActiveElapsed], cancellationToken).ConfigureAwait(false))
                        .WhereGood(CommonTags.ActiveElapsed, double.NaN));
            }

            if (await ReadAsync(unit, id, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return new PhaseEnded(result);
            }
        }

        throw new LineContractException(
            $"{unit.Tags.Unit}.Result.Id changed {MaxTornReads} times while the result of {id} was read");
    }

    /// <summary>The result, or null when another one took its place while it was read.</summary>
    private static async Task<PhaseResult?> ReadAsync(UnitLink unit, RequestId id, CancellationToken cancellationToken)
    {
        UnitContract contract = unit.Tags.Contract;
        TagValues block = await unit.Tags
            .ReadAsync(ResultBlock.Names(contract), cancellationToken).ConfigureAwait(false);
        TagValues after = await unit.Tags
            .ReadAsync([CommonTags.ResultId], cancellationToken).ConfigureAwait(false);
        bool isWhole = block.WhereGood(CommonTags.ResultId, 0ul) == id.Value
            && after.WhereGood(CommonTags.ResultId, 0ul) == id.Value;
        return isWhole ? ResultBlock.Read(contract, id, block) : null;
    }

    /// <summary>What the wait has come to: the state the phase turned to, or none when its result is latched.</summary>
    private sealed record Turn(PackMlState? State);

    /// <summary>Tells whether the result is latched, when it never will be, and whether the phase has turned.</summary>
    private sealed class LatchReading(UnitLink unit, RequestId id, PackMlState known)
    {
        private long? unclearSince;

        public Turn? Decide(TagValues values)
        {
            if (values.WhereGood(CommonTags.ResultId, 0ul) == id.Value)
            {
                return new Turn(null);
            }

            if (values.WhereGood(CommonTags.ActiveId, 0ul) == id.Value)
            {
                unclearSince = null;
                var state = (PackMlState)values.WhereGood(CommonTags.State, (int)PackMlState.Undefined);
                bool counts = state is PackMlState.Held or PackMlState.Suspended or PackMlState.Execute;
                return counts && state != known ? new Turn(state) : null;
            }

            // For a moment this is no wonder: the PLC may be between clearing Active and latching Result.
            unclearSince ??= unit.Now;
            if (unit.Elapsed(unclearSince.Value) < unit.Options.AnswerTimeout)
            {
                return null;
            }

            // Throws for the one that is not Good: then it is unknown, not lost.
            ulong active = values.Required<ulong>(CommonTags.ActiveId);
            ulong latched = values.Required<ulong>(CommonTags.ResultId);
            throw new LineContractException(
                $"{unit.Tags.Unit} neither runs request {id} nor has its result: "
                + $"Active.Id is {new RequestId(active)}, Result.Id is {new RequestId(latched)}");
        }
    }
}
