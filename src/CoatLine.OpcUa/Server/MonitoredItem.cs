using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>What a client may change about a monitored item.</summary>
internal sealed record ItemSettings(
    uint ClientHandle,
    TimestampsToReturn Timestamps,
    TimeSpan SamplingInterval,
    int QueueSize,
    bool DiscardOldest,
    ChangeFilter Filter);

/// <summary>Watches one attribute of one node for a subscription (OPC 10000-4 §5.12). A change that comes sooner than
/// the sampling interval allows is kept back, and the latest such value is taken when the interval is over; with
/// interval 0 every change counts. Thread safe: changes come from whoever sets the variable.</summary>
internal sealed class MonitoredItem : WatchedItem, IValueObserver
{
    private readonly Lock gate = new();
    private readonly Subscription subscription;
    private readonly TimeProvider time;
    private NotificationQueue queue;
    private DataValue? lastSampled;
    private DataValue? keptBack;
    private long sampledAt;
    private bool isReady;

    public MonitoredItem(
        uint id, UaNode node, ReadValueId what, ItemSettings settings, MonitoringMode mode, Subscription subscription,
        TimeProvider time)
        : base(id, node, what)
    {
        Settings = settings;
        Mode = mode;
        this.subscription = subscription;
        this.time = time;
        queue = new NotificationQueue(settings.QueueSize, settings.DiscardOldest);
    }

    public ItemSettings Settings { get; private set; }

    public override uint ClientHandle => Settings.ClientHandle;

    public MonitoringMode Mode { get; private set; }

    /// <summary>True for a variable whose value is computed at each read, so nobody pushes it.</summary>
    public override bool IsPolled => What.AttributeId == AttributeId.Value && Node is UaVariable { Reading: not null };

    /// <summary>Begins to watch; the present value is the first notification.</summary>
    public override void Start()
    {
        if (Mode == MonitoringMode.Disabled)
        {
            return;
        }

        if (What.AttributeId == AttributeId.Value && Node is UaVariable variable)
        {
            variable.Observe(this);
        }
        else
        {
            Changed(new DataValue(NodeAttributes.Read(Node, What.AttributeId)));
        }
    }

    public override void Stop() => (Node as UaVariable)?.Forget(this);

    public void Changed(DataValue value)
    {
        lock (gate)
        {
            if (lastSampled is not null && Settings.SamplingInterval > TimeSpan.Zero && !IsDue)
            {
                if (keptBack is null)
                {
                    subscription.Defer(this);
                }

                keptBack = value;
                return;
            }

            Sample(value);
        }
    }

    /// <summary>Takes the value that was kept back, or the one that is computed, when the sampling interval is over.
    /// Returns false when it is still to wait.</summary>
    public override bool Poll()
    {
        var computed = IsPolled && Mode != MonitoringMode.Disabled ? ((UaVariable)Node).Value : (DataValue?)null;
        lock (gate)
        {
            if (keptBack is null && computed is null)
            {
                return true;
            }

            if (!IsDue)
            {
                return false;
            }

            Sample(computed ?? keptBack!.Value);
            keptBack = null;
            return true;
        }
    }

    public override bool Drain(MessageRoom message)
    {
        lock (gate)
        {
            if (Mode != MonitoringMode.Reporting)
            {
                isReady = false;
                return true;
            }

            while (queue.Count > 0 && message.TryTake(Settings.ClientHandle, queue.Next))
            {
                queue.Take();
            }

            isReady = queue.Count > 0;
            return !isReady;
        }
    }

    public void Modify(ItemSettings settings)
    {
        lock (gate)
        {
            Settings = settings;
            var resized = new NotificationQueue(settings.QueueSize, settings.DiscardOldest);
            queue.MoveTo(resized);
            queue = resized;
        }
    }

    public override void SetMode(MonitoringMode mode)
    {
        var before = Mode;
        if (before != MonitoringMode.Disabled && mode == MonitoringMode.Disabled)
        {
            Stop();
        }

        lock (gate)
        {
            Mode = mode;
            if (mode == MonitoringMode.Disabled)
            {
                queue = new NotificationQueue(Settings.QueueSize, Settings.DiscardOldest);
                (lastSampled, keptBack) = (null, null);
            }

            MarkReady();
        }

        if (before == MonitoringMode.Disabled)
        {
            Start();
        }
    }

    /// <summary>Queues the last value again, for a session that has taken the subscription over.</summary>
    public override void Repeat()
    {
        lock (gate)
        {
            if (lastSampled is { } value && queue.Count == 0 && Mode == MonitoringMode.Reporting)
            {
                Enqueue(value);
            }
        }
    }

    private bool IsDue => time.GetElapsedTime(sampledAt) >= Settings.SamplingInterval;

    private void Sample(DataValue value)
    {
        sampledAt = time.GetTimestamp();
        var cut = AttributeService.Cut(value, What.IndexRange);
        if (Settings.Filter.Passes(lastSampled, cut))
        {
            lastSampled = cut;
            Enqueue(cut);
        }
    }

    private void Enqueue(DataValue value)
    {
        queue.Add(AttributeService.Stamp(value, Settings.Timestamps, time.GetUtcNow().UtcDateTime));
        MarkReady();
    }

    private void MarkReady()
    {
        if (!isReady && queue.Count > 0 && Mode == MonitoringMode.Reporting)
        {
            isReady = true;
            subscription.Ready(this);
        }
    }
}
