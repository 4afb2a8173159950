using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>The alarms of a server. Once made, the client keeps it over every loss of link, session and server, and
/// has the server tell what stands when the subscription had to be made anew.</summary>
internal sealed class UaAlarmSubscription(
    Action<ConditionReport> handler, Func<IUaLineSubscription, ValueTask> remove) : IUaLineSubscription
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private UaSubscription? made;

    public async Task CreateAsync(UaClient client, CancellationToken cancellationToken)
    {
        if (made is not null)
        {
            return;
        }

        var options = new SubscriptionOptions
        {
            PublishingInterval = Interval,
            KeepAliveCount = (uint)Math.Ceiling(KeepAlive / Interval),
            LifetimeCount = (uint)Math.Ceiling(Lifetime / Interval),
        };
        UaSubscription subscription = await client
            .CreateBatchSubscriptionAsync(options, static _ => { }, cancellationToken).ConfigureAwait(false);
        try
        {
            // A server without events refuses the item; the client tries it again now and then.
            IReadOnlyList<UaMonitoredItem> items = await subscription.AddItemsAsync(
                [MonitoredItemRequest.OfEvents(ObjectIds.Server, AlarmFields.Filter, Hand)], cancellationToken)
                .ConfigureAwait(false);
            made = subscription;
            if (items[0].Status.IsGood)
            {
                await subscription.ConditionRefreshAsync(cancellationToken).ConfigureAwait(false);
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

    public async ValueTask DisposeAsync()
    {
        await remove(this).ConfigureAwait(false);
        if (made is { } subscription)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Hand(EventReport report)
    {
        // The beginning and end of a refresh come too; they are no alarms.
        if (AlarmFields.Read(report.Fields) is { } alarm)
        {
            handler(new ConditionReport(
                alarm.ConditionId,
                alarm.EventId,
                alarm.SourceName,
                alarm.ConditionName,
                alarm.Message,
                alarm.Severity,
                alarm.IsActive,
                alarm.IsAcked,
                alarm.Retain,
                alarm.Time));
        }
    }
}
