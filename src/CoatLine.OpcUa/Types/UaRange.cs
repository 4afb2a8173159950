namespace CoatLine.OpcUa;

/// <summary>
/// Range of an analogue value, in the unit of the variable it belongs to (the standard's <c>Range</c>,
/// OPC 10000-8 §5.6.2).
/// </summary>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
public sealed record UaRange(double Low, double High) : IUaStructure<UaRange>
{
    /// <inheritdoc/>
    public static uint EncodingId => 886;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteDouble(Low);
        encoder.WriteDouble(High);
    }

    /// <inheritdoc/>
    public static UaRange Decode(ref UaDecoder decoder) => new(decoder.ReadDouble(), decoder.ReadDouble());
}
