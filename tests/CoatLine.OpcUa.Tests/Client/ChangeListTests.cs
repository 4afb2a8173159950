using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Client;

[TestFixture]
internal sealed class ChangeListTests
{
    private static readonly MonitoredItemNotification[] Three =
    [
        .. Enumerable.Range(1, 3).Select(number => new MonitoredItemNotification
        {
            ClientHandle = (uint)number,
            Value = new DataValue(Variant.Of(number)),
        }),
    ];

    [Test]
    public void List_OfSomeNotifications_HasThemInOrderWithTheirItems()
    {
        MonitoredItemNotification[] notifications = [.. Three];
        var list = new ChangeList(notifications);
        var first = new UaMonitoredItem(new MonitoredItemRequest(new NodeId(1)), 1);
        var third = new UaMonitoredItem(new MonitoredItemRequest(new NodeId(3)), 3);

        list.Add(first, notifications[0]);
        list.Add(third, notifications[2]);

        Assert.That(list, Is.EqualTo(new[]
        {
            new DataChange(first, Three[0].Value),
            new DataChange(third, Three[2].Value),
        }));
        Assert.That(() => list[2], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void List_WithoutNotifications_IsEmpty() => Assert.That(new ChangeList([.. Three]), Is.Empty);
}
