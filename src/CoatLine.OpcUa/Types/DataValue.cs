namespace CoatLine.OpcUa;

/// <summary>
/// A value with its quality and times (OPC 10000-4 §7.11). Values come by the thousand, so this is a struct: an array
/// of them is one allocation of 48 octets each. Times outside 1601..9999 UTC do not survive the wire; one that is no
/// later than the year 1 is no time at all. The default is a null value of good quality without times.
/// </summary>
public readonly record struct DataValue
{
    // Ticks in UTC; 0 for none. A DateTime? would take twice the room.
    private readonly long _sourceTicks;
    private readonly long _serverTicks;

    /// <summary>A value.</summary>
    /// <param name="value">The value; null when the status is bad.</param>
    /// <param name="status">Quality; Good when the sender left it out.</param>
    /// <param name="sourceTimestamp">When the source took the value; local times are converted to UTC.</param>
    /// <param name="serverTimestamp">When the server knew the value to be so; local times are converted to UTC.</param>
    public DataValue(
        Variant value,
        StatusCode status = default,
        DateTime? sourceTimestamp = null,
        DateTime? serverTimestamp = null)
    {
        Value = value;
        Status = status;
        _sourceTicks = ToTicks(sourceTimestamp);
        _serverTicks = ToTicks(serverTimestamp);
    }

    /// <summary>The value; null when the status is bad.</summary>
    public Variant Value { get; init; }

    /// <summary>Quality; Good when the sender left it out.</summary>
    public StatusCode Status { get; init; }

    /// <summary>10 ps steps added to <see cref="SourceTimestamp"/>, 0..9999.</summary>
    public ushort SourcePicoseconds { get; init; }

    /// <summary>10 ps steps added to <see cref="ServerTimestamp"/>, 0..9999.</summary>
    public ushort ServerPicoseconds { get; init; }

    /// <summary>When the source took the value, UTC; null when not given.</summary>
    public DateTime? SourceTimestamp
    {
        get => FromTicks(_sourceTicks);
        init => _sourceTicks = ToTicks(value);
    }

    /// <summary>When the server knew the value to be so, UTC; null when not given.</summary>
    public DateTime? ServerTimestamp
    {
        get => FromTicks(_serverTicks);
        init => _serverTicks = ToTicks(value);
    }

    private static DateTime? FromTicks(long ticks) => ticks == 0 ? null : new DateTime(ticks, DateTimeKind.Utc);

    private static long ToTicks(DateTime? time) => time switch
    {
        null => 0,
        { Kind: DateTimeKind.Local } local => local.ToUniversalTime().Ticks,
        { } utc => utc.Ticks,
    };
}
