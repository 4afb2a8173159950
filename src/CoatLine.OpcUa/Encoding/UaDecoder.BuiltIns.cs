namespace CoatLine.OpcUa;

public ref partial struct UaDecoder
{
    private static readonly DiagnosticInfo NoDetails = new();

    /// <summary>A NodeId of any of the six forms (§5.2.2.9).</summary>
    public NodeId ReadNodeId()
    {
        var form = ReadByte();
        if ((form & NodeIdEncoding.FlagsMask) != 0)
        {
            throw new UaException(
                StatusCodes.BadDecodingError, $"A NodeId cannot carry namespace URI or server index (0x{form:X2})");
        }

        return ReadNodeId(form);
    }

    /// <summary>A NodeId with namespace URI and server index as its flags say (§5.2.2.10).</summary>
    public ExpandedNodeId ReadExpandedNodeId()
    {
        var form = ReadByte();
        var id = ReadNodeId((byte)(form & ~NodeIdEncoding.FlagsMask));
        var uri = (form & NodeIdEncoding.NamespaceUriFlag) != 0 ? ReadString() : null;
        var server = (form & NodeIdEncoding.ServerIndexFlag) != 0 ? ReadUInt32() : 0;
        return new ExpandedNodeId(id, uri, server);
    }

    private NodeId ReadNodeId(byte form) => form switch
    {
        NodeIdEncoding.TwoByte => new NodeId(ReadByte()),
        NodeIdEncoding.FourByte => new NodeId(ReadByte(), (uint)ReadUInt16()),
        NodeIdEncoding.Numeric => new NodeId(ReadUInt16(), ReadUInt32()),
        NodeIdEncoding.String => new NodeId(ReadUInt16(), ReadString() ?? ""),
        NodeIdEncoding.Guid => new NodeId(ReadUInt16(), ReadGuid()),
        NodeIdEncoding.ByteString => new NodeId(ReadUInt16(), ReadByteString() ?? []),
        _ => throw new UaException(StatusCodes.BadDecodingError, $"0x{form:X2} is no form of NodeId"),
    };

    /// <summary>A qualified name (§5.2.2.13).</summary>
    public QualifiedName ReadQualifiedName() => new(ReadUInt16(), ReadString());

    /// <summary>A localized text (§5.2.2.14).</summary>
    public LocalizedText ReadLocalizedText()
    {
        var mask = ReadByte();
        var locale = (mask & 1) != 0 ? ReadString() : null;
        var text = (mask & 2) != 0 ? ReadString() : null;
        return new LocalizedText(locale, text);
    }

    /// <summary>
    /// A structure with its type; one that this library knows comes decoded, any other keeps its octets (§5.2.2.15).
    /// </summary>
    public ExtensionObject ReadExtensionObject()
    {
        var typeId = ReadNodeId();
        var encoding = ReadByte();
        switch (encoding)
        {
            case (byte)ExtensionObjectEncoding.None:
                return Raw(typeId, null, ExtensionObjectEncoding.None);
            case (byte)ExtensionObjectEncoding.Binary when UaStructures.Find(typeId) is { } read:
                return ReadKnownBody(typeId, read);
            case (byte)ExtensionObjectEncoding.Binary or (byte)ExtensionObjectEncoding.Xml:
                return Raw(typeId, ReadByteString(), (ExtensionObjectEncoding)encoding);
            default:
                throw new UaException(
                    StatusCodes.BadDecodingError, $"0x{encoding:X2} is no encoding of an ExtensionObject");
        }
    }

    private static ExtensionObject Raw(NodeId typeId, byte[]? body, ExtensionObjectEncoding encoding) =>
        typeId.IsNull && body is null ? ExtensionObject.Null : new ExtensionObject(typeId, body, encoding);

    private ExtensionObject ReadKnownBody(NodeId typeId, StructureReader read)
    {
        var body = ReadBlob(_limits.MaxByteStringOctets, out var isNull);
        if (isNull)
        {
            return new ExtensionObject(typeId, null);
        }

        Enter();
        // The body is read on its own, so it can neither run over its length nor leave octets in the way: a newer
        // version of the structure may have more fields at the end.
        var inner = new UaDecoder(body, _limits) { _depth = _depth };
        var structure = read(ref inner);
        Leave();
        return new ExtensionObject(structure);
    }

    /// <summary>A value with quality and times (§5.2.2.17).</summary>
    public DataValue ReadDataValue()
    {
        Enter();
        var mask = ReadByte();
        var value = (mask & DataValueMask.Value) != 0 ? ReadVariant() : Variant.Null;
        var status = (mask & DataValueMask.Status) != 0 ? ReadStatusCode() : StatusCodes.Good;
        var sourceTime = (mask & DataValueMask.SourceTimestamp) != 0 ? ReadNullableDateTime() : null;
        var sourcePicoseconds = (mask & DataValueMask.SourcePicoseconds) != 0 ? ReadUInt16() : (ushort)0;
        var serverTime = (mask & DataValueMask.ServerTimestamp) != 0 ? ReadNullableDateTime() : null;
        var serverPicoseconds = (mask & DataValueMask.ServerPicoseconds) != 0 ? ReadUInt16() : (ushort)0;
        Leave();
        return new DataValue(value, status, sourceTime, serverTime)
        {
            SourcePicoseconds = Math.Min(sourcePicoseconds, DataValueMask.MaxPicoseconds),
            ServerPicoseconds = Math.Min(serverPicoseconds, DataValueMask.MaxPicoseconds),
        };
    }

    /// <summary>Details of an error; null when there are none (§5.2.2.12).</summary>
    public DiagnosticInfo? ReadDiagnosticInfo()
    {
        var mask = ReadByte();
        if (mask == 0)
        {
            return null;
        }

        Enter();
        // The initialisers run in the order of the wire.
        var value = new DiagnosticInfo
        {
            SymbolicId = (mask & DiagnosticMask.SymbolicId) != 0 ? ReadInt32() : null,
            NamespaceUri = (mask & DiagnosticMask.NamespaceUri) != 0 ? ReadInt32() : null,
            Locale = (mask & DiagnosticMask.Locale) != 0 ? ReadInt32() : null,
            LocalizedText = (mask & DiagnosticMask.LocalizedText) != 0 ? ReadInt32() : null,
            AdditionalInfo = (mask & DiagnosticMask.AdditionalInfo) != 0 ? ReadString() : null,
            InnerStatusCode = (mask & DiagnosticMask.InnerStatusCode) != 0 ? ReadStatusCode() : null,
            InnerDiagnosticInfo = (mask & DiagnosticMask.InnerDiagnosticInfo) != 0 ? ReadDiagnosticInfo() : null,
        };
        Leave();
        return value == NoDetails ? null : value;
    }
}
