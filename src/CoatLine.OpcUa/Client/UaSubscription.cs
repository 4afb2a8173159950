using System.Collections.Concurrent;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>Messages that the server sent and no longer has: their values are lost.</summary>
/// <param name="First">Number of the first one.</param>
/// <param name="Last">Number of the last one.</param>
public readonly record struct MissedMessages(uint First, uint Last);

/// <summary>
/// A subscription with its items. Changes are delivered in the order in which the server sent them, one message at a
/// time. When the server loses the subscription the whole client ends, see <see cref="UaClient.Faulted"/>.
/// </summary>
public sealed class UaSubscription : IAsyncDisposable
{
    /// <summary>Most missing messages that are asked for one by one; more are reported as missed.</summary>
    private const int MostRepublished = 1000;

    private readonly UaClient _client;
    private readonly PublishPipeline _publishing;
    private readonly Action<IReadOnlyList<DataChange>> _handler;
    private readonly ConcurrentDictionary<uint, UaMonitoredItem> _items = new();
    private readonly CreateSubscriptionResponse _revised;
    private uint _expected = 1;
    private int _disposed;

    internal UaSubscription(
        UaClient client,
        PublishPipeline publishing,
        CreateSubscriptionResponse revised,
        Action<IReadOnlyList<DataChange>> handler)
    {
        _client = client;
        _publishing = publishing;
        _revised = revised;
        _handler = handler;
    }

    /// <summary>
    /// Messages were lost for good. Raised in order with the changes: those before it were delivered before.
    /// </summary>
    public event Action<MissedMessages>? Missed;

    /// <summary>Number of the subscription in the server.</summary>
    public uint Id => _revised.SubscriptionId;

    /// <summary>How often the server sends.</summary>
    public TimeSpan PublishingInterval => TimeSpan.FromMilliseconds(_revised.RevisedPublishingIntervalMs);

    /// <summary>Longest silence of the server when nothing changes.</summary>
    public TimeSpan KeepAliveInterval => PublishingInterval * _revised.RevisedMaxKeepAliveCount;

    /// <summary>The items that the server watches, in no order.</summary>
    public IReadOnlyCollection<UaMonitoredItem> Items => [.. _items.Values];

    /// <summary>Timestamp of the network time at which the last message came.</summary>
    internal long LastMessage { get; set; }

    /// <summary>
    /// Adds items. Each one's present value is reported first, possibly before this method returns.
    /// </summary>
    /// <returns>One item per request, in order; <see cref="UaMonitoredItem.Status"/> says whether it is watched.
    /// </returns>
    /// <exception cref="UaException">The call failed.</exception>
    public async Task<IReadOnlyList<UaMonitoredItem>> AddItemsAsync(
        IReadOnlyList<MonitoredItemRequest> requests, CancellationToken cancellationToken)
    {
        var items = new UaMonitoredItem[requests.Count];
        var creations = new MonitoredItemCreateRequest[requests.Count];
        for (var i = 0; i < items.Length; i++)
        {
            var handle = _client.NextClientHandle();
            items[i] = new UaMonitoredItem(requests[i], handle);
            creations[i] = requests[i].ToRequest(handle);

            // The first value may come before the answer.
            _items[handle] = items[i];
        }

        try
        {
            var results = await _client.CreateItemsAsync(Id, creations, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < items.Length; i++)
            {
                items[i].Created(results[i]);
            }
        }
        finally
        {
            foreach (var item in items.Where(item => item.Status.IsBad))
            {
                _items.TryRemove(item.ClientHandle, out _);
            }
        }

        return items;
    }

    /// <summary>Stops watching items.</summary>
    /// <exception cref="UaException">The call failed.</exception>
    public async Task RemoveItemsAsync(IReadOnlyList<UaMonitoredItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            _items.TryRemove(item.ClientHandle, out _);
        }

        await _client.DeleteItemsAsync(Id, [.. items.Select(i => i.ServerId)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the subscription. A connection that is lost already is no failure.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _publishing.Remove(this);
        if (!_client.IsConnected)
        {
            return;
        }

        try
        {
            await _client.SendAsync<DeleteSubscriptionsResponse>(
                new DeleteSubscriptionsRequest { SubscriptionIds = [Id] }, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (UaException)
        {
            // Its lifetime ends it in the server.
        }
    }

    /// <summary>
    /// Takes a message in: asks for those missing before it, delivers it, and acknowledges it. Called by one loop.
    /// </summary>
    internal async Task TakeAsync(NotificationMessage message)
    {
        var ahead = SequenceOrder.Ahead(message.SequenceNumber, _expected);
        if (ahead > 0)
        {
            await FetchMissingAsync(message.SequenceNumber, ahead).ConfigureAwait(false);
        }

        // A keep-alive carries the number that the next message will have, and is not acknowledged.
        if (message.NotificationData.Length == 0)
        {
            return;
        }

        _publishing.Acknowledge(Id, message.SequenceNumber);
        if (ahead >= 0)
        {
            _expected = SequenceOrder.Next(message.SequenceNumber);
            Deliver(message);
        }
    }

    private async Task FetchMissingAsync(uint arrived, long count)
    {
        if (count > MostRepublished)
        {
            Miss(_expected, Before(arrived));
            _expected = arrived;
            return;
        }

        while (_expected != arrived)
        {
            var number = _expected;
            _expected = SequenceOrder.Next(number);
            if (await _client.RepublishAsync(Id, number).ConfigureAwait(false) is { } message)
            {
                _publishing.Acknowledge(Id, number);
                Deliver(message);
            }
            else
            {
                Miss(number, number);
            }
        }
    }

    private static uint Before(uint number) => number <= 1 ? uint.MaxValue : number - 1;

    private void Miss(uint first, uint last) => Missed?.Invoke(new MissedMessages(first, last));

    private void Deliver(NotificationMessage message)
    {
        foreach (var data in message.NotificationData)
        {
            switch (data.Structure)
            {
                case DataChangeNotification changes:
                    Deliver(changes.MonitoredItems);
                    break;
                case StatusChangeNotification change:
                    throw new UaException(
                        change.Status.IsBad ? change.Status : StatusCodes.BadSubscriptionIdInvalid,
                        $"The server ended subscription {Id}: {change.Status}");
                default:
                    // Events are not asked for by any item of this client.
                    break;
            }
        }
    }

    private void Deliver(MonitoredItemNotification[] notifications)
    {
        var changes = new List<DataChange>(notifications.Length);
        foreach (var notification in notifications)
        {
            // An item that was removed a moment ago may still report.
            if (_items.TryGetValue(notification.ClientHandle, out var item))
            {
                changes.Add(new DataChange(item, notification.Value));
            }
        }

        if (changes.Count > 0 && Volatile.Read(ref _disposed) == 0)
        {
            _handler(changes);
        }
    }
}
