using System.Collections.Concurrent;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>What a client may change about a subscription, as revised by the server.</summary>
internal sealed record SubscriptionSettings(
    TimeSpan PublishingInterval,
    uint LifetimeCount,
    uint MaxKeepAliveCount,
    int MaxNotificationsPerPublish,
    byte Priority);

/// <summary>A subscription (OPC 10000-4 §5.13.1): collects what its items have to tell and makes messages of it. All
/// members except <see cref="Ready"/> and <see cref="Defer"/> are called under the subscriptions' lock.</summary>
internal sealed class Subscription(uint id, SubscriptionSettings settings, UaServerLimits limits, TimeProvider time)
{
    /// <summary>Most notifications of one message, also when the client sets no bound, so that a message stays well
    /// under any client's size limit.</summary>
    private const int MostNotifications = 5000;

    /// <summary>Most octets of notifications of one message, also when the client sets no bound.</summary>
    private const long MostOctets = 4 * 1024 * 1024;

    /// <summary>Octets of a Publish response beside notifications and lists: the headers, with a margin.</summary>
    private const int OctetsAround = 256;

    private readonly ConcurrentQueue<WatchedItem> ready = new();
    private readonly ConcurrentQueue<WatchedItem> deferred = new();
    private readonly Queue<WatchedItem> draining = new();
    private readonly List<WatchedItem> polled = [];
    private readonly Dictionary<uint, WatchedItem> items = [];
    private readonly SortedDictionary<ulong, NotificationMessage> sent = [];
    private ulong sentOrder;
    private uint lastSequenceNumber;
    private uint ticksSinceMessage;
    private uint ticksWithoutRequest;
    private bool hasSentMessage;
    private long lastMessage;
    private SessionOwner lastOwner;

    public uint Id { get; } = id;

    public SubscriptionSettings Settings { get; private set; } = settings;

    /// <summary>The session that it belongs to; null while its session is gone and nobody has taken it over.</summary>
    public Session? Session { get; private set; }

    /// <summary>Who may take it over; the owner of its last session when that is gone.</summary>
    public SessionOwner Owner => Session?.Owner ?? lastOwner;

    public bool PublishingEnabled { get; set; }

    /// <summary>True when a message is due but no Publish request was there.</summary>
    public bool IsLate { get; private set; }

    public IReadOnlyDictionary<uint, WatchedItem> Items => items;

    /// <summary>True when the client has not been heard of for the whole lifetime.</summary>
    public bool IsDead => ticksWithoutRequest >= Settings.LifetimeCount;

    /// <summary>When it last got a request, as a running number.</summary>
    public long LastServed { get; set; }

    public ITimer? Timer { get; set; }

    public uint[] AvailableSequenceNumbers => [.. sent.Values.Select(message => message.SequenceNumber)];

    public bool HasNotifications => PublishingEnabled && (draining.Count > 0 || !ready.IsEmpty);

    /// <summary>An item has something to tell; called from any thread.</summary>
    public void Ready(WatchedItem item) => ready.Enqueue(item);

    /// <summary>An item keeps a value back until its sampling interval is over; called from any thread.</summary>
    public void Defer(WatchedItem item) => deferred.Enqueue(item);

    public void Apply(SubscriptionSettings revised)
    {
        Settings = revised;
        KeepAlive();
    }

    public void Add(WatchedItem item)
    {
        items.Add(item.Id, item);
        if (item.IsPolled)
        {
            polled.Add(item);
        }

        item.Start();
    }

    public bool Remove(uint itemId)
    {
        if (!items.Remove(itemId, out var item))
        {
            return false;
        }

        polled.Remove(item);
        item.SetMode(MonitoringMode.Disabled);
        return true;
    }

    /// <summary>Gives it to a session, or to none when its session is gone.</summary>
    public void GiveTo(Session? session)
    {
        lastOwner = Owner;
        Session = session;
        KeepAlive();
    }

    /// <summary>Queues the last value of every reporting item again, where no newer one waits (OPC 10000-5 §9.2).
    /// </summary>
    public void Resend()
    {
        foreach (var item in items.Values)
        {
            item.Repeat();
        }
    }

    /// <summary>A request of the client touched this subscription: its lifetime begins anew.</summary>
    public void KeepAlive() => ticksWithoutRequest = 0;

    /// <summary>One publishing interval is over. Returns true when a message is due.</summary>
    public bool Tick()
    {
        Sample();
        ticksSinceMessage++;
        if (Session is { Publishing.Count: > 0 })
        {
            ticksWithoutRequest = 0;
        }
        else
        {
            ticksWithoutRequest++;
        }

        return IsLate = IsLate || HasNotifications || !hasSentMessage
            || ticksSinceMessage >= Settings.MaxKeepAliveCount;
    }

