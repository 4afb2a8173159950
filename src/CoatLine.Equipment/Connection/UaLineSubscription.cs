using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>What somebody wants to be told of. Once made, the client keeps it over every loss of link, session and
/// server.</summary>
internal sealed class UaLineSubscription(
    IReadOnlyList<TagAddress> addresses,
    TimeSpan interval,
    Action<IReadOnlyList<TagChange>> handler,
    Func<IUaLineSubscription, ValueTask> remove) : IUaLineSubscription
{
    /// <summary>The server shows that a silent subscription lives at least this often.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    /// <summary>The server keeps a subscription that nobody asks for, and the values of its tags, this long.</summary>
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

        var options = new SubscriptionOptions
        {
            PublishingInterval = interval,
            KeepAliveCount = (uint)Math.Ceiling(KeepAlive / interval),
            LifetimeCount = (uint)Math.Ceiling(Lifetime / interval),
            Locate = LocateAsync,
        };
        UaSubscription subscription = await client.CreateBatchSubscriptionAsync(
            options,
            changes => handler([.. changes.Select(static c => new TagChange((TagAddress)c.Item.Context!, c.Value))]),
            cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<UaMonitoredItem> items = await subscription.AddItemsAsync(
                [.. addresses.Select(static a => new MonitoredItemRequest(NodeId.Null) { Context = a })],
                cancellationToken).ConfigureAwait(false);
            made = subscription;
            TagChange[] unwatched =
            [
                .. items.Where(static i => i.Status.IsBad).Select(static i => new TagChange(
                    (TagAddress)i.Context!, new DataValue(Variant.Null, i.Status))),
            ];
            if (unwatched.Length > 0)
            {
                handler(unwatched);
            }
        }
        finally
        {
            if (made is null)
            {
                await subscription.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await remove(this).ConfigureAwait(false);
        if (made is { } subscription)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Task<ResolvedPath[]> LocateAsync(
        UaSession session, IReadOnlyList<UaMonitoredItem> items, CancellationToken cancellationToken) =>
        new LineSession(session)
            .ResolveAsync([.. items.Select(static i => (TagAddress)i.Context!)], cancellationToken);
}
