using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Engine;

/// <summary>The alarms of a line and what people do about them. What is decided is durable in the journal when a call
/// returns. Thread-safe.</summary>
public sealed class AlarmRegister
{
    private readonly Lock _deciding = new();
    private readonly Journal _journal;
    private readonly TimeProvider _lineTime;

    /// <summary>Makes the register of a journal's line.</summary>
    /// <param name="journal">The journal, open.</param>
    /// <param name="lineTime">Line time.</param>
    public AlarmRegister(Journal journal, TimeProvider lineTime)
    {
        _journal = journal;
        _lineTime = lineTime;
    }

    /// <summary>The alarms as of the newest event.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public AlarmBoard Board => _journal.Alarms;

    /// <summary>Acknowledges an alarm, by <see cref="AlarmDecisions.Acknowledge"/>.</summary>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals Acknowledge(Unit unit, string name, string by, string comment) =>
        Record((board, now) => AlarmDecisions.Acknowledge(board, unit, name, by, comment, now));

    /// <summary>Puts an alarm aside, by <see cref="AlarmDecisions.Shelve"/>.</summary>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals Shelve(Unit unit, string name, string by, string reason, TimeSpan time) =>
        Record((board, now) => AlarmDecisions.Shelve(board, unit, name, by, reason, time, now));

    /// <summary>Takes an alarm back, by <see cref="AlarmDecisions.Unshelve"/>.</summary>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals Unshelve(Unit unit, string name, string by) =>
        Record((board, now) => AlarmDecisions.Unshelve(board, unit, name, by, now));

    private FactsOrRefusals Record(Func<AlarmBoard, DateTimeOffset, FactsOrRefusals> decide)
    {
        lock (_deciding)
        {
            FactsOrRefusals decided = decide(_journal.Alarms, _lineTime.GetUtcNow());
            _journal.AppendAll(decided.Facts);
            return decided;
        }
    }
}
