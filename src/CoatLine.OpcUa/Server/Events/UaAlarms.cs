using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using CoatLine.OpcUa.Server.Events;

namespace CoatLine.OpcUa.Server;

/// <summary>The alarms of an address space, and the way of their events to the clients (OPC 10000-9). Every event is
/// reported at the Server object and at its source. Thread safe.</summary>
public sealed class UaAlarms
{
    private readonly AddressSpace space;
    private readonly ConcurrentDictionary<NodeId, UaAlarm> alarms = new();
    private readonly byte[] eventIdStart = RandomNumberGenerator.GetBytes(EventIdStartLength);
    private ImmutableArray<EventItem> items = [];
    private long lastEvent;

    private const int EventIdStartLength = 8;

    internal UaAlarms(AddressSpace space) => this.space = space;

    /// <summary>Every alarm, in no order.</summary>
    public IReadOnlyCollection<UaAlarm> All => [.. alarms.Values];

    /// <summary>Adds an alarm of type OffNormalAlarmType (OPC 10000-9 §5.8.22): inactive and acknowledged. Its source
    /// becomes an event notifier.</summary>
    /// <param name="conditionId">NodeId of the alarm; it is a node of its own below the source.</param>
    /// <param name="source">What the alarm is about.</param>
    /// <param name="name">ConditionName and BrowseName in the source's namespace.</param>
    /// <param name="severity">1 to 1000, both ends included; 1000 is worst (OPC 10000-5 §6.4.2).</param>
    /// <exception cref="ArgumentException">The id is taken, or the source is not in the address space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The severity is not 1 to 1000.</exception>
    public UaAlarm Add(NodeId conditionId, UaObject source, string name, ushort severity)
    {
        ArgumentOutOfRangeException.ThrowIfZero(severity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(severity, UaAlarm.MaxSeverity);
        var node = new UaObject(conditionId, new QualifiedName(source.BrowseName.NamespaceIndex, name));
        space.Add(node, source.NodeId, ReferenceTypeIds.HasComponent, UaAlarm.AlarmType);
        space.AddReference(source.NodeId, UaAlarm.HasCondition, conditionId);
        space.AddReference(ObjectIds.Server, ReferenceTypeIds.HasNotifier, source.NodeId);
        source.BecomeNotifier();
        return alarms[conditionId] = new UaAlarm(this, conditionId, source, name, severity);
    }

    internal UaAlarm? Find(NodeId conditionId) => alarms.GetValueOrDefault(conditionId);

    internal void Observe(EventItem item)
    {
        lock (Gate)
        {
            items = items.Contains(item) ? items : items.Add(item);
        }
    }

    internal void Forget(EventItem item)
    {
        lock (Gate)
        {
            items = items.Remove(item);
        }
    }

    internal void Report(UaEvent e)
    {
        lock (Gate)
        {
            foreach (var item in items)
            {
                if (IsReportedAt(item.Node.NodeId, e))
                {
                    item.Offer(e);
                }
            }
        }
    }

    /// <summary>Tells an item of every condition of its notifier that is retained, between two marks (OPC 10000-9
    /// §5.5.7).</summary>
    internal void Refresh(EventItem item, DateTime now)
    {
        lock (Gate)
        {
            item.Insist(SystemEvent(RefreshStart, "Refresh begins", now));
            foreach (var alarm in alarms.Values.OrderBy(a => a.ConditionId.ToString(), StringComparer.Ordinal))
            {
                if (alarm.Retained is { } state && IsReportedAt(item.Node.NodeId, state))
                {
                    item.Offer(state);
                }
            }

            item.Insist(SystemEvent(RefreshEnd, "Refresh ends", now));
        }
    }

    /// <summary>The event that stands for those which a full queue has lost.</summary>
    internal UaEvent Overflow() => SystemEvent(QueueOverflow, "Events were lost: the queue was full", LastTime);

    /// <summary>Time of the latest change of any alarm, UTC.</summary>
    internal DateTime LastTime { get; set; }

    /// <summary>One lock for all alarms, so that every client sees their events in the same order, and a refresh sees
    /// them between two events.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>An id that no other event of this server has: a random start and a running number.</summary>
    internal byte[] NextEventId()
    {
        var id = new byte[EventIdStartLength + sizeof(long)];
        eventIdStart.CopyTo(id, 0);
        BinaryPrimitives.WriteInt64BigEndian(id.AsSpan(EventIdStartLength), Interlocked.Increment(ref lastEvent));
        return id;
    }

    private static readonly NodeId RefreshStart = new(2787);
    private static readonly NodeId RefreshEnd = new(2788);
    private static readonly NodeId QueueOverflow = new(3035);

    private const ushort SystemSeverity = 100;

    private static bool IsReportedAt(NodeId notifier, UaEvent e) =>
        notifier == ObjectIds.Server || notifier == e.SourceNode;

    private UaEvent SystemEvent(NodeId type, string message, DateTime now) => new(
        type,
        ObjectIds.Server,
        NodeId.Null,
        new Dictionary<string, Variant>
        {
            ["EventId"] = Variant.Of(NextEventId()),
            ["EventType"] = Variant.Of(type),
            ["SourceNode"] = Variant.Of(ObjectIds.Server),
            ["SourceName"] = Variant.Of("Server"),
            ["Time"] = Variant.Of(now),
            ["ReceiveTime"] = Variant.Of(now),
            ["Message"] = Variant.Of(LocalizedText.Of(message)),
            ["Severity"] = Variant.Of(SystemSeverity),
        });
}
