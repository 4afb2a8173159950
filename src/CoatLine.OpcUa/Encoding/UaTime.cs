namespace CoatLine.OpcUa;

/// <summary>DateTime as 100 ns steps since 1601-01-01 UTC (OPC 10000-6 §5.2.2.5).</summary>
internal static class UaTime
{
    private static readonly long Epoch = new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static readonly long LastSecond = new DateTime(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc).Ticks;

    /// <summary>The number on the wire; null and times before 1601 are 0.</summary>
    public static long ToWire(DateTime? value)
    {
        if (value is not { } time)
        {
            return 0;
        }

        var ticks = (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks;
        return ticks <= Epoch ? 0 : ticks >= LastSecond ? long.MaxValue : ticks - Epoch;
    }

    /// <summary>The time of a number on the wire; <see cref="DateTime.MinValue"/> in UTC stands for none.</summary>
    public static DateTime FromWire(long steps) => steps switch
    {
        <= 0 => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
        _ when steps >= LastSecond - Epoch => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
        _ => new DateTime(steps + Epoch, DateTimeKind.Utc),
    };
}
