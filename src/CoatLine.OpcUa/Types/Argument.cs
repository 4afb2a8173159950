namespace CoatLine.OpcUa;

/// <summary>One input or output of a method (OPC 10000-3 §8.6).</summary>
/// <param name="Name">The argument's name.</param>
/// <param name="DataType">NodeId of its data type.</param>
/// <param name="ValueRank">−1 scalar, 1 one dimension, and so on.</param>
/// <param name="ArrayDimensions">Longest length per dimension, 0 for any; empty for scalars.</param>
/// <param name="Description">Explanation for people.</param>
public sealed record Argument(
    string? Name, NodeId DataType, int ValueRank, uint[] ArrayDimensions, LocalizedText Description)
    : IUaStructure<Argument>
{
    /// <inheritdoc/>
    public static uint EncodingId => 298;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(Name);
        encoder.WriteNodeId(DataType);
        encoder.WriteInt32(ValueRank);
        encoder.WriteUInt32Array(ArrayDimensions);
        encoder.WriteLocalizedText(Description);
    }

    /// <inheritdoc/>
    public static Argument Decode(ref UaDecoder decoder) => new(
        decoder.ReadString(),
        decoder.ReadNodeId(),
        decoder.ReadInt32(),
        decoder.ReadUInt32Array(),
        decoder.ReadLocalizedText());
}
