using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>An item of a subscription: it watches one attribute of one node, or the events of one (OPC 10000-4
/// §5.12). Thread safe.</summary>
internal abstract class WatchedItem(uint id, UaNode node, ReadValueId what)
{
    public uint Id { get; } = id;

    public UaNode Node { get; } = node;

    public ReadValueId What { get; } = what;

    public abstract uint ClientHandle { get; }

    /// <summary>True when nobody pushes its changes, so that it has to be looked after at every publishing
    /// interval.</summary>
    public virtual bool IsPolled => false;

    /// <summary>Begins to watch.</summary>
    public abstract void Start();

    /// <summary>Ends watching.</summary>
    public abstract void Stop();

    public abstract void SetMode(MonitoringMode mode);

    /// <summary>Looks after it. Returns false when it is to be looked after again.</summary>
    public virtual bool Poll() => true;

    /// <summary>Queues what it told last again, for a session that has taken the subscription over.</summary>
    public virtual void Repeat()
    {
    }

    /// <summary>Puts what waits into a message until it is full. Returns true when nothing is left.</summary>
    public abstract bool Drain(MessageRoom message);
}
