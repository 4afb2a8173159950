namespace CoatLine.OpcUa;

/// <summary>A value with its quality and times (OPC 10000-4 §7.11).</summary>
/// <param name="Value">The value; null when the status is bad.</param>
/// <param name="Status">Quality; Good when the sender left it out.</param>
/// <param name="SourceTimestamp">When the source took the value, UTC; null when not given.</param>
/// <param name="ServerTimestamp">When the server knew the value to be so, UTC; null when not given.</param>
public sealed record DataValue(
    Variant Value,
    StatusCode Status = default,
    DateTime? SourceTimestamp = null,
    DateTime? ServerTimestamp = null)
{
    /// <summary>10 ps steps added to <see cref="SourceTimestamp"/>, 0..9999.</summary>
    public ushort SourcePicoseconds { get; init; }

    /// <summary>10 ps steps added to <see cref="ServerTimestamp"/>, 0..9999.</summary>
    public ushort ServerPicoseconds { get; init; }
}
