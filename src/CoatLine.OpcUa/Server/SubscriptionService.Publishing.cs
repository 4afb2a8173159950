using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

// Publish and what answers it: the timers, the sessions' queues, the end of a lifetime.
internal sealed partial class SubscriptionService
{
    private long serveCount;

    /// <summary>Takes a Publish request. The answer comes later, or at once when a subscription has been waiting for a
    /// request.</summary>
    public IUaResponse? Publish(PublishRequest request, Session session, ReplyAddress address)
    {
        lock (gate)
        {
            var results = request.SubscriptionAcknowledgements.Select(ack => Acknowledge(ack, session)).ToArray();
            if (session.Farewells.TryDequeue(out var farewell))
            {
                return farewell with { Results = results };
            }

            if (subscriptions.Values.All(subscription => subscription.Session != session))
            {
                throw new UaException(StatusCodes.BadNoSubscription, "The session has no subscription");
            }

            if (session.Publishing.Count >= limits.MaxPublishRequestsPerSession
                && session.Publishing.Take() is { } oldest)
            {
                session.Publishing.Send(oldest.Address, Reply.Fault(StatusCodes.BadTooManyPublishRequests));
            }

            TimeSpan? deadline = request.RequestHeader.TimeoutHintMs is var hint and not 0
                ? TimeSpan.FromMilliseconds(hint)
                : null;
            session.Publishing.Add(new WaitingPublish(address, results, time.GetTimestamp(), deadline));
            ServeLate(session);
            return null;
        }
    }

    /// <summary>Answers the Publish requests with this handle with BadRequestCancelledByClient (OPC 10000-4 §5.6.5).
    /// </summary>
    public CancelResponse Cancel(CancelRequest request, Session session)
    {
        lock (gate)
        {
            var cancelled = session.Publishing.TakeWhere(
                waiting => waiting.Address.RequestHandle == request.RequestHandle);
            Refuse(session, cancelled, StatusCodes.BadRequestCancelledByClient);
            return new CancelResponse { CancelCount = (uint)cancelled.Count };
        }
    }

    /// <summary>Answers the Publish requests that their clients no longer wait for.</summary>
    public void ExpireRequests()
    {
        lock (gate)
        {
            foreach (var session in subscriptions.Values.Select(subscription => subscription.Session).Distinct())
            {
                if (session is not null)
                {
                    var timedOut = session.Publishing.TakeWhere(session.Publishing.HasTimedOut);
                    Refuse(session, timedOut, StatusCodes.BadTimeout);
                }
            }
        }
    }

    /// <summary>Drops the requests that came on a channel that is gone.</summary>
    public void ForgetRequests(Session session)
    {
        lock (gate)
        {
            session.Publishing.Clear();
        }
    }

    /// <summary>Ends the session's part: its subscriptions are deleted, or live on without a session.</summary>
    public void SessionClosed(Session session, bool deleteSubscriptions)
    {
        lock (gate)
        {
            RefuseWaiting(session, StatusCodes.BadSessionClosed);
            session.Farewells.Clear();
            foreach (var subscription in subscriptions.Values.Where(s => s.Session == session).ToList())
            {
                subscription.GiveTo(null);
                if (deleteSubscriptions)
                {
                    End(subscription);
                }
            }
        }
    }

    /// <summary>Publishes at once where an interval has passed since the last message, not at the timer's next turn.
    /// </summary>
    public void PublishDue()
    {
        lock (gate)
        {
            foreach (var subscription in subscriptions.Values)
            {
                if (subscription.IsDue() && subscription.Session is { } session)
                {
                    ServeLate(session);
                }
            }
        }
    }

    private void Tick(Subscription subscription)
    {
        lock (gate)
        {
            if (!subscriptions.ContainsKey(subscription.Id))
            {
                return;
            }

            if (subscription.Tick() && subscription.Session is { } session)
            {
                ServeLate(session);
            }

            if (subscription.IsDead)
            {
                Bury(subscription);
            }
        }
    }

    /// <summary>Gives waiting requests to the subscriptions that have something to say: higher priority first, and
    /// then the one that was served longest ago.</summary>
    private void ServeLate(Session session)
    {
        while (session.Publishing.Count > 0)
        {
            var next = subscriptions.Values
                .Where(subscription => subscription.Session == session && subscription.IsLate)
                .OrderByDescending(subscription => subscription.Settings.Priority)
                .ThenBy(subscription => subscription.LastServed)
                .FirstOrDefault();
            if (next is null || session.Publishing.Take() is not { } request)
            {
                return;
            }

            next.LastServed = ++serveCount;
            session.Publishing.Send(request.Address, next.NextMessage(request.Results, request.Address.MostOctets));
        }
    }

    /// <summary>The client was not heard of for the lifetime: the subscription ends, and the session is told as soon
    /// as it publishes again (StatusChange BadTimeout).</summary>
    private void Bury(Subscription subscription)
    {
        End(subscription);
        if (subscription.Session is { } session)
        {
            Tell(session, subscription.StatusMessage(StatusCodes.BadTimeout, []));
        }
    }

    /// <summary>Answers a waiting request with the message, or the next one that comes. A session that never asks is
    /// told of the last ones only.</summary>
    private void Tell(Session session, PublishResponse message)
    {
        if (session.Publishing.Take() is { } waiting)
        {
            session.Publishing.Send(waiting.Address, message with { Results = waiting.Results });
            return;
        }

        session.Farewells.Enqueue(message);
        if (session.Farewells.Count > limits.MaxSubscriptions)
        {
            session.Farewells.Dequeue();
        }
    }

    /// <summary>Requests that wait have nothing to wait for once the session has no subscription.</summary>
    private void RefuseWithoutSubscription(Session session)
    {
        if (subscriptions.Values.All(subscription => subscription.Session != session))
        {
            RefuseWaiting(session, StatusCodes.BadNoSubscription);
        }
    }

    private StatusCode Acknowledge(SubscriptionAcknowledgement ack, Session session) =>
        subscriptions.TryGetValue(ack.SubscriptionId, out var subscription) && subscription.Session == session
            ? subscription.Acknowledge(ack.SequenceNumber)
            : StatusCodes.BadSubscriptionIdInvalid;

    private static void RefuseWaiting(Session session, StatusCode status) =>
        Refuse(session, session.Publishing.TakeWhere(_ => true), status);

    private static void Refuse(Session session, List<WaitingPublish> requests, StatusCode status)
    {
        foreach (var request in requests)
        {
            session.Publishing.Send(request.Address, Reply.Fault(status));
        }
    }
}
