namespace CoatLine.OpcUa;

public sealed partial class UaEncoder
{
    /// <summary>A NodeId in its shortest form (§5.2.2.9).</summary>
    public void WriteNodeId(NodeId value) => WriteNodeId(value, flags: 0);

    /// <summary>
    /// A NodeId with flags 0x80 (namespace URI) and 0x40 (server index), which then follow it (§5.2.2.10).
    /// </summary>
    public void WriteExpandedNodeId(ExpandedNodeId value)
    {
        var flags = (value.NamespaceUri is null ? 0 : NodeIdEncoding.NamespaceUriFlag)
            | (value.ServerIndex == 0 ? 0 : NodeIdEncoding.ServerIndexFlag);
        WriteNodeId(value.NodeId, (byte)flags);
        if (value.NamespaceUri is not null)
        {
            WriteString(value.NamespaceUri);
        }

        if (value.ServerIndex != 0)
        {
            WriteUInt32(value.ServerIndex);
        }
    }

    private void WriteNodeId(NodeId value, byte flags)
    {
        var ns = value.NamespaceIndex;
        switch (value.IdType)
        {
            case NodeIdType.Numeric when ns == 0 && value.Numeric <= byte.MaxValue:
                WriteByte((byte)(NodeIdEncoding.TwoByte | flags));
                WriteByte((byte)value.Numeric);
                break;
            case NodeIdType.Numeric when ns <= byte.MaxValue && value.Numeric <= ushort.MaxValue:
                WriteByte((byte)(NodeIdEncoding.FourByte | flags));
                WriteByte((byte)ns);
                WriteUInt16((ushort)value.Numeric);
                break;
            case NodeIdType.Numeric:
                WriteByte((byte)(NodeIdEncoding.Numeric | flags));
                WriteUInt16(ns);
                WriteUInt32(value.Numeric);
                break;
            case NodeIdType.String:
                WriteByte((byte)(NodeIdEncoding.String | flags));
                WriteUInt16(ns);
                WriteString((string)value.Identifier);
                break;
            case NodeIdType.Guid:
                WriteByte((byte)(NodeIdEncoding.Guid | flags));
                WriteUInt16(ns);
                WriteGuid((Guid)value.Identifier);
                break;
            default:
                WriteByte((byte)(NodeIdEncoding.ByteString | flags));
                WriteUInt16(ns);
                WriteByteString((byte[])value.Identifier);
                break;
        }
    }

    /// <summary>Namespace index, then the name (§5.2.2.13).</summary>
    public void WriteQualifiedName(QualifiedName value)
    {
        WriteUInt16(value.NamespaceIndex);
        WriteString(value.Name);
    }

    /// <summary>A mask (1 locale, 2 text), then what it names (§5.2.2.14).</summary>
    public void WriteLocalizedText(LocalizedText value)
    {
        WriteByte((byte)((value.Locale is null ? 0 : 1) | (value.Text is null ? 0 : 2)));
        if (value.Locale is not null)
        {
            WriteString(value.Locale);
        }

        if (value.Text is not null)
        {
            WriteString(value.Text);
        }
    }

    /// <summary>Type, kind of body, length and body (§5.2.2.15).</summary>
    public void WriteExtensionObject(ExtensionObject? value)
    {
        value ??= ExtensionObject.Null;
        WriteNodeId(value.TypeId);
        WriteByte((byte)value.Encoding);
        if (value.Structure is { } structure)
        {
            Enter();
            var lengthAt = Reserve(sizeof(int));
            var start = Length;
            structure.Encode(this);
            PatchUInt32(lengthAt, (uint)(Length - start));
            Leave();
        }
        else if (value.Encoding != ExtensionObjectEncoding.None)
        {
            WriteByteString(value.Body);
        }
    }

    /// <summary>A structure inside an ExtensionObject; null is the null object.</summary>
    public void WriteExtensionObject(IUaStructure? structure)
    {
        if (structure is null)
        {
            WriteExtensionObject(ExtensionObject.Null);
            return;
        }

        Enter();
        WriteNodeId(structure.BinaryEncodingId);
        WriteByte((byte)ExtensionObjectEncoding.Binary);
        var lengthAt = Reserve(sizeof(int));
        var start = Length;
        structure.Encode(this);
        PatchUInt32(lengthAt, (uint)(Length - start));
        Leave();
    }

    /// <summary>A mask, then value, status, times and picoseconds as far as they are there (§5.2.2.17).</summary>
    public void WriteDataValue(in DataValue value)
    {
        var sourcePicoseconds = value.SourceTimestamp is null ? (ushort)0 : value.SourcePicoseconds;
        var serverPicoseconds = value.ServerTimestamp is null ? (ushort)0 : value.ServerPicoseconds;
        WriteByte((byte)((value.Value.IsNull ? 0 : DataValueMask.Value)
            | (value.Status.Code == 0 ? 0 : DataValueMask.Status)
            | (value.SourceTimestamp is null ? 0 : DataValueMask.SourceTimestamp)
            | (value.ServerTimestamp is null ? 0 : DataValueMask.ServerTimestamp)
            | (sourcePicoseconds == 0 ? 0 : DataValueMask.SourcePicoseconds)
            | (serverPicoseconds == 0 ? 0 : DataValueMask.ServerPicoseconds)));
        if (!value.Value.IsNull)
        {
            WriteVariant(value.Value);
        }

        if (value.Status.Code != 0)
        {
            WriteStatusCode(value.Status);
        }

        WriteTime(value.SourceTimestamp, sourcePicoseconds);
        WriteTime(value.ServerTimestamp, serverPicoseconds);
    }

    private void WriteTime(DateTime? time, ushort picoseconds)
    {
        if (time is not null)
        {
            WriteDateTime(time);
        }

        if (picoseconds != 0)
        {
            WriteUInt16(Math.Min(picoseconds, DataValueMask.MaxPicoseconds));
        }
    }

    /// <summary>A mask, then the fields that are there (§5.2.2.12).</summary>
    public void WriteDiagnosticInfo(DiagnosticInfo? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        Enter();
        WriteByte((byte)((value.SymbolicId is null ? 0 : DiagnosticMask.SymbolicId)
            | (value.NamespaceUri is null ? 0 : DiagnosticMask.NamespaceUri)
            | (value.LocalizedText is null ? 0 : DiagnosticMask.LocalizedText)
            | (value.Locale is null ? 0 : DiagnosticMask.Locale)
            | (value.AdditionalInfo is null ? 0 : DiagnosticMask.AdditionalInfo)
            | (value.InnerStatusCode is null ? 0 : DiagnosticMask.InnerStatusCode)
            | (value.InnerDiagnosticInfo is null ? 0 : DiagnosticMask.InnerDiagnosticInfo)));
        WriteOptional(value.SymbolicId);
        WriteOptional(value.NamespaceUri);
        WriteOptional(value.Locale);
        WriteOptional(value.LocalizedText);
        if (value.AdditionalInfo is not null)
        {
            WriteString(value.AdditionalInfo);
        }

        WriteOptional((int?)value.InnerStatusCode?.Code);
        if (value.InnerDiagnosticInfo is not null)
        {
            WriteDiagnosticInfo(value.InnerDiagnosticInfo);
        }

        Leave();
    }

    private void WriteOptional(int? value)
    {
        if (value is { } number)
        {
            WriteInt32(number);
        }
    }
}
