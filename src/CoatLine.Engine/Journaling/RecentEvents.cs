using CoatLine.Domain.Events;

namespace CoatLine.Engine.Journaling;

/// <summary>
/// The newest durable events that the ledger has not confirmed, as they were recorded, so that they need not be read
/// again to be sent. Bounded by number and by bytes: beyond that the file is read. For one thread at a time.
/// </summary>
internal sealed class RecentEvents
{
    /// <summary>Most events, inclusive.</summary>
    public const int MaxEvents = 4096;

    /// <summary>Most payload bytes, inclusive (4 MiB).</summary>
    public const long MaxBytes = 4 << 20;

    private readonly Queue<ChainedEvent> _events = new();
    private long _bytes;

    /// <summary>Takes events that follow those that are here.</summary>
    public void Add(IEnumerable<ChainedEvent> recorded)
    {
        foreach (ChainedEvent e in recorded)
        {
            _events.Enqueue(e);
            _bytes += e.Payload.Length;
        }

        while (_events.Count > MaxEvents || _bytes > MaxBytes)
        {
            Drop();
        }
    }

    /// <summary>Events above a number, at most so many; null when the first of them may be in the file alone.</summary>
    public List<ChainedEvent>? Find(long afterSeq, int max) =>
        _events.TryPeek(out ChainedEvent? first) && afterSeq >= first.Seq - 1
            ? [.. _events.Skip((int)Math.Min(afterSeq - first.Seq + 1, _events.Count)).Take(max)]
            : null;

    /// <summary>The ledger has everything through this number.</summary>
    public void Forget(long throughSeq)
    {
        while (_events.TryPeek(out ChainedEvent? first) && first.Seq <= throughSeq)
        {
            Drop();
        }
    }

    private void Drop() => _bytes -= _events.Dequeue().Payload.Length;
}
