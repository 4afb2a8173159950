using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server.Events;

/// <summary>What a client may change about an item that watches events.</summary>
internal sealed record EventItemSettings(
    uint ClientHandle, int QueueSize, bool DiscardOldest, EventSelection Selection);

/// <summary>Reports the events of one notifier to a subscription, those that its filter lets pass, in the order in
/// which they happened. A queue that overflows says so with an event of its own (OPC 10000-4 §5.12.1.5). Thread safe:
/// events come from whoever raises them.</summary>
internal sealed class EventItem(
    uint id, UaNode node, ReadValueId what, EventItemSettings settings, MonitoringMode mode, Subscription subscription,
    UaAlarms alarms) : WatchedItem(id, node, what)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Variant[]> queue = new();
    private EventItemSettings settings = settings;
    private MonitoringMode mode = mode;
    private bool overflowed;
    private bool isReady;

    public override uint ClientHandle => settings.ClientHandle;

    public override void Start()
    {
        if (mode != MonitoringMode.Disabled)
        {
            alarms.Observe(this);
        }
    }

    public override void Stop() => alarms.Forget(this);

    /// <summary>Takes an event of this notifier, if the filter lets it pass.</summary>
    public void Offer(UaEvent e)
    {
        lock (gate)
        {
            if (mode != MonitoringMode.Disabled && settings.Selection.Passes(e))
            {
                Enqueue(settings.Selection.FieldsOf(e));
            }
        }
    }

    /// <summary>Takes an event whatever the filter says: the beginning and end of a refresh belong to every item
    /// (OPC 10000-9 §5.5.7).</summary>
    public void Insist(UaEvent e)
    {
        lock (gate)
        {
            if (mode != MonitoringMode.Disabled)
            {
                Enqueue(settings.Selection.FieldsOf(e));
            }
        }
    }

    public void Modify(EventItemSettings changed)
    {
        lock (gate)
        {
            settings = changed;
            Shrink();
        }
    }

    public override void SetMode(MonitoringMode wanted)
    {
        MonitoringMode before;
        lock (gate)
        {
            before = mode;
            mode = wanted;
            if (wanted == MonitoringMode.Disabled)
            {
                queue.Clear();
                overflowed = false;
            }

            MarkReady();
        }

        if (wanted == MonitoringMode.Disabled)
        {
            Stop();
        }
        else if (before == MonitoringMode.Disabled)
        {
            Start();
        }
    }

    public override bool Drain(MessageRoom message)
    {
        lock (gate)
        {
            if (mode != MonitoringMode.Reporting)
            {
                isReady = false;
                return true;
            }

            var left = overflowed && settings.DiscardOldest && !TellOverflow(message);
            while (!left && queue.First is { } first)
            {
                left = !message.TryTake(settings.ClientHandle, first.Value);
                if (!left)
                {
                    queue.RemoveFirst();
                }
            }

            left = left || (overflowed && !TellOverflow(message));
            isReady = left;
            return !left;
        }
    }

    private bool TellOverflow(MessageRoom message)
    {
        overflowed = !message.TryTake(settings.ClientHandle, settings.Selection.FieldsOf(alarms.Overflow()));
        return !overflowed;
    }

    private void Enqueue(Variant[] fields)
    {
        queue.AddLast(fields);
        Shrink();
        MarkReady();
    }

    private void Shrink()
    {
        while (queue.Count > settings.QueueSize)
        {
            overflowed = true;
            if (settings.DiscardOldest)
            {
                queue.RemoveFirst();
            }
            else
            {
                queue.RemoveLast();
            }
        }
    }

    private void MarkReady()
    {
        if (!isReady && queue.Count > 0 && mode == MonitoringMode.Reporting)
        {
            isReady = true;
            subscription.Ready(this);
        }
    }
}
