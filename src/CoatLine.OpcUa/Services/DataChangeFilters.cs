namespace CoatLine.OpcUa.Services;

/// <summary>Which changes of a value are reported (OPC 10000-4 §7.22.2).</summary>
public sealed record DataChangeFilter : IUaStructure<DataChangeFilter>
{
    /// <inheritdoc/>
    public static uint EncodingId => 724;

    /// <summary>Whether quality, value or time must change.</summary>
    public DataChangeTrigger Trigger { get; init; }

    /// <summary>Whether small changes are left out.</summary>
    public DeadbandType DeadbandType { get; init; }

    /// <summary>Smallest reported change, in the value's unit or in percent of its EURange.</summary>
    public double DeadbandValue { get; init; }

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteInt32((int)Trigger);
        encoder.WriteUInt32((uint)DeadbandType);
        encoder.WriteDouble(DeadbandValue);
    }

    /// <inheritdoc/>
    public static DataChangeFilter Decode(ref UaDecoder decoder) => new()
    {
        Trigger = (DataChangeTrigger)decoder.ReadInt32(),
        DeadbandType = (DeadbandType)decoder.ReadUInt32(),
        DeadbandValue = decoder.ReadDouble(),
    };
}
