namespace CoatLine.OpcUa.Server;

/// <summary>The values that a monitored item holds until they are published (OPC 10000-4 §5.12.1.5): when it is full,
/// either the oldest goes and the next one carries the overflow bit, or the newest is replaced and carries it. A queue
/// of one never sets the bit. Not thread safe: the item holds its lock.</summary>
internal sealed class NotificationQueue(int capacity, bool discardOldest)
{
    private DataValue[] ring = new DataValue[Math.Min(capacity, 4)];
    private int first;

    public int Count { get; private set; }

    public int Capacity => capacity;

    /// <summary>The value that <see cref="Take"/> takes next.</summary>
    public DataValue Next => ring[first];

    public void Add(DataValue value)
    {
        if (Count < capacity)
        {
            EnsureRoom();
            ring[(first + Count++) % ring.Length] = value;
            return;
        }

        if (capacity == 1)
        {
            ring[first] = value;
            return;
        }

        if (!discardOldest)
        {
            ring[(first + Count - 1) % ring.Length] = Overflowed(value);
            return;
        }

        ring[first] = value;
        first = (first + 1) % ring.Length;
        ring[first] = Overflowed(ring[first]);
    }

    public DataValue Take()
    {
        var value = ring[first];
        ring[first] = default;
        first = (first + 1) % ring.Length;
        Count--;
        return value;
    }

    /// <summary>Hands the values to a queue of other size or policy.</summary>
    public void MoveTo(NotificationQueue other)
    {
        while (Count > 0)
        {
            other.Add(Take());
        }
    }

    private static DataValue Overflowed(DataValue value) => value with { Status = value.Status.WithOverflow() };

    private void EnsureRoom()
    {
        if (Count < ring.Length)
        {
            return;
        }

        var larger = new DataValue[Math.Min(capacity, ring.Length * 2)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = ring[(first + i) % ring.Length];
        }

        (ring, first) = (larger, 0);
    }
}
