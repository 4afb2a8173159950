using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>The values that somebody wants to be told of.</summary>
internal sealed class UaLineSubscription(
    IReadOnlyList<TagAddress> addresses,
    TimeSpan interval,
    Action<IReadOnlyList<TagChange>> handler,
    Func<KeptSubscription, ValueTask> remove) : KeptSubscription(interval, remove)
{
    protected override SubscriptionOptions Locating(SubscriptionOptions options) =>
        options with { Locate = LocateAsync };

    protected override MonitoredItemRequest[] Items() =>
        [.. addresses.Select(static a => new MonitoredItemRequest(NodeId.Null) { Context = a })];

    protected override void Hand(IReadOnlyList<DataChange> changes) =>
        handler([.. changes.Select(static c => new TagChange((TagAddress)c.Item.Context!, c.Value))]);

    protected override Task BeginAsync(
        UaSubscription subscription, IReadOnlyList<UaMonitoredItem> items, CancellationToken cancellationToken)
    {
        TagChange[] unwatched =
        [
            .. items.Where(static i => i.Status.IsBad).Select(static i => new TagChange(
                (TagAddress)i.Context!, new DataValue(Variant.Null, i.Status))),
        ];
        if (unwatched.Length > 0)
        {
            handler(unwatched);
        }

        return Task.CompletedTask;
    }

    private static Task<ResolvedPath[]> LocateAsync(
        UaSession session, IReadOnlyList<UaMonitoredItem> items, CancellationToken cancellationToken) =>
        new LineSession(session)
            .ResolveAsync([.. items.Select(static i => (TagAddress)i.Context!)], cancellationToken);
}
