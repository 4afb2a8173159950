namespace CoatLine.Messaging;

/// <summary>
/// What was sent and what came back: bounds the segments under way and knows from where to go on. Pure; one caller.
/// </summary>
internal sealed class SendWindow(int maxSegments, long confirmed)
{
    private readonly Queue<long> _underWay = new();

    /// <summary>The ledger has everything up to and with this number.</summary>
    public long Confirmed { get; private set; } = confirmed;

    /// <summary>Everything up to and with this number was sent, or confirmed.</summary>
    public long SentThrough { get; private set; } = confirmed;

    /// <summary>Counts the rewinds; answers to an earlier round say nothing about this one.</summary>
    public long Round { get; private set; }

    public bool MaySend => _underWay.Count < maxSegments;

    public bool Waiting => _underWay.Count > 0;

    public void Sent(long throughSeq)
    {
        SentThrough = throughSeq;
        _underWay.Enqueue(throughSeq);
    }

    /// <summary>Takes a mark; true when it is news.</summary>
    public bool Confirm(long throughSeq)
    {
        if (throughSeq <= Confirmed)
        {
            return false;
        }

        Confirmed = throughSeq;
        SentThrough = Math.Max(SentThrough, throughSeq);
        while (_underWay.TryPeek(out long end) && end <= throughSeq)
        {
            _underWay.Dequeue();
        }

        return true;
    }

    /// <summary>
    /// Begins anew after a number: nothing counts as under way. A number below the confirmed one means that the
    /// ledger has lost what it had.
    /// </summary>
    public void RewindTo(long afterSeq)
    {
        Round++;
        Confirmed = Math.Min(Confirmed, afterSeq);
        SentThrough = afterSeq;
        _underWay.Clear();
    }
}
