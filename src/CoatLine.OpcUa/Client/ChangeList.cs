using System.Collections;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// The changes of one message: the notifications as they were decoded, and beside them the items that they belong to,
/// so that no value is copied into another list. Once handed over it does not change any more.
/// </summary>
/// <param name="notifications">All of the message, in order; the list takes the array over.</param>
internal sealed class ChangeList(MonitoredItemNotification[] notifications) : IReadOnlyList<DataChange>
{
    private readonly UaMonitoredItem[] _items = new UaMonitoredItem[notifications.Length];

    public int Count { get; private set; }

    public DataChange this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new DataChange(_items[index], notifications[index].Value);
        }
    }

    /// <summary>Takes a notification of the array, each in turn; those that were left out make room.</summary>
    public void Add(UaMonitoredItem item, in MonitoredItemNotification notification)
    {
        notifications[Count] = notification;
        _items[Count++] = item;
    }

    public IEnumerator<DataChange> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
