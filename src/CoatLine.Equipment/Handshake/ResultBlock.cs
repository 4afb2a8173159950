using System.Collections.Immutable;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>Makes a phase result out of a result block that was read whole.</summary>
internal static class ResultBlock
{
    private static readonly string[] Common =
    [
        CommonTags.ResultId,
        CommonTags.ResultPhase,
        CommonTags.ResultCode,
        CommonTags.ResultStart,
        CommonTags.ResultEnd,
    ];

    /// <summary>Every tag of the block, the id first.</summary>
    public static string[] Names(UnitContract contract) =>
        [.. Common, .. contract.ResultNames.Select(static n => "Result." + n)];

    /// <summary>The result, with the values of its phase.</summary>
    /// <exception cref="LineContractException">The block names a phase that the unit does not have, or a value has
    /// another type than the contract's.</exception>
    public static PhaseResult Read(UnitContract contract, RequestId id, TagValues block)
    {
        int code = block.WhereGood(CommonTags.ResultCode, (int)ResultCode.None);
        if (!Enum.IsDefined((ResultCode)code))
        {
            throw new LineContractException(
                $"{contract.Unit}.Result.Code is {code}, which the tag contract does not know");
        }

        // A common value that is not Good is listed too, so that the record names it.
        IEnumerable<string> doubtful = Common.Where(n => !block.IsGood(n));
        IEnumerable<string> values = PhaseValues(contract, block).Select(static n => "Result." + n);
        return new PhaseResult(
            id,
            (ResultCode)code,
            Instant(block, CommonTags.ResultStart),
            Instant(block, CommonTags.ResultEnd),
            [.. doubtful.Concat(values).Select(n => Value(contract.Tag(n), block[n]))]);
    }

    /// <summary>A value with its quality; NaN and infinities are not Good, whatever the status says.</summary>
    internal static ResultValue Value(TagDefinition tag, DataValue read)
    {
        string name = tag.Name["Result.".Length..];
        DateTimeOffset at = Utc(read.SourceTimestamp ?? read.ServerTimestamp ?? DateTime.MinValue);
        if (!TagQuality.IsGood(read.Status))
        {
            return new ResultValue(name, null, false, at);
        }

        if (!TagQuality.HasContractType(tag, read.Value))
        {
            throw TagQuality.WrongType(tag, read.Value);
        }

        object value = read.Value.Value!;
        bool isNumber = value switch
        {
            double number => double.IsFinite(number),
            double[] numbers => numbers.All(double.IsFinite),
            _ => true,
        };
        return isNumber
            ? new ResultValue(name, value is DateTime time ? Utc(time) : value, true, at)
            : new ResultValue(name, null, false, at);
    }

    private static ImmutableArray<string> PhaseValues(UnitContract contract, TagValues block)
    {
        if (!block.IsGood(CommonTags.ResultPhase))
        {
            return contract.ResultNames;
        }

        var phase = (PhaseKind)block.Required<int>(CommonTags.ResultPhase);
        return contract.Phase(phase)?.ResultNames
            ?? throw new LineContractException(
                $"{contract.Unit}.Result.Phase is {(int)phase}, which the unit does not have");
    }

    private static DateTimeOffset Instant(TagValues block, string name) =>
        Utc(block.WhereGood(name, DateTime.MinValue));

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
