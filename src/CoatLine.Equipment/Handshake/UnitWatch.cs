using CoatLine.Domain.Execution;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>
/// What the server reports of one unit by itself: wake-ups for whoever waits, and whether its PLC is alive.
/// Thread-safe.
/// </summary>
internal sealed class UnitWatch(Unit unit, TimeSpan staleAfter, TimeProvider networkTime)
{
    private readonly Lock gate = new();
    private uint? heartbeat;
    private long heartbeatAt = networkTime.GetTimestamp();

    /// <summary>A handshake tag has changed, or the link has.</summary>
    public ChangeSignal Handshake { get; } = new();

    /// <summary>A live value has changed, or the link has.</summary>
    public ChangeSignal Live { get; } = new();

    /// <summary>Takes a heartbeat count; only a changed Good one is a sign of life.</summary>
    public void OnHeartbeat(DataValue value)
    {
        if (!TagQuality.IsGood(value.Status) || !value.Value.TryGet(out uint count))
        {
            return;
        }

        // The clock is asked outside the lock, here and below: a clock may run the timers that are due when it is
        // asked, and whatever they run must not find this lock taken.
        long now = networkTime.GetTimestamp();
        lock (gate)
        {
            if (heartbeat != count)
            {
                heartbeat = count;
                heartbeatAt = now;
            }
        }
    }

    /// <summary>The link has changed; with a new session the PLC gets the whole period again to show life.</summary>
    public void OnLink(bool isUp)
    {
        if (isUp)
        {
            long now = networkTime.GetTimestamp();
            lock (gate)
            {
                heartbeatAt = now;
            }
        }

        Handshake.Wake();
        Live.Wake();
    }

    /// <summary>Throws when the PLC has shown no sign of life for too long.</summary>
    /// <exception cref="LineUnreachableException">It has not.</exception>
    public void ExpectAlive()
    {
        long last;
        lock (gate)
        {
            last = heartbeatAt;
        }

        TimeSpan silent = networkTime.GetElapsedTime(last);
        if (silent > staleAfter)
        {
            throw new LineUnreachableException(
                $"{unit}.Heartbeat.Plc has stood still for {silent.TotalSeconds:F1} s, "
                + $"longer than {staleAfter.TotalSeconds:F1} s");
        }
    }
}
