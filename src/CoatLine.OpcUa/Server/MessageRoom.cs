using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Server;

/// <summary>How much still fits into a notification message: a count, and octets as the client takes them. A message
/// that turns out too large for the client would be lost, and with it what it tells.</summary>
internal sealed class MessageRoom(int notifications, long octets)
{
    /// <summary>Client handle, mask, status, both times with picoseconds.</summary>
    private const int OctetsAround = 4 + 1 + 4 + 10 + 10;

    /// <summary>Type and the largest number.</summary>
    private const int OctetsOfNumber = 1 + 8;

    /// <summary>Client handle and count of fields.</summary>
    private const int EventOctetsAround = 4 + 4;

    private readonly List<MonitoredItemNotification> taken = [];
    private readonly List<EventFieldList> events = [];
    private readonly long whole = octets;
    private long left = octets;

    public bool IsFull { get; private set; }

    public bool IsEmpty => taken.Count + events.Count == 0;

    /// <summary>The parts of the message (OPC 10000-4 §7.26): values, then events.</summary>
    public ExtensionObject[] ToData()
    {
        List<ExtensionObject> parts = [];
        if (taken.Count > 0)
        {
            parts.Add(ExtensionObject.Of(new DataChangeNotification { MonitoredItems = [.. taken] }));
        }

        if (events.Count > 0)
        {
            parts.Add(ExtensionObject.Of(new EventNotificationList { Events = [.. events] }));
        }

        return [.. parts];
    }

    /// <summary>Takes an event when it fits. One that fits into no message comes without its fields.</summary>
    public bool TryTake(uint clientHandle, Variant[] fields)
    {
        long size = EventOctetsAround + fields.Sum(SizeOf);
        if (size > whole)
        {
            (fields, size) = (new Variant[fields.Length], EventOctetsAround + fields.Length);
        }

        if (!HasRoom(size))
        {
            return false;
        }

        events.Add(new EventFieldList { ClientHandle = clientHandle, EventFields = fields });
        IsFull = Count >= notifications;
        return true;
    }

    /// <summary>Takes a value when it fits. One that fits into no message comes without its value, as
    /// BadEncodingLimitsExceeded, so that the client knows of it.</summary>
    public bool TryTake(uint clientHandle, DataValue value)
    {
        var size = OctetsAround + SizeOf(value.Value);
        if (size > whole)
        {
            value = value with { Value = Variant.Null, Status = StatusCodes.BadEncodingLimitsExceeded };
            size = OctetsAround;
        }

        if (!HasRoom(size))
        {
            return false;
        }

        taken.Add(new MonitoredItemNotification { ClientHandle = clientHandle, Value = value });
        IsFull = Count >= notifications;
        return true;
    }

    private int Count => taken.Count + events.Count;

    private bool HasRoom(long size)
    {
        if (Count >= notifications || (size > left && Count > 0))
        {
            IsFull = true;
            return false;
        }

        left -= size;
        return true;
    }

    private static int SizeOf(Variant value)
    {
        if (!value.IsArray && value.Type is <= BuiltInType.Double or BuiltInType.DateTime or BuiltInType.StatusCode)
        {
            return OctetsOfNumber;
        }

        using var encoder = new UaEncoder();
        encoder.WriteVariant(value);
        return encoder.Length;
    }
}
