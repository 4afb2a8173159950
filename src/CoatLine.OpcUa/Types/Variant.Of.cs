namespace CoatLine.OpcUa;

public readonly partial struct Variant
{
    /// <summary>True or false.</summary>
    public static Variant Of(bool value) => new(BuiltInType.Boolean, value ? 1 : 0);

    /// <summary>A signed 8 bit number.</summary>
    public static Variant Of(sbyte value) => new(BuiltInType.SByte, value);

    /// <summary>An unsigned 8 bit number.</summary>
    public static Variant Of(byte value) => new(BuiltInType.Byte, value);

    /// <summary>A signed 16 bit number.</summary>
    public static Variant Of(short value) => new(BuiltInType.Int16, value);

    /// <summary>An unsigned 16 bit number.</summary>
    public static Variant Of(ushort value) => new(BuiltInType.UInt16, value);

    /// <summary>A signed 32 bit number.</summary>
    public static Variant Of(int value) => new(BuiltInType.Int32, value);

    /// <summary>An unsigned 32 bit number.</summary>
    public static Variant Of(uint value) => new(BuiltInType.UInt32, value);

    /// <summary>A signed 64 bit number.</summary>
    public static Variant Of(long value) => new(BuiltInType.Int64, value);

    /// <summary>An unsigned 64 bit number.</summary>
    public static Variant Of(ulong value) => new(BuiltInType.UInt64, (long)value);

    /// <summary>A 32 bit floating point number.</summary>
    public static Variant Of(float value) => new(BuiltInType.Float, BitConverter.SingleToInt32Bits(value));

    /// <summary>A 64 bit floating point number.</summary>
    public static Variant Of(double value) => new(BuiltInType.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>An instant. Local times are converted to UTC; unspecified ones are taken as UTC.</summary>
    public static Variant Of(DateTime value) => new(
        BuiltInType.DateTime, (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks);

    /// <summary>A status code as a value.</summary>
    public static Variant Of(StatusCode value) => new(BuiltInType.StatusCode, value.Code);

    /// <summary>Text; null is the null string.</summary>
    public static Variant Of(string? value) => new(BuiltInType.String, value);

    /// <summary>A GUID.</summary>
    public static Variant Of(Guid value) => new(BuiltInType.Guid, value);

    /// <summary>A ByteString (not an array of Byte, see <see cref="OfByteArray"/>).</summary>
    public static Variant Of(byte[]? value) => new(BuiltInType.ByteString, value);

    /// <summary>A NodeId.</summary>
    public static Variant Of(NodeId value) => new(BuiltInType.NodeId, value);

    /// <summary>An ExpandedNodeId.</summary>
    public static Variant Of(ExpandedNodeId value) => new(BuiltInType.ExpandedNodeId, value);

    /// <summary>A qualified name.</summary>
    public static Variant Of(QualifiedName value) => new(BuiltInType.QualifiedName, value);

    /// <summary>A localized text.</summary>
    public static Variant Of(LocalizedText value) => new(BuiltInType.LocalizedText, value);

    /// <summary>A structure with its type.</summary>
    public static Variant Of(ExtensionObject value) => new(BuiltInType.ExtensionObject, value);

    /// <summary>A value with quality and time.</summary>
    public static Variant Of(DataValue value) => new(BuiltInType.DataValue, value);

    /// <summary>A known structure, wrapped in an ExtensionObject.</summary>
    public static Variant Of(IUaStructure value) => Of(ExtensionObject.Of(value));

    /// <summary>An XML fragment.</summary>
    public static Variant OfXmlElement(string? value) => new(BuiltInType.XmlElement, value);

    /// <summary>Details of an error.</summary>
    public static Variant Of(DiagnosticInfo value) => new(BuiltInType.DiagnosticInfo, value);

    /// <summary>An array of Byte.</summary>
    public static Variant OfByteArray(byte[]? value) => new(BuiltInType.Byte, value, isArray: true);

    /// <summary>An array of Boolean; the array is kept, not copied.</summary>
    public static Variant Of(bool[]? value) => new(BuiltInType.Boolean, value, isArray: true);

    /// <summary>An array of SByte; the array is kept, not copied.</summary>
    public static Variant Of(sbyte[]? value) => new(BuiltInType.SByte, value, isArray: true);

    /// <summary>An array of Int16; the array is kept, not copied.</summary>
    public static Variant Of(short[]? value) => new(BuiltInType.Int16, value, isArray: true);

    /// <summary>An array of UInt16; the array is kept, not copied.</summary>
    public static Variant Of(ushort[]? value) => new(BuiltInType.UInt16, value, isArray: true);

    /// <summary>An array of Int32; the array is kept, not copied.</summary>
    public static Variant Of(int[]? value) => new(BuiltInType.Int32, value, isArray: true);

    /// <summary>An array of UInt32; the array is kept, not copied.</summary>
    public static Variant Of(uint[]? value) => new(BuiltInType.UInt32, value, isArray: true);

    /// <summary>An array of Int64; the array is kept, not copied.</summary>
    public static Variant Of(long[]? value) => new(BuiltInType.Int64, value, isArray: true);

    /// <summary>An array of UInt64; the array is kept, not copied.</summary>
    public static Variant Of(ulong[]? value) => new(BuiltInType.UInt64, value, isArray: true);

    /// <summary>An array of Float; the array is kept, not copied.</summary>
    public static Variant Of(float[]? value) => new(BuiltInType.Float, value, isArray: true);

    /// <summary>An array of Double; the array is kept, not copied.</summary>
    public static Variant Of(double[]? value) => new(BuiltInType.Double, value, isArray: true);

    /// <summary>An array of String; the array is kept, not copied.</summary>
    public static Variant Of(string?[]? value) => new(BuiltInType.String, value, isArray: true);

    /// <summary>An array of DateTime; the array is kept, not copied.</summary>
    public static Variant Of(DateTime[]? value) => new(BuiltInType.DateTime, value, isArray: true);

    /// <summary>An array of Guid; the array is kept, not copied.</summary>
    public static Variant Of(Guid[]? value) => new(BuiltInType.Guid, value, isArray: true);

    /// <summary>An array of ByteString; the array is kept, not copied.</summary>
    public static Variant Of(byte[]?[]? value) => new(BuiltInType.ByteString, value, isArray: true);

    /// <summary>An array of NodeId; the array is kept, not copied.</summary>
    public static Variant Of(NodeId[]? value) => new(BuiltInType.NodeId, value, isArray: true);

    /// <summary>An array of ExpandedNodeId; the array is kept, not copied.</summary>
    public static Variant Of(ExpandedNodeId[]? value) => new(BuiltInType.ExpandedNodeId, value, isArray: true);

    /// <summary>An array of StatusCode; the array is kept, not copied.</summary>
    public static Variant Of(StatusCode[]? value) => new(BuiltInType.StatusCode, value, isArray: true);

    /// <summary>An array of QualifiedName; the array is kept, not copied.</summary>
    public static Variant Of(QualifiedName[]? value) => new(BuiltInType.QualifiedName, value, isArray: true);

    /// <summary>An array of LocalizedText; the array is kept, not copied.</summary>
    public static Variant Of(LocalizedText[]? value) => new(BuiltInType.LocalizedText, value, isArray: true);

    /// <summary>An array of ExtensionObject; the array is kept, not copied.</summary>
    public static Variant Of(ExtensionObject[]? value) => new(BuiltInType.ExtensionObject, value, isArray: true);

    /// <summary>An array of DataValue; the array is kept, not copied.</summary>
    public static Variant Of(DataValue[]? value) => new(BuiltInType.DataValue, value, isArray: true);

    /// <summary>An array of Variant; the array is kept, not copied.</summary>
    public static Variant Of(Variant[]? value) => new(BuiltInType.Variant, value, isArray: true);
}
