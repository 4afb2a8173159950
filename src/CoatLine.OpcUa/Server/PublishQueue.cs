using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>A Publish request that waits, with the results of the acknowledgements that it brought.</summary>
internal sealed record WaitingPublish(ReplyAddress Address, StatusCode[] Results, long Received, TimeSpan? Deadline);

/// <summary>A session's Publish requests in the order in which they came, and the answers on their way in the order in
/// which they were made. The requests are guarded by the subscriptions' lock; sending takes none.</summary>
internal sealed class PublishQueue(TimeProvider time)
{
    /// <summary>Most answers on their way. A client that goes on asking and does not read them is cut off.</summary>
    private const int MostOutgoing = 1000;

    private readonly Queue<WaitingPublish> waiting = new();
    private readonly Queue<(ReplyAddress Address, IUaResponse Response)> outgoing = new();
    private bool isSending;

    public int Count => waiting.Count;

    public void Add(WaitingPublish request) => waiting.Enqueue(request);

    public WaitingPublish? Take() => waiting.TryDequeue(out var request) ? request : null;

    public void Clear() => waiting.Clear();

    /// <summary>Takes out the requests that the client no longer waits for, or that <paramref name="alsoThose"/>
    /// picks. </summary>
    public List<WaitingPublish> TakeWhere(Func<WaitingPublish, bool> alsoThose)
    {
        var taken = new List<WaitingPublish>();
        for (var left = waiting.Count; left > 0; left--)
        {
            var request = waiting.Dequeue();
            if (alsoThose(request))
            {
                taken.Add(request);
            }
            else
            {
                waiting.Enqueue(request);
            }
        }

        return taken;
    }

    public bool HasTimedOut(WaitingPublish request) =>
        request.Deadline is { } deadline && time.GetElapsedTime(request.Received) > deadline;

    /// <summary>Queues an answer.</summary>
    public void Send(ReplyAddress address, IUaResponse response)
    {
        bool isFlooded;
        lock (outgoing)
        {
            isFlooded = outgoing.Count >= MostOutgoing;
            if (!isFlooded)
            {
                outgoing.Enqueue((address, response));
                if (isSending)
                {
                    return;
                }

                isSending = true;
            }
        }

        if (isFlooded)
        {
            address.Channel.Dispose();
            return;
        }

        // On the pool: a client that does not read must not hold up the timer or the lock of the caller.
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.SendAllAsync(), this, preferLocal: false);
    }

    private async Task SendAllAsync()
    {
        while (true)
        {
            (ReplyAddress Address, IUaResponse Response) next;
            lock (outgoing)
            {
                if (!outgoing.TryDequeue(out next))
                {
                    isSending = false;
                    return;
                }
            }

            await Reply.SendAsync(next.Address, next.Response, time);
        }
    }
}
