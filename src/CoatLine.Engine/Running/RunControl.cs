using System.Diagnostics.CodeAnalysis;
using CoatLine.Domain.Events;

namespace CoatLine.Engine.Running;

/// <summary>
/// How a running batch hears what a person commands: the durable facts wait here until the run takes them, and whatever
/// it waits for is interrupted. Thread-safe.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "It has no timer, and whoever commands may hold it when the run has ended.")]
internal sealed class RunControl
{
    private readonly Lock _gate = new();
    private readonly Queue<BatchEvent> _inbox = new();
    private CancellationTokenSource _interruption = new();

    /// <summary>Cancelled as soon as something waits to be taken.</summary>
    public CancellationToken Interrupted
    {
        get
        {
            lock (_gate)
            {
                return _interruption.Token;
            }
        }
    }

    /// <summary>Hands a fact over that is on record already.</summary>
    public void Post(BatchEvent fact)
    {
        CancellationTokenSource interruption;
        lock (_gate)
        {
            _inbox.Enqueue(fact);
            interruption = _interruption;
        }

        // Outside the lock: whoever waits goes on on this thread.
        interruption.Cancel();
    }

    /// <summary>Takes what waits; from then on nothing is interrupted any more.</summary>
    public IReadOnlyList<BatchEvent> Take()
    {
        lock (_gate)
        {
            if (_inbox.Count == 0)
            {
                return [];
            }

            BatchEvent[] taken = [.. _inbox];
            _inbox.Clear();
            _interruption = new CancellationTokenSource();
            return taken;
        }
    }
}