    /// <summary>The values of a scan are complete. Returns true when a message is due at once: there is something to
    /// tell, and the last message is a publishing interval ago.</summary>
    public bool IsDue()
    {
        if (HasNotifications && hasSentMessage && time.GetElapsedTime(lastMessage) >= Settings.PublishingInterval)
        {
            IsLate = true;
        }

        return IsLate;
    }

    /// <summary>Makes the next message: notifications, or a keep-alive with the number that comes next.</summary>
    /// <param name="acknowledgementResults">Results that go with it.</param>
    /// <param name="mostOctets">Largest response that the client takes.</param>
    public PublishResponse NextMessage(StatusCode[] acknowledgementResults, long mostOctets)
    {
        var around = OctetsAround + (sizeof(uint) * (sent.Count + 1L + acknowledgementResults.Length));
        var batch = Collect(mostOctets - around);
        var message = new NotificationMessage
        {
            SequenceNumber = Following(lastSequenceNumber),
            PublishTime = time.GetUtcNow().UtcDateTime,
        };
        if (!batch.IsEmpty)
        {
            message = message with { NotificationData = batch.ToData() };
            Keep(message);
        }

        (hasSentMessage, ticksSinceMessage, ticksWithoutRequest) = (true, 0, 0);
        lastMessage = time.GetTimestamp();
        IsLate = HasNotifications;
        return new PublishResponse
        {
            SubscriptionId = Id,
            AvailableSequenceNumbers = AvailableSequenceNumbers,
            MoreNotifications = IsLate,
            NotificationMessage = message,
            Results = acknowledgementResults,
        };
    }

    /// <summary>A message that tells of the subscription's own fate (OPC 10000-4 §7.25.4).</summary>
    public PublishResponse StatusMessage(StatusCode status, StatusCode[] acknowledgementResults) => new()
    {
        SubscriptionId = Id,
        NotificationMessage = new NotificationMessage
        {
            SequenceNumber = Following(lastSequenceNumber),
            PublishTime = time.GetUtcNow().UtcDateTime,
            NotificationData = [ExtensionObject.Of(new StatusChangeNotification { Status = status })],
        },
        Results = acknowledgementResults,
    };

    public StatusCode Acknowledge(uint sequenceNumber)
    {
        foreach (var (order, message) in sent)
        {
            if (message.SequenceNumber == sequenceNumber)
            {
                sent.Remove(order);
                return StatusCodes.Good;
            }
        }

        return StatusCodes.BadSequenceNumberUnknown;
    }

    public NotificationMessage? Find(uint sequenceNumber) =>
        sent.Values.FirstOrDefault(message => message.SequenceNumber == sequenceNumber);

    /// <summary>Ends it: no timer, no items.</summary>
    public void End()
    {
        Timer?.Dispose();
        foreach (var item in Items.Values)
        {
            item.Stop();
        }

        items.Clear();
        polled.Clear();
    }

    /// <summary>Numbers begin at 1 and come after 4 294 967 295 to 1 again (OPC 10000-4 §7.26).</summary>
    private static uint Following(uint number) => number == uint.MaxValue ? 1 : number + 1;

    private void Sample()
    {
        for (var left = deferred.Count; left > 0 && deferred.TryDequeue(out var item); left--)
        {
            if (!item.Poll())
            {
                deferred.Enqueue(item);
            }
        }

        foreach (var item in polled)
        {
            item.Poll();
        }
    }

    private MessageRoom Collect(long mostOctets)
    {
        var most = Settings.MaxNotificationsPerPublish == 0
            ? MostNotifications
            : Math.Min(MostNotifications, Settings.MaxNotificationsPerPublish);
        var message = new MessageRoom(most, Math.Min(mostOctets, MostOctets));
        while (PublishingEnabled && !message.IsFull)
        {
            if (draining.Count == 0)
            {
                if (!ready.TryDequeue(out var next))
                {
                    break;
                }

                draining.Enqueue(next);
            }

            if (draining.Peek().Drain(message))
            {
                draining.Dequeue();
            }
        }

        return message;
    }

    private void Keep(NotificationMessage message)
    {
        lastSequenceNumber = message.SequenceNumber;
        sent.Add(sentOrder++, message);
        if (sent.Count > limits.MaxRetransmissionMessages)
        {
            sent.Remove(sent.Keys.First());
        }
    }
}
