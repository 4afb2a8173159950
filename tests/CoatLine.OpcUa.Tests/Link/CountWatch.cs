using System.Diagnostics;
using CoatLine.OpcUa.Client;

namespace CoatLine.OpcUa.Tests.Link;

/// <summary>A client that watches the counter, and everything that it was told, in order.</summary>
internal sealed class CountWatch : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<object> _told = [];
    private readonly List<long> _times = [];
    private readonly SemaphoreSlim _changed = new(0);

    private CountWatch(UaClient client) => Client = client;

    public UaClient Client { get; }

    public UaSubscription Subscription { get; private set; } = null!;

    /// <summary>The numbers told so far.</summary>
    public int[] Numbers
    {
        get
        {
            lock (_gate)
            {
                return [.. _told.OfType<Seen>().Select(seen => seen.Number)];
            }
        }
    }

    /// <summary>Numbers and gaps in the order in which they were told.</summary>
    public object[] Told
    {
        get
        {
            lock (_gate)
            {
                return [.. _told];
            }
        }
    }

    public UaGap[] Gaps => [.. Told.OfType<UaGap>()];

    public static async Task<CountWatch> StartAsync(
        UaClientOptions options, SubscriptionOptions subscription, NodeId counter, CancellationToken cancellationToken)
    {
        var watch = new CountWatch(
            await UaClient.ConnectAsync(options, TimeProvider.System, cancellationToken));
        watch.Client.GapFound += watch.Tell;
        watch.Subscription = await watch.Client.CreateSubscriptionAsync(
            subscription, change => watch.Tell(new Seen(change)), cancellationToken);
        await watch.Subscription.AddItemsAsync(
            [new MonitoredItemRequest(counter) { SamplingInterval = TimeSpan.Zero }], cancellationToken);
        return watch;
    }

    /// <summary>Waits until this number was told.</summary>
    public Task SeenAsync(int number, CancellationToken cancellationToken) =>
        UntilAsync(() => Numbers.Contains(number), cancellationToken);

    /// <summary>Waits until this holds, looking whenever something was told.</summary>
    public async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            await _changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>How long after the timestamp the next number was told.</summary>
    public TimeSpan SilenceAfter(long timestamp)
    {
        lock (_gate)
        {
            var next = _times.FindIndex(time => time > timestamp);
            return next < 0 ? Timeout.InfiniteTimeSpan : Stopwatch.GetElapsedTime(timestamp, _times[next]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _changed.Dispose();
    }

    private void Tell(object what)
    {
        lock (_gate)
        {
            _told.Add(what);
            _times.Add(Stopwatch.GetTimestamp());
        }

        _changed.Release();
    }
}

/// <summary>A number of the counter with the time at which it was set.</summary>
internal readonly record struct Seen(int Number, DateTime At, StatusCode Status)
{
    public Seen(DataChange change)
        : this(
            change.Value.Value.TryGet<int>(out var number) ? number : -1,
            change.Value.SourceTimestamp ?? DateTime.MinValue,
            change.Value.Status)
    {
    }
}
