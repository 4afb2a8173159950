using System.Collections.Frozen;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>What a status code means for the MES.</summary>
internal static class TagQuality
{
    /// <summary>Statuses by which a server says that it lacks the contract, not that it is in trouble.</summary>
    private static readonly FrozenSet<StatusCode> ContractStatuses = new[]
    {
        StatusCodes.BadNoMatch,
        StatusCodes.BadNodeIdUnknown,
        StatusCodes.BadNodeIdInvalid,
        StatusCodes.BadAttributeIdInvalid,
        StatusCodes.BadNotReadable,
        StatusCodes.BadNotWritable,
        StatusCodes.BadWriteNotSupported,
        StatusCodes.BadTypeMismatch,
        StatusCodes.BadOutOfRange,
        StatusCodes.BadUserAccessDenied,
    }.ToFrozenSet();

    /// <summary>
    /// Good without any sub-code: GoodLocalOverride, for one, is a value that somebody has forced by hand, and a
    /// forced value passes no check.
    /// </summary>
    public static bool IsGood(StatusCode status) => status.WithoutInfoBits == StatusCodes.Good;

    /// <summary>The exception for a tag without which nothing can be decided.</summary>
    public static Exception Failure(string tag, string tried, StatusCode status) =>
        ContractStatuses.Contains(status.WithoutInfoBits)
            ? new LineContractException($"{tag} cannot be {tried}: {status}")
            : new LineUnreachableException($"{tag} cannot be {tried}: {status}");

    /// <summary>Whether a value has the type and shape that the contract gives the tag.</summary>
    public static bool HasContractType(TagDefinition tag, Variant value) =>
        (int)value.Type == (int)tag.Type && value.IsArray == tag.IsArray && value.Value is not null;

    /// <summary>The exception for a value of another type than the contract's.</summary>
    public static LineContractException WrongType(TagDefinition tag, Variant value) => new(
        $"{tag.FullName} is {value.Type}{(value.IsArray ? "[]" : string.Empty)}, the tag contract says {tag.TypeName}");
}
