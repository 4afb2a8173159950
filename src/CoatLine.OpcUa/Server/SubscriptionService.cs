using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>The subscription services (OPC 10000-4 §5.13). One lock guards all subscriptions and the Publish queues of
/// all sessions; answers leave through <see cref="PublishQueue.Send"/>, in order and outside the lock.</summary>
internal sealed partial class SubscriptionService(UaServerLimits limits, TimeProvider time)
{
    /// <summary>A lifetime is at least this many keep-alives (OPC 10000-4 §5.13.2.2).</summary>
    private const uint LeastKeepAlivesPerLifetime = 3;

    private const uint MostCount = 1_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<uint, Subscription> subscriptions = [];
    private uint lastId;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return subscriptions.Count;
            }
        }
    }

    public CreateSubscriptionResponse Create(CreateSubscriptionRequest request, Session session)
    {
        var settings = Revise(
            request.RequestedPublishingIntervalMs, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount,
            request.MaxNotificationsPerPublish, request.Priority);
        Subscription subscription;
        lock (gate)
        {
            if (subscriptions.Count >= limits.MaxSubscriptions)
            {
                throw new UaException(
                    StatusCodes.BadTooManySubscriptions, $"There are {limits.MaxSubscriptions} subscriptions already");
            }

            subscription = new Subscription(++lastId, settings, limits, time)
            {
                PublishingEnabled = request.PublishingEnabled,
            };
            subscription.GiveTo(session);
            subscriptions.Add(subscription.Id, subscription);
        }

        // Outside the lock: a clock may run what is due on the thread that makes a timer.
        StartTimer(subscription, settings.PublishingInterval);
        return new CreateSubscriptionResponse
        {
            SubscriptionId = subscription.Id,
            RevisedPublishingIntervalMs = settings.PublishingInterval.TotalMilliseconds,
            RevisedLifetimeCount = settings.LifetimeCount,
            RevisedMaxKeepAliveCount = settings.MaxKeepAliveCount,
        };
    }

    private void StartTimer(Subscription subscription, TimeSpan interval)
    {
        var timer = time.CreateTimer(_ => Tick(subscription), null, interval, interval);
        lock (gate)
        {
            if (subscriptions.ContainsKey(subscription.Id))
            {
                subscription.Timer = timer;
                return;
            }
        }

        timer.Dispose();
    }

    public ModifySubscriptionResponse Modify(ModifySubscriptionRequest request, Session session)
    {
        var settings = Revise(
            request.RequestedPublishingIntervalMs, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount,
            request.MaxNotificationsPerPublish, request.Priority);
        ITimer? timer;
        lock (gate)
        {
            var subscription = Require(request.SubscriptionId, session);
            subscription.Apply(settings);
            timer = subscription.Timer;
        }

        timer?.Change(settings.PublishingInterval, settings.PublishingInterval);
        return new ModifySubscriptionResponse
        {
            RevisedPublishingIntervalMs = settings.PublishingInterval.TotalMilliseconds,
            RevisedLifetimeCount = settings.LifetimeCount,
            RevisedMaxKeepAliveCount = settings.MaxKeepAliveCount,
        };
    }

    public SetPublishingModeResponse SetPublishingMode(SetPublishingModeRequest request, Session session)
    {
        Operations.Check(request.SubscriptionIds.Length, limits);
        return new SetPublishingModeResponse
        {
            Results = ForEach(request.SubscriptionIds, session, subscription =>
            {
                subscription.PublishingEnabled = request.PublishingEnabled;
                subscription.KeepAlive();
            }),
        };
    }

    public DeleteSubscriptionsResponse Delete(DeleteSubscriptionsRequest request, Session session)
    {
        Operations.Check(request.SubscriptionIds.Length, limits);
        var results = ForEach(request.SubscriptionIds, session, End);
        lock (gate)
        {
            RefuseWithoutSubscription(session);
        }

        return new DeleteSubscriptionsResponse { Results = results };
    }

    public TransferSubscriptionsResponse Transfer(TransferSubscriptionsRequest request, Session session)
    {
        Operations.Check(request.SubscriptionIds.Length, limits);
        lock (gate)
        {
            return new TransferSubscriptionsResponse
            {
                Results = [.. request.SubscriptionIds.Select(id => Transfer(id, session, request.SendInitialValues))],
            };
        }
    }

    public RepublishResponse Republish(RepublishRequest request, Session session)
    {
        lock (gate)
        {
            var subscription = Require(request.SubscriptionId, session);
            subscription.KeepAlive();
            return subscription.Find(request.RetransmitSequenceNumber) is { } message
                ? new RepublishResponse { NotificationMessage = message }
                : throw new UaException(
                    StatusCodes.BadMessageNotAvailable, $"Message {request.RetransmitSequenceNumber} is not kept");
        }
    }

    /// <summary>True when the subscription is there but belongs to another session, or to none.</summary>
    public bool IsOfAnother(uint subscriptionId, Session session)
    {
        lock (gate)
        {
            return subscriptions.TryGetValue(subscriptionId, out var subscription) && subscription.Session != session;
        }
    }

    /// <summary>Runs on a subscription of the session under the lock; throws BadSubscriptionIdInvalid when it is not
    /// one.</summary>
    public T With<T>(uint subscriptionId, Session session, Func<Subscription, T> action)
    {
        lock (gate)
        {
            var subscription = Require(subscriptionId, session);
            subscription.KeepAlive();
            return action(subscription);
        }
    }

    /// <summary>Ends all subscriptions, for the end of the server.</summary>
    public void EndAll()
    {
        lock (gate)
        {
            foreach (var subscription in subscriptions.Values.ToList())
            {
                End(subscription);
            }
        }
    }

    private TransferResult Transfer(uint id, Session session, bool sendInitialValues)
    {
        if (!subscriptions.TryGetValue(id, out var subscription))
        {
            return new TransferResult { StatusCode = StatusCodes.BadSubscriptionIdInvalid };
        }

        if (!subscription.Owner.IsSameAs(session.Owner))
        {
            return new TransferResult { StatusCode = StatusCodes.BadUserAccessDenied };
        }

        var before = subscription.Session;
        subscription.GiveTo(session);
        if (before is not null && before != session)
        {
            Tell(before, subscription.StatusMessage(StatusCodes.GoodSubscriptionTransferred, []));
            RefuseWithoutSubscription(before);
        }

        if (sendInitialValues)
        {
            subscription.Resend();
        }

        return new TransferResult { AvailableSequenceNumbers = subscription.AvailableSequenceNumbers };
    }

    private StatusCode[] ForEach(uint[] ids, Session session, Action<Subscription> action)
    {
        lock (gate)
        {
            var results = new StatusCode[ids.Length];
            for (var i = 0; i < ids.Length; i++)
            {
                if (subscriptions.TryGetValue(ids[i], out var subscription) && subscription.Session == session)
                {
                    action(subscription);
                }
                else
                {
                    results[i] = StatusCodes.BadSubscriptionIdInvalid;
                }
            }

            return results;
        }
    }

    private Subscription Require(uint id, Session session) =>
        subscriptions.TryGetValue(id, out var subscription) && subscription.Session == session
            ? subscription
            : throw new UaException(StatusCodes.BadSubscriptionIdInvalid, $"The session has no subscription {id}");

    private void End(Subscription subscription)
    {
        subscriptions.Remove(subscription.Id);
        subscription.End();
    }

    private SubscriptionSettings Revise(
        double intervalMs, uint lifetime, uint keepAlive, uint maxNotifications, byte priority)
    {
        var interval = TimeSpan.FromMilliseconds(Math.Clamp(
            double.IsNaN(intervalMs) ? 0 : intervalMs,
            limits.MinPublishingInterval.TotalMilliseconds,
            limits.MaxPublishingInterval.TotalMilliseconds));
        var keepAliveCount = Math.Clamp(keepAlive, 1, MostCount / LeastKeepAlivesPerLifetime);
        return new SubscriptionSettings(
            interval,
            Math.Clamp(lifetime, keepAliveCount * LeastKeepAlivesPerLifetime, MostCount),
            keepAliveCount,
            (int)Math.Min(maxNotifications, int.MaxValue),
            priority);
    }
}
