using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Events;

/// <summary>
/// A fact that has happened, in the past tense and never changed afterwards. Every field whose value has a unit
/// carries the unit at the end of its name; the JSON names are the same in snake_case. A new meaning is a new type
/// version, see <see cref="EventCatalog"/>.
/// </summary>
/// <param name="Batch">Batch id, or an empty string for a fact of the line itself.</param>
public abstract record BatchEvent(string Batch);

/// <summary>
/// A fact that concludes one step of a procedure. All facts that conclude a step are recorded in one transaction.
/// </summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id, unique in the batch.</param>
public abstract record StepConcluded(string Batch, string Step) : BatchEvent(Batch);

/// <summary>
/// A fact that concludes a step which a unit carried out; the values are those of the unit's result block, each of
/// them Good. A block that lacks one is recorded as <see cref="PhaseFailed"/> or <see cref="MixCycleAborted"/>, which
/// keep what was received with its quality.
/// </summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id, unique in the batch.</param>
/// <param name="RequestId">The request that the unit carried out.</param>
public abstract record PhaseConcluded(string Batch, string Step, RequestId RequestId) : StepConcluded(Batch, Step)
{
    /// <summary>Start, by the PLC's clock (line time, UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>End, by the PLC's clock (line time, UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }
}
