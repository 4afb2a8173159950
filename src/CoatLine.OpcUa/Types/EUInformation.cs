namespace CoatLine.OpcUa;

/// <summary>Engineering unit of an analogue value (OPC 10000-8 §5.6.3).</summary>
/// <param name="NamespaceUri">Who defines the units; <see cref="UneceUri"/> for UN/CEFACT codes.</param>
/// <param name="UnitId">The unit's number; for UN/CEFACT the characters of the code as bytes, −1 for none.</param>
/// <param name="DisplayName">Short form, for example <c>mm/s</c>.</param>
/// <param name="Description">Long form, for example <c>millimetre per second</c>.</param>
public sealed record EUInformation(
    string? NamespaceUri, int UnitId, LocalizedText DisplayName, LocalizedText Description)
    : IUaStructure<EUInformation>
{
    /// <summary>Namespace of units given by UNECE Recommendation 20 codes.</summary>
    public const string UneceUri = "http://www.opcfoundation.org/UA/units/un/cefact";

    /// <inheritdoc/>
    public static uint EncodingId => 889;

    /// <inheritdoc/>
    public void Encode(UaEncoder encoder)
    {
        encoder.WriteString(NamespaceUri);
        encoder.WriteInt32(UnitId);
        encoder.WriteLocalizedText(DisplayName);
        encoder.WriteLocalizedText(Description);
    }

    /// <inheritdoc/>
    public static EUInformation Decode(ref UaDecoder decoder) => new(
        decoder.ReadString(), decoder.ReadInt32(), decoder.ReadLocalizedText(), decoder.ReadLocalizedText());
}
