namespace CoatLine.OpcUa;

public sealed partial class UaEncoder
{
    /// <summary>Type with flags, then the scalar, or the array with its dimensions (§5.2.2.16).</summary>
    public void WriteVariant(Variant value)
    {
        Enter();
        if (!value.IsArray)
        {
            WriteByte((byte)value.Type);
            WriteScalar(value);
        }
        else
        {
            var dimensions = value.Dimensions is null ? 0 : VariantEncoding.DimensionsFlag;
            WriteByte((byte)((int)value.Type | VariantEncoding.ArrayFlag | dimensions));
            WriteElements(value.Type, value.Reference);
            if (value.Dimensions is { } lengths)
            {
                WriteInt32(lengths.Count);
                foreach (var length in lengths)
                {
                    WriteInt32(length);
                }
            }
        }

        Leave();
    }

    private void WriteScalar(Variant value)
    {
        switch (value.Type)
        {
            case BuiltInType.Null: break;
            case BuiltInType.Boolean: WriteBoolean(value.Bits != 0); break;
            case BuiltInType.SByte or BuiltInType.Byte: WriteByte((byte)value.Bits); break;
            case BuiltInType.Int16 or BuiltInType.UInt16: WriteUInt16((ushort)value.Bits); break;
            case BuiltInType.Int32 or BuiltInType.UInt32: WriteUInt32((uint)value.Bits); break;
            case BuiltInType.Float or BuiltInType.StatusCode: WriteUInt32((uint)value.Bits); break;
            case BuiltInType.Int64 or BuiltInType.UInt64 or BuiltInType.Double: WriteInt64(value.Bits); break;
            case BuiltInType.DateTime: WriteDateTime(new DateTime(value.Bits, DateTimeKind.Utc)); break;
            case BuiltInType.String or BuiltInType.XmlElement: WriteString((string?)value.Reference); break;
            case BuiltInType.Guid: WriteGuid((Guid)value.Reference!); break;
            case BuiltInType.ByteString: WriteByteString((byte[]?)value.Reference); break;
            case BuiltInType.NodeId: WriteNodeId((NodeId)value.Reference!); break;
            case BuiltInType.ExpandedNodeId: WriteExpandedNodeId((ExpandedNodeId)value.Reference!); break;
            case BuiltInType.QualifiedName: WriteQualifiedName((QualifiedName)value.Reference!); break;
            case BuiltInType.LocalizedText: WriteLocalizedText((LocalizedText)value.Reference!); break;
            case BuiltInType.ExtensionObject: WriteExtensionObject((ExtensionObject?)value.Reference); break;
            case BuiltInType.DataValue: WriteDataValue((DataValue)value.Reference!); break;
            case BuiltInType.DiagnosticInfo: WriteDiagnosticInfo((DiagnosticInfo?)value.Reference); break;
            default: throw new InvalidOperationException($"A scalar Variant cannot hold {value.Type}.");
        }
    }

    private void WriteElements(BuiltInType type, object? elements)
    {
        switch (type)
        {
            case BuiltInType.Boolean: WriteBooleanArray((bool[]?)elements); break;
            case BuiltInType.SByte: WriteSByteArray((sbyte[]?)elements); break;
            case BuiltInType.Byte: WriteByteString((byte[]?)elements); break;
            case BuiltInType.Int16: WriteInt16Array((short[]?)elements); break;
            case BuiltInType.UInt16: WriteUInt16Array((ushort[]?)elements); break;
            case BuiltInType.Int32: WriteInt32Array((int[]?)elements); break;
            case BuiltInType.UInt32: WriteUInt32Array((uint[]?)elements); break;
            case BuiltInType.Int64: WriteInt64Array((long[]?)elements); break;
            case BuiltInType.UInt64: WriteUInt64Array((ulong[]?)elements); break;
            case BuiltInType.Float: WriteFloatArray((float[]?)elements); break;
            case BuiltInType.Double: WriteDoubleArray((double[]?)elements); break;
            case BuiltInType.String or BuiltInType.XmlElement: WriteStringArray((string?[]?)elements); break;
            case BuiltInType.DateTime: WriteDateTimeArray((DateTime[]?)elements); break;
            case BuiltInType.Guid: WriteGuidArray((Guid[]?)elements); break;
            case BuiltInType.ByteString: WriteByteStringArray((byte[]?[]?)elements); break;
            case BuiltInType.NodeId: WriteNodeIdArray((NodeId[]?)elements); break;
            case BuiltInType.ExpandedNodeId: WriteExpandedNodeIdArray((ExpandedNodeId[]?)elements); break;
            case BuiltInType.StatusCode: WriteStatusCodeArray((StatusCode[]?)elements); break;
            case BuiltInType.QualifiedName: WriteQualifiedNameArray((QualifiedName[]?)elements); break;
            case BuiltInType.LocalizedText: WriteLocalizedTextArray((LocalizedText[]?)elements); break;
            case BuiltInType.ExtensionObject: WriteExtensionObjectArray((ExtensionObject[]?)elements); break;
            case BuiltInType.DataValue: WriteDataValueArray((DataValue[]?)elements); break;
            case BuiltInType.Variant: WriteVariantArray((Variant[]?)elements); break;
            case BuiltInType.DiagnosticInfo: WriteDiagnosticInfoArray((DiagnosticInfo[]?)elements); break;
            default: throw new InvalidOperationException($"There is no array of {type}.");
        }
    }
}
