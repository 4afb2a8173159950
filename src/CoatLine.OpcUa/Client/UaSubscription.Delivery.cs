using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

// What comes from the server. Everything here is called by one loop.
public sealed partial class UaSubscription
{
    /// <summary>Most missing messages that are asked for one by one without knowing whether the server has them.
    /// </summary>
    private const int MostAskedFor = 1000;

    private uint _expected = 1;

    /// <summary>
    /// Takes a message in: asks for those missing before it, delivers it, and acknowledges it. When it throws, the
    /// message was not acknowledged, so the server still has it.
    /// </summary>
    /// <exception cref="UaException">Missing messages could not be asked for.</exception>
    internal async Task TakeAsync(UaSession session, NotificationMessage message, uint[] available)
    {
        var ahead = SequenceOrder.Ahead(message.SequenceNumber, _expected);
        if (ahead > 0)
        {
            await FetchAsync(session, message.SequenceNumber, ahead, available).ConfigureAwait(false);
        }

        // A keep-alive carries the number that the next message will have, and is not acknowledged.
        if (message.NotificationData.Length == 0)
        {
            if (ahead >= 0)
            {
                Pass(message, isKeepAlive: true);
            }

            return;
        }

        _publishing.Acknowledge(Id, message.SequenceNumber);
        if (ahead >= 0)
        {
            _expected = SequenceOrder.Next(message.SequenceNumber);
            Deliver(message);
        }
    }

    /// <summary>
    /// Fetches what the server sent while nobody was there to take it: first what it says that it still has, then one
    /// message after the other until there is none (OPC 10000-4 §6.7).
    /// </summary>
    /// <exception cref="UaException">The connection was lost, or the server does not have the subscription any more.
    /// </exception>
    internal async Task CatchUpAsync(UaSession session, uint[] available)
    {
        var behind = available.Select(number => SequenceOrder.Ahead(number, _expected)).DefaultIfEmpty(-1).Max();
        if (behind >= 0)
        {
            var end = available.First(number => SequenceOrder.Ahead(number, _expected) == behind);
            await FetchAsync(session, SequenceOrder.Next(end), behind + 1, available).ConfigureAwait(false);
        }

        for (var fetched = 0; fetched < MostAskedFor; fetched++)
        {
            if (!await FetchAsync(session, _expected).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task FetchAsync(UaSession session, uint end, long count, uint[] available)
    {
        if (count <= MostAskedFor)
        {
            while (_expected != end)
            {
                if (!await FetchAsync(session, _expected).ConfigureAwait(false))
                {
                    Miss(SequenceOrder.Next(_expected));
                }
            }

            return;
        }

        // So many that only those are worth asking for which the server says that it has.
        var first = _expected;
        foreach (var number in available
            .Where(number => SequenceOrder.Ahead(number, first) is >= 0 and var ahead && ahead < count)
            .OrderBy(number => SequenceOrder.Ahead(number, first)))
        {
            Miss(number);
            if (!await FetchAsync(session, number).ConfigureAwait(false))
            {
                Miss(SequenceOrder.Next(number));
            }
        }

        Miss(end);
    }

    /// <summary>Asks for the expected message; false when the server does not have it.</summary>
    private async Task<bool> FetchAsync(UaSession session, uint number)
    {
        if (await RepublishAsync(session, number).ConfigureAwait(false) is not { } message)
        {
            return false;
        }

        _expected = SequenceOrder.Next(number);
        _publishing.Acknowledge(Id, number);
        Deliver(message);
        return true;
    }

    /// <summary>Asks for a message again; null when the server does not have it or cannot do that.</summary>
    private async Task<NotificationMessage?> RepublishAsync(UaSession session, uint number)
    {
        try
        {
            var response = await session.SendAsync<RepublishResponse>(
                new RepublishRequest { SubscriptionId = Id, RetransmitSequenceNumber = number },
                CancellationToken.None).ConfigureAwait(false);
            return response.NotificationMessage;
        }
        catch (UaException failure) when (failure.Status.WithoutInfoBits == StatusCodes.BadMessageNotAvailable
            || failure.Status.WithoutInfoBits == StatusCodes.BadServiceUnsupported
            || failure.Status.WithoutInfoBits == StatusCodes.BadNotImplemented)
        {
            return null;
        }
    }

    /// <summary>The messages from the expected one up to before this one are lost.</summary>
    private void Miss(uint next)
    {
        if (SequenceOrder.Ahead(next, _expected) is > 0 and var count)
        {
            _barrier.Miss(_expected, next <= 1 ? uint.MaxValue : next - 1, count);
            _expected = next;
        }
    }

    private void Pass(NotificationMessage message, bool isKeepAlive)
    {
        if (_barrier.Pass(message.PublishTime ?? _client.UtcNow, isKeepAlive) is { } gap)
        {
            GapFound?.Invoke(gap);
            _client.Report(gap);
        }
    }

    private void Deliver(NotificationMessage message)
    {
        foreach (var data in message.NotificationData)
        {
            switch (data.Structure)
            {
                case DataChangeNotification changes:
                    Deliver(message, changes.MonitoredItems);
                    break;
                case StatusChangeNotification change when Ends(change.Status):
                    _publishing.Lose(this, $"The server ended subscription {Id}: {change.Status}");
                    break;
                case EventNotificationList events:
                    Deliver(message, events.Events);
                    break;
                default:
                    // Nothing that this client asks for.
                    break;
            }
        }
    }

    /// <summary>Whether a status means that the subscription is not here any more, rather than how well it goes.
    /// </summary>
    private static bool Ends(StatusCode status) =>
        status.IsBad || status.WithoutInfoBits == StatusCodes.GoodSubscriptionTransferred;

    private void Deliver(NotificationMessage message, MonitoredItemNotification[] notifications)
    {
        var changes = new ChangeList(notifications);
        var hasOverflow = false;
        foreach (ref readonly var notification in notifications.AsSpan())
        {
            // An item that was removed a moment ago may still report.
            if (_items.TryGetValue(notification.ClientHandle, out var item))
            {
                hasOverflow |= notification.Value.Status.IsOverflow;
                changes.Add(item, notification);
            }
        }

        if (hasOverflow)
        {
            _barrier.Open("The queue of an item in the server ran over, so some of its values are lost");
        }

        Pass(message, isKeepAlive: false);
        if (changes.Count > 0)
        {
            Hand(changes);
        }
    }

    private void Deliver(NotificationMessage message, EventFieldList[] events)
    {
        Pass(message, isKeepAlive: false);
        foreach (var e in events)
        {
            if (_items.TryGetValue(e.ClientHandle, out var item) && item.Request.EventHandler is { } handler)
            {
                Hand(() => handler(new EventReport(item, e.EventFields)));
            }
        }
    }

    private void Hand(IReadOnlyList<DataChange> changes) => Hand(() => _handler(changes));

    private void Hand(Action deliver)
    {
        if (Volatile.Read(ref _disposed) != 0)
        {
            return;
        }

        try
        {
            deliver();
        }
        catch (Exception mistake)
        {
            // It would otherwise go on missing values without anybody noticing.
            var words = $"A subscription's handler threw {mistake.GetType().Name}, so it may not have seen all values";
            _barrier.Open(words);
            _client.Report(new UaException(StatusCodes.BadUnexpectedError, words, mistake));
        }
    }
}
