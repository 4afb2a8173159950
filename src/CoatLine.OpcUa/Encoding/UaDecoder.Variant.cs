namespace CoatLine.OpcUa;

public ref partial struct UaDecoder
{
    /// <summary>A value of any type (§5.2.2.16). The reserved types 26..31 are read as ByteString.</summary>
    public Variant ReadVariant()
    {
        Enter();
        var mask = ReadByte();
        var number = mask & VariantEncoding.TypeMask;
        if (number > VariantEncoding.LastReservedType)
        {
            throw new UaException(StatusCodes.BadDecodingError, $"{number} is no built-in type");
        }

        var type = number > (int)BuiltInType.DiagnosticInfo ? BuiltInType.ByteString : (BuiltInType)number;
        var isArray = (mask & VariantEncoding.ArrayFlag) != 0;
        var hasDimensions = (mask & VariantEncoding.DimensionsFlag) != 0;
        if ((hasDimensions && !isArray) || (isArray && type == BuiltInType.Null))
        {
            throw new UaException(StatusCodes.BadDecodingError, $"0x{mask:X2} is no encoding of a Variant");
        }

        var value = isArray ? ReadElements(type, hasDimensions) : ReadScalar(type);
        Leave();
        return value;
    }

    private Variant ReadScalar(BuiltInType type) => type switch
    {
        BuiltInType.Null => Variant.Null,
        BuiltInType.Boolean => Variant.Of(ReadBoolean()),
        BuiltInType.SByte => Variant.Of(ReadSByte()),
        BuiltInType.Byte => Variant.Of(ReadByte()),
        BuiltInType.Int16 => Variant.Of(ReadInt16()),
        BuiltInType.UInt16 => Variant.Of(ReadUInt16()),
        BuiltInType.Int32 => Variant.Of(ReadInt32()),
        BuiltInType.UInt32 => Variant.Of(ReadUInt32()),
        BuiltInType.Int64 => Variant.Of(ReadInt64()),
        BuiltInType.UInt64 => Variant.Of(ReadUInt64()),
        BuiltInType.Float => Variant.Of(ReadFloat()),
        BuiltInType.Double => Variant.Of(ReadDouble()),
        BuiltInType.String => Variant.Of(ReadString()),
        BuiltInType.DateTime => Variant.Of(ReadDateTime()),
        BuiltInType.Guid => Variant.Of(ReadGuid()),
        BuiltInType.ByteString => Variant.Of(ReadByteString()),
        BuiltInType.XmlElement => Variant.OfXmlElement(ReadXmlElement()),
        BuiltInType.NodeId => Variant.Of(ReadNodeId()),
        BuiltInType.ExpandedNodeId => Variant.Of(ReadExpandedNodeId()),
        BuiltInType.StatusCode => Variant.Of(ReadStatusCode()),
        BuiltInType.QualifiedName => Variant.Of(ReadQualifiedName()),
        BuiltInType.LocalizedText => Variant.Of(ReadLocalizedText()),
        BuiltInType.ExtensionObject => Variant.Of(ReadExtensionObject()),
        BuiltInType.DataValue => Variant.Of(ReadDataValue()),
        BuiltInType.DiagnosticInfo => Variant.Of(ReadDiagnosticInfo() ?? new DiagnosticInfo()),
        _ => throw new UaException(
            StatusCodes.BadDecodingError, "A Variant can hold an array of Variants but not a single one"),
    };

    private Variant ReadElements(BuiltInType type, bool hasDimensions)
    {
        // The length is looked at twice: here only to tell null from empty.
        var start = Position;
        var isNull = ReadInt32() < 0;
        Position = start;
        var elements = ReadElements(type);
        var dimensions = hasDimensions ? ReadInt32Array() : null;
        if (dimensions is { Length: > 0 } && !Variant.Multiplies(dimensions, elements.Length))
        {
            throw new UaException(
                StatusCodes.BadDecodingError,
                $"The dimensions [{string.Join(',', dimensions)}] do not make {elements.Length} elements");
        }

        return Variant.OfArray(type, isNull ? null : elements, dimensions is { Length: > 1 } ? dimensions : null);
    }

    private Array ReadElements(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => ReadBooleanArray(),
        BuiltInType.SByte => ReadSByteArray(),
        BuiltInType.Byte => ReadByteArray(),
        BuiltInType.Int16 => ReadInt16Array(),
        BuiltInType.UInt16 => ReadUInt16Array(),
        BuiltInType.Int32 => ReadInt32Array(),
        BuiltInType.UInt32 => ReadUInt32Array(),
        BuiltInType.Int64 => ReadInt64Array(),
        BuiltInType.UInt64 => ReadUInt64Array(),
        BuiltInType.Float => ReadFloatArray(),
        BuiltInType.Double => ReadDoubleArray(),
        BuiltInType.String => ReadStringArray(),
        BuiltInType.DateTime => ReadDateTimeArray(),
        BuiltInType.Guid => ReadGuidArray(),
        BuiltInType.ByteString => ReadByteStringArray(),
        BuiltInType.XmlElement => ReadXmlElementArray(),
        BuiltInType.NodeId => ReadNodeIdArray(),
        BuiltInType.ExpandedNodeId => ReadExpandedNodeIdArray(),
        BuiltInType.StatusCode => ReadStatusCodeArray(),
        BuiltInType.QualifiedName => ReadQualifiedNameArray(),
        BuiltInType.LocalizedText => ReadLocalizedTextArray(),
        BuiltInType.ExtensionObject => ReadExtensionObjectArray(),
        BuiltInType.DataValue => ReadDataValueArray(),
        BuiltInType.Variant => ReadVariantArray(),
        BuiltInType.DiagnosticInfo => ReadDiagnosticInfoArray(),
        _ => throw new UaException(StatusCodes.BadDecodingError, $"There is no array of {type}"),
    };

    private byte[] ReadByteArray()
    {
        var length = ReadLength(1);
        return length <= 0 ? [] : ReadRaw(length).ToArray();
    }
}
