using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>The state of an alarm as the server tells it (OPC 10000-9 §5.8.2).</summary>
/// <param name="ConditionId">The condition, in the numbering of the session in which it was told.</param>
/// <param name="EventId">Names this state; an acknowledgement refers to it.</param>
/// <param name="Source">SourceName; the unit's name, by contract.</param>
/// <param name="Condition">ConditionName; the alarm's name, by contract.</param>
/// <param name="Message">Words for people; may be empty.</param>
/// <param name="Severity">1 to 1000, both ends included; 1000 is worst.</param>
/// <param name="IsActive">Whether its cause stands.</param>
/// <param name="IsAcked">Whether a person has acknowledged it.</param>
/// <param name="Retain">Whether it needs attention.</param>
/// <param name="Time">When it changed, UTC, by the server's source.</param>
public sealed record ConditionReport(
    NodeId ConditionId,
    byte[] EventId,
    string Source,
    string Condition,
    string Message,
    int Severity,
    bool IsActive,
    bool IsAcked,
    bool Retain,
    DateTime Time)
{
    /// <summary>Reads the fields that <see cref="AlarmFields.Filter"/> asks for; null when the event is no alarm, such
    /// as the beginning and the end of a refresh.</summary>
    public static ConditionReport? Read(IReadOnlyList<Variant> fields) => AlarmFields.Read(fields) is { } alarm
        ? new ConditionReport(
            alarm.ConditionId,
            alarm.EventId,
            alarm.SourceName,
            alarm.ConditionName,
            alarm.Message,
            alarm.Severity,
            alarm.IsActive,
            alarm.IsAcked,
            alarm.Retain,
            alarm.Time)
        : null;
}
