using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;

namespace CoatLine.Equipment.Handshake;

/// <summary>Reads what a unit says of itself.</summary>
internal static class UnitStatus
{
    private static readonly string[] Names =
    [
        // Active before Result: a unit that finishes in between shows up in one of the two.
        CommonTags.State,
        CommonTags.ActiveId,
        CommonTags.ResultId,
        CommonTags.AckId,
        CommonTags.AckCode,
        CommonTags.OwnerEpoch,
        CommonTags.ActiveElapsed,
        CommonTags.Interlock,
    ];

    /// <summary>Reads it in one service call.</summary>
    /// <exception cref="LineUnreachableException">An id, the answer, the epoch or the interlock is not Good: a decision
    /// on them would be a guess.</exception>
    public static async Task<UnitSnapshot> ReadAsync(
        UnitLink unit, TimeProvider lineTime, CancellationToken cancellationToken)
    {
        await unit.Tags.VerifyAsync(cancellationToken).ConfigureAwait(false);
        TagValues values = await unit.Tags.ReadAsync(Names, cancellationToken).ConfigureAwait(false);
        var state = (PackMlState)values.WhereGood(CommonTags.State, (int)PackMlState.Undefined);
        return new UnitSnapshot(
            unit.Tags.Unit,
            Enum.IsDefined(state) ? state : PackMlState.Undefined,
            new RequestId(values.Required<ulong>(CommonTags.ActiveId)),
            new RequestId(values.Required<ulong>(CommonTags.ResultId)),
            new RequestId(values.Required<ulong>(CommonTags.AckId)),
            (AckCode)values.Required<int>(CommonTags.AckCode),
            values.Required<ulong>(CommonTags.OwnerEpoch),
            values.WhereGood(CommonTags.ActiveElapsed, double.NaN),
            values.Required<uint>(CommonTags.Interlock),
            lineTime.GetUtcNow());
    }
}
