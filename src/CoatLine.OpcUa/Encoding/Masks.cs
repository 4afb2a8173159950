namespace CoatLine.OpcUa;

/// <summary>First octet of a NodeId (OPC 10000-6 §5.2.2.9, table 16).</summary>
internal static class NodeIdEncoding
{
    public const byte TwoByte = 0;
    public const byte FourByte = 1;
    public const byte Numeric = 2;
    public const byte String = 3;
    public const byte Guid = 4;
    public const byte ByteString = 5;
    public const byte ServerIndexFlag = 0x40;
    public const byte NamespaceUriFlag = 0x80;
    public const byte FlagsMask = ServerIndexFlag | NamespaceUriFlag;
}

/// <summary>First octet of a Variant (OPC 10000-6 §5.2.2.16).</summary>
internal static class VariantEncoding
{
    public const byte TypeMask = 0x3F;
    public const byte DimensionsFlag = 0x40;
    public const byte ArrayFlag = 0x80;

    /// <summary>Types 26..31 are reserved and to be read as ByteString.</summary>
    public const int LastReservedType = 31;
}

/// <summary>First octet of a DataValue (OPC 10000-6 §5.2.2.17).</summary>
internal static class DataValueMask
{
    public const byte Value = 0x01;
    public const byte Status = 0x02;
    public const byte SourceTimestamp = 0x04;
    public const byte ServerTimestamp = 0x08;
    public const byte SourcePicoseconds = 0x10;
    public const byte ServerPicoseconds = 0x20;
    public const ushort MaxPicoseconds = 9999;
}

/// <summary>First octet of a DiagnosticInfo (OPC 10000-6 §5.2.2.12).</summary>
internal static class DiagnosticMask
{
    public const byte SymbolicId = 0x01;
    public const byte NamespaceUri = 0x02;
    public const byte LocalizedText = 0x04;
    public const byte Locale = 0x08;
    public const byte AdditionalInfo = 0x10;
    public const byte InnerStatusCode = 0x20;
    public const byte InnerDiagnosticInfo = 0x40;
}
