using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Running;

/// <summary>
/// Gives each unit to one batch at a time, in the order in which they asked (ISA-88 arbitration). A batch has at most
/// one unit and gives it back before it asks for another, so that no two can wait for each other. Thread-safe.
/// </summary>
internal sealed class UnitArbiter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Unit, string> _owners = [];
    private readonly Dictionary<Unit, LinkedList<Waiting>> _queues = [];

    /// <summary>The batch that has a unit; null when it is free.</summary>
    public string? OwnerOf(Unit unit)
    {
        lock (_gate)
        {
            return _owners.GetValueOrDefault(unit);
        }
    }

    /// <summary>Takes a unit that is free and that nobody waits for; true when the batch has it then.</summary>
    public bool TryTake(Unit unit, string batch)
    {
        lock (_gate)
        {
            return _owners.TryAdd(unit, batch) || _owners[unit] == batch;
        }
    }

    /// <summary>Waits for a unit.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the batch does not have it.</exception>
    public async Task TakeAsync(Unit unit, string batch, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (_gate)
        {
            if (_owners.TryAdd(unit, batch) || _owners[unit] == batch)
            {
                return;
            }

            waiting = new Waiting(batch, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (!_queues.TryGetValue(unit, out LinkedList<Waiting>? queue))
            {
                _queues[unit] = queue = [];
            }

            queue.AddLast(waiting);
        }

        try
        {
            await waiting.Turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave(unit, waiting);
            throw;
        }
    }

    /// <summary>Gives back what a batch has; whoever asked first of those who wait has it then.</summary>
    public void Release(string batch)
    {
        lock (_gate)
        {
            foreach (Unit unit in _owners.Where(o => o.Value == batch).Select(o => o.Key).ToArray())
            {
                PassOn(unit);
            }
        }
    }

    private void Leave(Unit unit, Waiting waiting)
    {
        lock (_gate)
        {
            // Its turn may have come in the same moment.
            if (!_queues[unit].Remove(waiting) && _owners.GetValueOrDefault(unit) == waiting.Batch)
            {
                PassOn(unit);
            }
        }
    }

    private void PassOn(Unit unit)
    {
        _owners.Remove(unit);
        if (_queues.GetValueOrDefault(unit) is { First: { } first } queue)
        {
            queue.RemoveFirst();
            _owners[unit] = first.Value.Batch;
            first.Value.Turn.SetResult();
        }
    }

    private sealed record Waiting(string Batch, TaskCompletionSource Turn);
}
