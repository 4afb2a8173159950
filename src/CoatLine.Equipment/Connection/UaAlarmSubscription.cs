using CoatLine.OpcUa;
using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>The alarms of a server. The client has the server tell what stands when the subscription had to be made
/// anew.</summary>
internal sealed class UaAlarmSubscription(
    Action<ConditionReport> handler, Func<KeptSubscription, ValueTask> remove)
    : KeptSubscription(Interval, remove)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    protected override MonitoredItemRequest[] Items() =>
        [MonitoredItemRequest.OfEvents(ObjectIds.Server, AlarmFields.Filter, Tell)];

    protected override async Task BeginAsync(
        UaSubscription subscription, IReadOnlyList<UaMonitoredItem> items, CancellationToken cancellationToken)
    {
        // A server without events refuses the item; the client tries it again now and then.
        if (items[0].Status.IsGood)
        {
            await subscription.ConditionRefreshAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Tell(EventReport report)
    {
        if (ConditionReport.Read(report.Fields) is { } alarm)
        {
            handler(alarm);
        }
    }
}
