using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Events;

/// <summary>
/// A fact that has happened, in the past tense and never changed afterwards. Every field whose value has a unit
/// carries the unit at the end of its name; the JSON names are the same in snake_case. A new meaning is a new type
/// version, see <see cref="EventCatalog"/>.
/// </summary>
/// <param name="Batch">Batch id, or an empty string for a fact of the line itself.</param>
public abstract record BatchEvent(string Batch);

/// <summary>A fact that concludes one step of a procedure; at most one of them is recorded for a step.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id, unique in the batch.</param>
public abstract record StepConcluded(string Batch, string Step) : BatchEvent(Batch);

/// <summary>A fact that concludes a step which a unit carried out; the values are those of the unit's result block.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id, unique in the batch.</param>
/// <param name="RequestId">The request that the unit carried out.</param>
public abstract record PhaseConcluded(string Batch, string Step, RequestId RequestId) : StepConcluded(Batch, Step)
{
    /// <summary>Start, by the PLC's clock (line time, UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>End, by the PLC's clock (line time, UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>
    /// Names of result values whose quality was not Good. A value that a check needs is never among them: a block
    /// that lacks one is recorded as <see cref="PhaseFailed"/>.
    /// </summary>
    public ImmutableArray<string> NotGood { get; init; } = [];
}
