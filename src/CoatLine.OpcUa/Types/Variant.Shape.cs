namespace CoatLine.OpcUa;

public readonly partial struct Variant
{
    /// <summary>
    /// An array or matrix of a type chosen at run time; used where the type comes from the wire or a node set.
    /// </summary>
    /// <param name="type">Type of each element.</param>
    /// <param name="elements">Flat array of the .NET type that belongs to it; null for a null array.</param>
    /// <param name="dimensions">Lengths of a matrix with at least two dimensions; null for a plain array.</param>
    /// <exception cref="ArgumentException">The element type is wrong, or the lengths do not multiply to the count.
    /// </exception>
    public static Variant OfArray(BuiltInType type, Array? elements, int[]? dimensions = null)
    {
        if (elements is not null && elements.GetType().GetElementType() != ElementType(type))
        {
            throw new ArgumentException($"An array of {type} is not {elements.GetType().Name}.", nameof(elements));
        }

        if (dimensions is not null && !Multiplies(dimensions, elements?.Length ?? 0))
        {
            throw new ArgumentException("The dimensions do not make the number of elements.", nameof(dimensions));
        }

        return new Variant(type, elements, isArray: true, dimensions is { Length: > 1 } ? dimensions : null);
    }

    /// <summary>
    /// A scalar from its .NET value: byte[] is a ByteString, string a String, null the null value.
    /// </summary>
    /// <exception cref="ArgumentException">The .NET type belongs to no built-in type.</exception>
    public static Variant From(object? value) => value switch
    {
        null => Null,
        bool v => Of(v),
        sbyte v => Of(v),
        byte v => Of(v),
        short v => Of(v),
        ushort v => Of(v),
        int v => Of(v),
        uint v => Of(v),
        long v => Of(v),
        ulong v => Of(v),
        float v => Of(v),
        double v => Of(v),
        string v => Of(v),
        DateTime v => Of(v),
        Guid v => Of(v),
        byte[] v => Of(v),
        NodeId v => Of(v),
        ExpandedNodeId v => Of(v),
        StatusCode v => Of(v),
        QualifiedName v => Of(v),
        LocalizedText v => Of(v),
        ExtensionObject v => Of(v),
        IUaStructure v => Of(v),
        DataValue v => Of(v),
        Variant v => v,
        Array v => FromArray(v),
        _ => throw new ArgumentException($"{value.GetType().Name} is no OPC UA built-in type.", nameof(value)),
    };

    private static Variant FromArray(Array value)
    {
        var element = value.GetType().GetElementType();
        for (var type = BuiltInType.Boolean; type <= BuiltInType.Variant; type++)
        {
            // byte[] never comes here: it is a ByteString.
            if (ElementType(type) == element)
            {
                return new Variant(type, value, isArray: true);
            }
        }

        throw new ArgumentException($"{value.GetType().Name} is no array of a built-in type.", nameof(value));
    }

    /// <summary>True when the dimensions are not negative and multiply to the count (OPC 10000-6 §5.2.2.16).</summary>
    internal static bool Multiplies(ReadOnlySpan<int> dimensions, int count)
    {
        long product = 1;
        foreach (var length in dimensions)
        {
            if (length < 0)
            {
                return false;
            }

            product *= length;
            if (product > int.MaxValue)
            {
                return false;
            }
        }

        return product == count;
    }

    internal static Type ElementType(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => typeof(bool),
        BuiltInType.SByte => typeof(sbyte),
        BuiltInType.Byte => typeof(byte),
        BuiltInType.Int16 => typeof(short),
        BuiltInType.UInt16 => typeof(ushort),
        BuiltInType.Int32 => typeof(int),
        BuiltInType.UInt32 => typeof(uint),
        BuiltInType.Int64 => typeof(long),
        BuiltInType.UInt64 => typeof(ulong),
        BuiltInType.Float => typeof(float),
        BuiltInType.Double => typeof(double),
        BuiltInType.String or BuiltInType.XmlElement => typeof(string),
        BuiltInType.DateTime => typeof(DateTime),
        BuiltInType.Guid => typeof(Guid),
        BuiltInType.ByteString => typeof(byte[]),
        BuiltInType.NodeId => typeof(NodeId),
        BuiltInType.ExpandedNodeId => typeof(ExpandedNodeId),
        BuiltInType.StatusCode => typeof(StatusCode),
        BuiltInType.QualifiedName => typeof(QualifiedName),
        BuiltInType.LocalizedText => typeof(LocalizedText),
        BuiltInType.ExtensionObject => typeof(ExtensionObject),
        BuiltInType.DataValue => typeof(DataValue),
        BuiltInType.Variant => typeof(Variant),
        BuiltInType.DiagnosticInfo => typeof(DiagnosticInfo),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There are no arrays of this type."),
    };
}
