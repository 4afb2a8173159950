using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Engine;

namespace CoatLine.Hosting;

/// <content>Alarms.</content>
public sealed partial class CoatLineMes
{
    private readonly AlarmRegister _alarms;

    /// <summary>The alarms of the line as of the newest fact.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public AlarmBoard Alarms => _alarms.Board;

    /// <summary>Acknowledges an alarm: a person has seen it and responds.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="name">Name of the alarm in the tag contract.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="comment">What the person says; may be empty.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals AcknowledgeAlarm(Unit unit, string name, string by, string comment) =>
        _alarms.Acknowledge(unit, name, by, comment);

    /// <summary>Puts an alarm below severity 800 aside for a time.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="name">Name of the alarm in the tag contract.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <param name="time">For how long, above 0 and at most 8 h of line time.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals ShelveAlarm(Unit unit, string name, string by, string reason, TimeSpan time) =>
        _alarms.Shelve(unit, name, by, reason, time);

    /// <summary>Takes an alarm back from the shelf before its time.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="name">Name of the alarm in the tag contract.</param>
    /// <param name="by">Who; not empty.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals UnshelveAlarm(Unit unit, string name, string by) => _alarms.Unshelve(unit, name, by);
}
