using CoatLine.Domain.Events;

namespace CoatLine.Domain.Execution;

/// <summary>
/// The growing record of a batch: what a procedure reads between its steps. The engine applies a fact here after it is
/// durable. For one thread.
/// </summary>
public sealed class BatchRecord
{
    /// <summary>Starts from what is recorded.</summary>
    public BatchRecord(BatchState state) => State = state;

    /// <summary>The present state.</summary>
    public BatchState State { get; private set; }

    /// <summary>Adds a durable fact.</summary>
    public void Apply(BatchEvent fact) => State = State.Apply(fact);
}
