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

    private readonly List<MonitoredItemNotification> taken = [];
    private readonly long whole = octets;
    private long left = octets;

    public bool IsFull { get; private set; }

    public IReadOnlyList<MonitoredItemNotification> Taken => taken;

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

        if (taken.Count >= notifications || (size > left && taken.Count > 0))
        {
            IsFull = true;
            return false;
        }

        left -= size;
        taken.Add(new MonitoredItemNotification { ClientHandle = clientHandle, Value = value });
        IsFull = taken.Count >= notifications;
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
