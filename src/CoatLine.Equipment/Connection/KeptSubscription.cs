using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>Something that is subscribed to as soon as there is a session, values or alarms. Once made, the client
/// keeps it over every loss of link, session and server.</summary>
internal abstract class KeptSubscription(TimeSpan interval, Func<KeptSubscription, ValueTask> remove)
    : IAsyncDisposable
{
    /// <summary>The server shows that a silent subscription lives at least this often.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    /// <summary>The server keeps a subscription that nobody asks for, and what it has to tell, this long.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private UaSubscription? made;

    /// <summary>Makes it, unless it is made already. One caller at a time.</summary>
    /// <exception cref="UaException">The server refuses it, or the link was lost.</exception>
    public async Task CreateAsync(UaClient client, CancellationToken cancellationToken)
    {
        if (made is not null)
        {
            return;
        }

        UaSubscription subscription = await client
            .CreateBatchSubscriptionAsync(Options(interval), Hand, cancellationToken).ConfigureAwait(false);
        try
        {
            // A server that publishes more slowly than wanted would count the same number of longer intervals.
            if (subscription.PublishingInterval > interval)
            {
                await subscription.ModifyAsync(Options(subscription.PublishingInterval), cancellationToken)
                    .ConfigureAwait(false);
            }

            IReadOnlyList<UaMonitoredItem> items =
                await subscription.AddItemsAsync(Items(), cancellationToken).ConfigureAwait(false);
            made = subscription;
            await BeginAsync(subscription, items, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (made is null)
            {
                await subscription.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private SubscriptionOptions Options(TimeSpan published) => Locating(new SubscriptionOptions
    {
        PublishingInterval = interval,
        KeepAliveCount = (uint)Math.Ceiling(KeepAlive / published),
        LifetimeCount = (uint)Math.Ceiling(Lifetime / published),
    });

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await remove(this).ConfigureAwait(false);
        if (made is { } subscription)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The options with the way to find the items, where they have to be found.</summary>
    protected virtual SubscriptionOptions Locating(SubscriptionOptions options) => options;

    /// <summary>What to watch.</summary>
    protected abstract MonitoredItemRequest[] Items();

    /// <summary>Takes the changes of one message.</summary>
    protected virtual void Hand(IReadOnlyList<DataChange> changes)
    {
    }

    /// <summary>Called once, when it was made.</summary>
    protected abstract Task BeginAsync(
        UaSubscription subscription, IReadOnlyList<UaMonitoredItem> items, CancellationToken cancellationToken);
}
