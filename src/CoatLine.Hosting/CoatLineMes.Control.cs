using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Scheduling;
using CoatLine.Engine;

namespace CoatLine.Hosting;

/// <content>What a person commands of batches and units.</content>
public sealed partial class CoatLineMes
{
    /// <summary>What is recorded of a batch; of one that was retired to the ledger, nothing.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public BatchState StateOf(string batch) => _engine.StateOf(batch);

    /// <summary>Lets a batch that was held for the line, or by a person, go on when it is run next; what is still not
    /// known holds it again.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="why">The person's reason; it is recorded.</param>
    /// <param name="by">Who; recorded too.</param>
    /// <returns>Why it does not, a sentence; null when it does.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public string? Resume(string batch, string why, string by) => _engine.Resume(batch, why, by)
        ? null
        : Controlling.ResumeRefusal(_engine.StateOf(batch)) ?? "it was resumed by somebody else in between";

    /// <summary>Holds, stops or aborts a batch; carried out at once where it is running, else when it is run next.
    /// </summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="command">The command.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <returns>Why it is not taken, a sentence; null when it is on record.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public string? Command(string batch, ControlCommand command, string by, string reason) =>
        _engine.Command(batch, command, by, reason);

    /// <summary>Sets how a batch goes from phase to phase, from its next phase on.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <returns>Why it is not taken, a sentence; null when it is on record.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public string? SetMode(string batch, ExecutionMode mode, string by, string reason) =>
        _engine.SetMode(batch, mode, by, reason);

    /// <summary>When each open batch is expected on each unit; a forecast.</summary>
    /// <param name="more">Batches that are not created yet, behind the open ones.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public LineSchedule Schedule(params IReadOnlyList<BatchToSchedule> more) => _engine.Schedule(more);

    /// <summary>The units in quarantine and why; no request is made to them.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public Quarantine Quarantine => _engine.Quarantine;

    /// <summary>Frees a unit from quarantine; batches held for it are then resumed one by one.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="by">Who; not empty.</param>
    /// <param name="reason">What was found there and done about it; not empty.</param>
    /// <returns>Why it is not freed, a sentence; null when it is.</returns>
    /// <exception cref="JournalException">The journal cannot be read or written.</exception>
    public string? Free(Unit unit, string by, string reason) => _engine.Free(unit, by, reason);
}
