using System.Text.Json.Serialization;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Alarms;

/// <summary>The state of an alarm (ISA-18.2 §4.6; names of the standard's state diagram).</summary>
public enum AlarmCondition
{
    /// <summary>Nothing to be seen.</summary>
    Normal,

    /// <summary>Its cause stands, nobody has acknowledged it.</summary>
    Unacknowledged,

    /// <summary>Its cause stands, a person has acknowledged it.</summary>
    Acknowledged,

    /// <summary>Its cause has gone, nobody has acknowledged it yet.</summary>
    ReturnedUnacknowledged,

    /// <summary>Put aside by a person for a time.</summary>
    Shelved,
}

/// <summary>What is known of one alarm. Immutable.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Name in the tag contract.</param>
/// <param name="Severity">OPC UA severity, 1 to 1000.</param>
/// <param name="IsActive">Whether its cause stands.</param>
/// <param name="IsAcked">Whether a person has acknowledged it since it was raised.</param>
/// <param name="Since">When it was raised last (line time).</param>
public sealed record AlarmState(
    Unit Unit, string Name, int Severity, bool IsActive, bool IsAcked, DateTimeOffset Since)
{
    /// <summary>The unit's first alarm since none of its alarms stood: most likely the cause of the others.</summary>
    public bool IsFirstOut { get; init; }

    /// <summary>Until when it is put aside; null when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ShelvedUntil { get; init; }

    /// <summary>Who put it aside, and why; empty when it is not.</summary>
    public string ShelvedBy { get; init; } = string.Empty;

    /// <summary>Its state at a time; a shelf that has expired is none.</summary>
    public AlarmCondition ConditionAt(DateTimeOffset now) => (IsActive, IsAcked) switch
    {
        _ when ShelvedUntil > now => AlarmCondition.Shelved,
        (true, false) => AlarmCondition.Unacknowledged,
        (true, true) => AlarmCondition.Acknowledged,
        (false, false) => AlarmCondition.ReturnedUnacknowledged,
        _ => AlarmCondition.Normal,
    };
}
