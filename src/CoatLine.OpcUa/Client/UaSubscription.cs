using System.Collections.Concurrent;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// A subscription with its items. It lives until it is disposed of, whatever becomes of the link, the session or the
/// server: the server is told of it again, under another number where need be. Changes are delivered in the order in
/// which the server sent them, one message at a time and each once; what is lost for good is told in between. Thread
/// safe.
/// </summary>
public sealed partial class UaSubscription : IAsyncDisposable
{
    private readonly UaClient _client;
    private readonly PublishPipeline _publishing;
    private readonly Action<IReadOnlyList<DataChange>> _handler;
    private readonly ConcurrentDictionary<uint, UaMonitoredItem> _items = new();

    /// <summary>Held while the server is told of changes to the subscription or its items.</summary>
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly GapBarrier _barrier;
    private volatile Standing? _standing;
    private volatile bool _isPublishingEnabled = true;
    private SubscriptionOptions _options;
    private long _lastMessage;
    private int _disposed;

    internal UaSubscription(
        UaClient client,
        PublishPipeline publishing,
        SubscriptionOptions options,
        Action<IReadOnlyList<DataChange>> handler)
    {
        _client = client;
        _publishing = publishing;
        _options = options;
        _handler = handler;
        _barrier = new GapBarrier(this);
    }

    /// <summary>
    /// Notifications are lost for good. Raised in order with the changes: those before it were delivered before, those
    /// after it come after. Handlers are short and do not throw.
    /// </summary>
    public event Action<UaGap>? GapFound;

    /// <summary>Number of the subscription in the server; another one after it had to be made anew.</summary>
    public uint Id => Present.Revised.SubscriptionId;

    /// <summary>How often the server sends.</summary>
    public TimeSpan PublishingInterval => Present.PublishingInterval;

    /// <summary>Longest silence of the server when nothing changes.</summary>
    public TimeSpan KeepAliveInterval => PublishingInterval * Present.Revised.RevisedMaxKeepAliveCount;

    /// <summary>How long the server keeps it without hearing of the client.</summary>
    public TimeSpan Lifetime => PublishingInterval * Present.Revised.RevisedLifetimeCount;

    /// <summary>The items, in no order; <see cref="UaMonitoredItem.Status"/> says whether they are watched.</summary>
    public IReadOnlyCollection<UaMonitoredItem> Items => [.. _items.Values];

    /// <summary>Timestamp of the network time at which the last message came.</summary>
    internal long LastMessage
    {
        get => Volatile.Read(ref _lastMessage);
        set => Volatile.Write(ref _lastMessage, value);
    }

    /// <summary>Timestamp of the network time at which it was last made anew.</summary>
    internal long RevivedAt { get; set; }

    /// <summary>The session in which it is held; null before it was first made.</summary>
    internal UaSession? Session => _standing?.Session;

    private Standing Present =>
        _standing ?? throw new InvalidOperationException("The subscription has not been made yet.");

    /// <summary>
    /// Adds items. Each one's present value is reported first, possibly before this method returns.
    /// </summary>
    /// <returns>One item per request, in order; <see cref="UaMonitoredItem.Status"/> says whether it is watched. One
    /// that cannot be watched is tried again now and then, until it is removed.</returns>
    /// <exception cref="UaException">The call failed; none of the items is added.</exception>
    public async Task<IReadOnlyList<UaMonitoredItem>> AddItemsAsync(
        IReadOnlyList<MonitoredItemRequest> requests, CancellationToken cancellationToken)
    {
        var items = new UaMonitoredItem[requests.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new UaMonitoredItem(requests[i], _client.NextClientHandle());
        }

        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var standing = Present;
            foreach (var item in items)
            {
                // Known before the server is: the first value may come before its answer.
                item.NameIn(standing.Session);
                _items[item.ClientHandle] = item;
            }

            if (_options.Locate is not null)
            {
                await LocateAsync(standing.Session, items, cancellationToken).ConfigureAwait(false);
            }

            await CreateItemsAsync(standing, items, cancellationToken).ConfigureAwait(false);
            return items;
        }
        catch
        {
            foreach (var item in items)
            {
                _items.TryRemove(item.ClientHandle, out _);
            }

            throw;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops watching items.</summary>
    /// <exception cref="UaException">The call failed; the items are removed on this side, and their values are not
    /// delivered any more.</exception>
    public async Task RemoveItemsAsync(IReadOnlyList<UaMonitoredItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            _items.TryRemove(item.ClientHandle, out _);
        }

        await InOrderAsync(
            standing =>
            {
                uint[] ids = [.. items.Where(i => i.ServerId != 0).Select(i => i.ServerId)];
                var session = standing.Session;
                return OperationLimits.SplitAsync(ids, session.Limits.MonitoredItems, async part =>
                    (await session.SendAsync<DeleteMonitoredItemsResponse>(
                        new DeleteMonitoredItemsRequest
                        {
                            SubscriptionId = standing.Revised.SubscriptionId, MonitoredItemIds = part,
                        },
                        cancellationToken).ConfigureAwait(false)).Results);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the subscription. A connection that is lost already is no failure.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _publishing.Remove(this);

        // It may just be made anew; then that one is deleted.
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            await DeleteAsync(Present).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Tells the server of a change in the session in which the subscription is held.</summary>
    private async Task<T> InOrderAsync<T>(Func<Standing, Task<T>> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await change(Present).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    private static async Task DeleteAsync(Standing standing)
    {
        try
        {
            var request = new DeleteSubscriptionsRequest { SubscriptionIds = [standing.Revised.SubscriptionId] };
            await standing.Session.SendAsync<DeleteSubscriptionsResponse>(request, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (UaException)
        {
            // Its lifetime ends it in the server.
        }
    }

    /// <summary>Where it is held and how the server revised it.</summary>
    private sealed record Standing(UaSession Session, CreateSubscriptionResponse Revised)
    {
        public TimeSpan PublishingInterval => TimeSpan.FromMilliseconds(Revised.RevisedPublishingIntervalMs);

        public TimeSpan Lifetime => PublishingInterval * Revised.RevisedLifetimeCount;
    }
}
