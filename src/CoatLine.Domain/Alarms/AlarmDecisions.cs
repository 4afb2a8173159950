using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Alarms;

/// <summary>Decides what a person may do about an alarm (ISA-18.2 §11). Pure.</summary>
public static class AlarmDecisions
{
    /// <summary>Longest time for which an alarm is put aside, inclusive: a shift.</summary>
    public static readonly TimeSpan LongestShelf = TimeSpan.FromHours(8);

    /// <summary>Acknowledges an alarm: a person has seen it and responds.</summary>
    public static FactsOrRefusals Acknowledge(
        AlarmBoard board, Unit unit, string name, string by, string comment, DateTimeOffset now) =>
        Decide(
            board,
            unit,
            name,
            by,
            alarm => alarm.IsAcked ? "it is acknowledged already" : null,
            alarm => new AlarmAcknowledged(string.Empty, unit, name, alarm.Severity, now)
            {
                By = by, Comment = comment,
            });

    /// <summary>Puts an alarm aside for a time; one of severity 800 or above never.</summary>
    public static FactsOrRefusals Shelve(
        AlarmBoard board, Unit unit, string name, string by, string reason, TimeSpan time, DateTimeOffset now) =>
        Decide(
            board,
            unit,
            name,
            by,
            alarm => string.IsNullOrWhiteSpace(reason) ? "a reason is needed"
                : alarm.Severity >= AlarmEntry.NeverShelved
                    ? $"severity {alarm.Severity} is {AlarmEntry.NeverShelved} or above: it is never shelved"
                : time <= TimeSpan.Zero || time > LongestShelf
                    ? FormattableString.Invariant(
                        $"it is shelved for above 0 and at most {LongestShelf.TotalHours:0} h, ")
                        + FormattableString.Invariant($"not {time.TotalHours:0.##} h")
                : alarm.ConditionAt(now) == AlarmCondition.Shelved ? "it is shelved already" : null,
            _ => new AlarmShelved(string.Empty, unit, name, by, reason, now + time));

    /// <summary>Takes an alarm back from the shelf before its time.</summary>
    public static FactsOrRefusals Unshelve(
        AlarmBoard board, Unit unit, string name, string by, DateTimeOffset now) =>
        Decide(
            board,
            unit,
            name,
            by,
            alarm => alarm.ConditionAt(now) == AlarmCondition.Shelved ? null : "it is not shelved",
            _ => new AlarmUnshelved(string.Empty, unit, name) { By = by });

    /// <summary>The shelves that have expired.</summary>
    public static ImmutableArray<BatchEvent> Expire(AlarmBoard board, DateTimeOffset now) =>
    [
        .. board.Alarms.Values.Where(a => a.ShelvedUntil <= now)
            .Select(a => new AlarmUnshelved(string.Empty, a.Unit, a.Name)),
    ];

    private static FactsOrRefusals Decide(
        AlarmBoard board,
        Unit unit,
        string name,
        string by,
        Func<AlarmState, string?> refusal,
        Func<AlarmState, BatchEvent> fact)
    {
        string? why = string.IsNullOrWhiteSpace(by) ? "by: a name is needed"
            : board.Alarm(unit, name) is not { } alarm ? $"{unit} has no alarm '{name}' that stands or waits"
            : refusal(alarm);
        return why is null
            ? FactsOrRefusals.Granted(fact(board.Alarm(unit, name)!))
            : FactsOrRefusals.Refused(why);
    }
}
