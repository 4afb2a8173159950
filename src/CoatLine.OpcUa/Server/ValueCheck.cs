namespace CoatLine.OpcUa.Server;

/// <summary>Whether a value may stand in a variable: data type, value rank, array length (OPC 10000-3
/// §5.6.2).</summary>
internal static class ValueCheck
{
    private const int ScalarOrOneDimension = -3;
    private const int Any = -2;
    private const int Scalar = -1;
    private const int OneOrMoreDimensions = 0;

    private static readonly NodeId BaseDataType = DataTypeIds.BaseDataType;

    public static StatusCode Check(UaVariable variable, Variant value, TypeTree types) =>
        Check(variable.DataType, variable.ValueRank, variable.ArrayDimensions, value, types);

    /// <summary>The same for an argument of a method (OPC 10000-3 §8.6).</summary>
    public static StatusCode Check(Argument argument, Variant value, TypeTree types) =>
        Check(argument.DataType, argument.ValueRank, argument.ArrayDimensions, value, types);

    private static StatusCode Check(
        NodeId dataType, int rank, IReadOnlyList<uint> longest, Variant value, TypeTree types)
    {
        if (!HasType(dataType, value, types) || !HasRank(rank, value))
        {
            return StatusCodes.BadTypeMismatch;
        }

        return IsTooLong(longest, value) ? StatusCodes.BadOutOfRange : StatusCodes.Good;
    }

    private static bool HasType(NodeId dataType, Variant value, TypeTree types)
    {
        if (value.IsNull)
        {
            return dataType == BaseDataType;
        }

        if (types.BuiltInOf(dataType) is { } builtIn)
        {
            // A ByteString may be written as an array of bytes (OPC 10000-4 §5.10.4.1).
            return value.Type == builtIn
                || (builtIn == BuiltInType.Byte && value is { Type: BuiltInType.ByteString, IsArray: false });
        }

        return types.IsA(TypeTree.DataTypeOf(value.Type), dataType);
    }

    private static bool HasRank(int rank, Variant value)
    {
        var isOctets = value is { Type: BuiltInType.ByteString, IsArray: false };
        var dimensions = value.IsArray ? value.Dimensions?.Count ?? 1 : 0;
        return rank switch
        {
            Any => true,
            Scalar => dimensions == 0,
            ScalarOrOneDimension => dimensions <= 1,
            OneOrMoreDimensions => dimensions >= 1,
            1 when isOctets => true,
            _ => dimensions == rank,
        };
    }

    private static bool IsTooLong(IReadOnlyList<uint> longest, Variant value)
    {
        if (!value.IsArray || longest.Count == 0)
        {
            return false;
        }

        if (value.Dimensions is not { } lengths)
        {
            return longest[0] != 0 && value.Length > longest[0];
        }

        return lengths.Zip(longest).Any(pair => pair.Second != 0 && pair.First > pair.Second);
    }
}
