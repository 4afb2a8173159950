using System.Collections.Immutable;

namespace CoatLine.Domain.Execution;

/// <summary>What a unit says of itself at one moment: the base of every decision after a restart.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="State">PackML state; <see cref="PackMlState.Undefined"/> where it was not Good.</param>
/// <param name="ActiveId">Request that the unit has latched and not finished, or <see cref="RequestId.None"/>.</param>
/// <param name="ResultId">Request whose result block is latched, or <see cref="RequestId.None"/>.</param>
/// <param name="AckId">Last request id answered, or <see cref="RequestId.None"/>.</param>
/// <param name="AckCode">The answer to <paramref name="AckId"/>.</param>
/// <param name="OwnerEpoch">Highest epoch the unit has seen.</param>
/// <param name="Elapsed">Seconds of the active phase that count (line time, ≥ 0).</param>
/// <param name="Interlock">Interlock word; 0 when nothing forbids a start.</param>
/// <param name="ReadAt">When it was read, in line time.</param>
public sealed record UnitSnapshot(
    Unit Unit,
    PackMlState State,
    RequestId ActiveId,
    RequestId ResultId,
    RequestId AckId,
    AckCode AckCode,
    ulong OwnerEpoch,
    double Elapsed,
    uint Interlock,
    DateTimeOffset ReadAt);

/// <summary>The answer of a unit to a request, as <c>Ack.Code</c> carries it.</summary>
public enum AckCode
{
    /// <summary>No answer yet.</summary>
    None = 0,

    /// <summary>Parameters latched and echoed; the unit waits for Start.</summary>
    Accepted = 1,

    /// <summary>Refused: another request is active.</summary>
    Busy = 2,

    /// <summary>Refused: the unit does not know the phase.</summary>
    UnknownPhase = 3,

    /// <summary>Refused: a parameter is outside its range.</summary>
    ParameterOutOfRange = 4,

    /// <summary>Refused: an interlock forbids it.</summary>
    Interlocked = 5,

    /// <summary>Refused: the owner epoch is lower than one already seen.</summary>
    StaleEpoch = 6,

    /// <summary>Refused: the unit is in a mode other than Produce.</summary>
    WrongMode = 7,

    /// <summary>Refused: the material, container or sheet named is not there.</summary>
    WrongMaterial = 8,
}

/// <summary>How a phase ended, as <c>Result.Code</c> carries it.</summary>
public enum ResultCode
{
    /// <summary>No result.</summary>
    None = 0,

    /// <summary>Ran to its end.</summary>
    Completed = 1,

    /// <summary>Stopped on command.</summary>
    Stopped = 2,

    /// <summary>Aborted by the unit or on command.</summary>
    Aborted = 3,
}

/// <summary>A value of a result block with the quality it came with.</summary>
/// <param name="Name">Tag name below <c>Result.</c>.</param>
/// <param name="Value">A <see cref="double"/>, <see cref="int"/>, <see cref="bool"/>, <see cref="string"/>,
/// <see cref="DateTimeOffset"/>, or an array of double, int or string; null where the quality is not Good.</param>
/// <param name="Good">Whether the PLC vouched for it (StatusCode Good). What is not Good passes no check.</param>
/// <param name="SourceTime">The PLC's time stamp of the value.</param>
public sealed record ResultValue(string Name, object? Value, bool Good, DateTimeOffset SourceTime);

/// <summary>A latched result block.</summary>
/// <param name="Id">The request it belongs to.</param>
/// <param name="Code">How the phase ended.</param>
/// <param name="StartedAt">Start, by the PLC's clock (line time).</param>
/// <param name="EndedAt">End, by the PLC's clock (line time).</param>
/// <param name="Values">The values of the block that the contract lists for the phase.</param>
public sealed record PhaseResult(
    RequestId Id,
    ResultCode Code,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    ImmutableArray<ResultValue> Values);

/// <summary>A live value while a phase runs, for the person who watches.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Tag name below <c>Live.</c>.</param>
/// <param name="Value">The value in the contract's engineering unit; NaN where it is not Good.</param>
/// <param name="At">Source time (line time).</param>
public sealed record LiveValue(Unit Unit, string Name, double Value, DateTimeOffset At);
