using CoatLine.Equipment.Connection;
using Ua = Opc.Ua;
using UaClient = Opc.Ua.Client;

namespace CoatLine.OpcUa.Foundation;

/// <summary>What is wanted of a subscription.</summary>
/// <param name="Addresses">Values to watch; none for alarms.</param>
/// <param name="Interval">How often the server sends.</param>
/// <param name="Handler">Takes values.</param>
/// <param name="AlarmHandler">Takes alarms; null where they are not wanted.</param>
internal sealed record FoundationWish(
    IReadOnlyList<TagAddress> Addresses,
    TimeSpan Interval,
    Action<IReadOnlyList<TagChange>> Handler,
    Action<ConditionReport>? AlarmHandler);

/// <summary>
/// What somebody wants to be told of, whatever session stands. It hands on in order, tells of every jump in the numbers
/// of the messages, and of every time it had to be made anew.
/// </summary>
internal sealed class FoundationSubscription(
    FoundationWish wish,
    Action<LinkGap> report,
    Func<FoundationSubscription, Task> renew,
    Func<FoundationSubscription, ValueTask> remove) : IAsyncDisposable
{
    /// <summary>Values of one tag that the server keeps between two messages.</summary>
    private const uint ItemQueue = 16;

    /// <summary>The server shows that a silent subscription lives at least this often.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    /// <summary>The server keeps a subscription that nobody asks for this long.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private UaClient.Subscription? live;
    private uint lastNumber;
    private DateTime? lastTime;
    private bool isRenewed;
    private bool isDead;

    /// <summary>Whether it stands in the session.</summary>
    public bool IsIn(FoundationSession session)
    {
        lock (gate)
        {
            return !isDead && live is { Created: true } && session.Inner.Subscriptions.Contains(live);
        }
    }

    /// <summary>Whether this is the one of the stack that it listens to.</summary>
    public bool Owns(UaClient.Subscription subscription)
    {
        lock (gate)
        {
            return ReferenceEquals(subscription, live);
        }
    }

    /// <summary>Makes it in a session. One caller at a time.</summary>
    /// <exception cref="Ua.ServiceResultException">The server refuses it, or the link broke.</exception>
    public async Task CreateAsync(FoundationSession session, CancellationToken cancellationToken)
    {
        StatusCode[] nodes = await session.ResolveAsync(wish.Addresses, cancellationToken).ConfigureAwait(false);
        UaClient.Subscription next = Begin(session);
        session.Inner.AddSubscription(next);
        await next.CreateAsync(cancellationToken).ConfigureAwait(false);
        UaClient.MonitoredItem[] items =
            [.. wish.Addresses.Where((_, i) => nodes[i].IsGood).Select(a => Item(next, session.Node(a), a))];
        next.AddItems(items);
        if (wish.AlarmHandler is not null)
        {
            next.AddItem(FoundationAlarms.Item(next));
        }

        await next.ApplyChangesAsync(cancellationToken).ConfigureAwait(false);
        if (wish.AlarmHandler is not null)
        {
            await FoundationAlarms.RefreshAsync(next, cancellationToken).ConfigureAwait(false);
        }

        TagChange[] unwatched =
        [
            .. wish.Addresses.Zip(nodes).Where(static p => p.Second.IsBad)
                .Select(static p => Unwatched(p.First, p.Second)),
            .. items.Where(static i => Ua.ServiceResult.IsBad(i.Status.Error))
                .Select(static i => Unwatched(
                    (TagAddress)i.Handle!, FoundationValues.ToPort(i.Status.Error!.StatusCode))),
        ];
        if (unwatched.Length > 0)
        {
            lock (gate)
            {
                wish.Handler(unwatched);
            }
        }
    }

    /// <summary>Ends it in the session that stands and in all that follow.</summary>
    public async ValueTask DisposeAsync()
    {
        await remove(this).ConfigureAwait(false);
        UaClient.Subscription? last;
        lock (gate)
        {
            last = live;
            live = null;
        }

        try
        {
            if (last is { Session: { Connected: true } session })
            {
                await session.RemoveSubscriptionAsync(last, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Ua.ServiceResultException)
        {
            // The server lets it go by itself when its lifetime is over.
        }

        last?.Dispose();
    }

    private static UaClient.MonitoredItem Item(UaClient.Subscription owner, Ua.NodeId node, TagAddress address) =>
        new(owner.DefaultItem)
        {
            StartNodeId = node,
            AttributeId = Ua.Attributes.Value,
            SamplingInterval = -1,
            QueueSize = ItemQueue,
            DiscardOldest = true,
            Handle = address,
        };

    private static TagChange Unwatched(TagAddress address, StatusCode status) =>
        new(address, new DataValue(Variant.Null, status));

    private UaClient.Subscription Begin(FoundationSession session)
    {
        var next = new UaClient.Subscription(session.Inner.DefaultSubscription)
        {
            PublishingInterval = (int)wish.Interval.TotalMilliseconds,
            KeepAliveCount = (uint)Math.Ceiling(KeepAlive / wish.Interval),
            LifetimeCount = (uint)Math.Ceiling(Lifetime / wish.Interval),
            PublishingEnabled = true,
            TimestampsToReturn = Ua.TimestampsToReturn.Both,
            SequentialPublishing = true,
            RepublishAfterTransfer = true,
            DisableMonitoredItemCache = true,
            FastDataChangeCallback = Receive,
            FastEventCallback = ReceiveEvents,
        };
        next.PublishStatusChanged += StatusChanged;
        lock (gate)
        {
            isRenewed = lastTime is not null;
            isDead = false;
            lastNumber = 0;
            live = next;
        }

        return next;
    }

    private void Receive(
        UaClient.Subscription subscription, Ua.DataChangeNotification notification, IList<string> strings) =>
        Take(subscription, notification.SequenceNumber, notification.PublishTime, context =>
            wish.Handler([.. notification.MonitoredItems
                .Select(i => (Item: subscription.FindItemByClientHandle(i.ClientHandle), i.Value))
                .Where(static p => p.Item is not null)
                .Select(p => new TagChange((TagAddress)p.Item!.Handle!, FoundationValues.ToPort(p.Value, context)))]));

    private void ReceiveEvents(
        UaClient.Subscription subscription, Ua.EventNotificationList notification, IList<string> strings) =>
        Take(subscription, notification.SequenceNumber, notification.PublishTime, context =>
        {
            foreach (Ua.EventFieldList e in notification.Events)
            {
                if (FoundationAlarms.Read(e, context) is { } alarm)
                {
                    wish.AlarmHandler?.Invoke(alarm);
                }
            }
        });

    /// <summary>Hands on what is of the subscription that lives, behind the gap before it.</summary>
    private void Take(
        UaClient.Subscription subscription, uint number, DateTime published, Action<Ua.IServiceMessageContext> handOn)
    {
        lock (gate)
        {
            if (ReferenceEquals(subscription, live))
            {
                TellOfGap(number, published);
                handOn(subscription.Session!.MessageContext);
            }
        }
    }

    private void TellOfGap(uint number, DateTime published)
    {
        if (isRenewed)
        {
            report(new LinkGap(
                lastTime!.Value, published, -1, "the server had let the subscription go"));
        }
        else if (lastNumber != 0 && number != lastNumber && number != Following(lastNumber))
        {
            long lost = number > lastNumber ? number - lastNumber - 1L : uint.MaxValue - lastNumber + number - 1L;
            report(new LinkGap(
                lastTime!.Value, published, lost, "the server no longer had the messages between"));
        }

        isRenewed = false;
        lastNumber = number;
        lastTime = published;
    }

    /// <summary>The number after this one: after the greatest comes 1 (OPC 10000-4 §7.9).</summary>
    private static uint Following(uint number) => number == uint.MaxValue ? 1 : number + 1;

    private void StatusChanged(object? sender, UaClient.PublishStateChangedEventArgs e)
    {
        if (!e.Status.HasFlag(UaClient.PublishStateChangedMask.Timeout))
        {
            return;
        }

        lock (gate)
        {
            if (!ReferenceEquals(sender, live))
            {
                return;
            }

            isDead = true;
        }

        _ = Task.Run(() => renew(this));
    }
}
