namespace CoatLine.OpcUa.Server;

/// <summary>Answers questions about types by following HasSubtype upwards.</summary>
internal sealed class TypeTree(AddressSpace space)
{
    /// <summary>Deepest chain of types that is followed, so that a loop in a node set ends.</summary>
    private const int MaxDepth = 64;

    private static readonly NodeId HasSubtype = new(45);
    private static readonly NodeId HasTypeDefinition = new(40);

    /// <summary>True when <paramref name="type"/> is <paramref name="ancestor"/> or a subtype of it.</summary>
    public bool IsA(NodeId type, NodeId ancestor)
    {
        for (var depth = 0; depth < MaxDepth && !type.IsNull; depth++)
        {
            if (type == ancestor)
            {
                return true;
            }

            type = SupertypeOf(type);
        }

        return false;
    }

    /// <summary>The type above, or the null NodeId.</summary>
    public NodeId SupertypeOf(NodeId type) => FirstTarget(type, HasSubtype, isForward: false);

    /// <summary>Type definition of an object or variable, or the null NodeId.</summary>
    public NodeId TypeDefinitionOf(NodeId instance) => FirstTarget(instance, HasTypeDefinition, isForward: true);

    /// <summary>The built-in type in which values of a data type travel (OPC 10000-3 §5.8.3); null for abstract ones
    /// (Number, BaseDataType …) and for data types that are not in the address space.</summary>
    public BuiltInType? BuiltInOf(NodeId dataType)
    {
        for (var depth = 0; depth < MaxDepth && !dataType.IsNull; depth++)
        {
            if (dataType is { NamespaceIndex: 0, IdType: NodeIdType.Numeric, Numeric: <= LastBuiltIn })
            {
                return dataType.Numeric switch
                {
                    BaseDataType or Number or Integer or UInteger => null,
                    Enumeration => BuiltInType.Int32,
                    var id => (BuiltInType)id,
                };
            }

            dataType = SupertypeOf(dataType);
        }

        return null;
    }

    /// <summary>The data type node that belongs to a built-in type.</summary>
    public static NodeId DataTypeOf(BuiltInType type) => new((uint)type);

    private NodeId FirstTarget(NodeId from, NodeId referenceType, bool isForward)
    {
        if (space.Find(from) is not { } node)
        {
            return NodeId.Null;
        }

        foreach (var reference in node.ReferenceArray)
        {
            if (reference.IsForward == isForward && reference.ReferenceType == referenceType)
            {
                return reference.Target;
            }
        }

        return NodeId.Null;
    }

    private const uint BaseDataType = 24;
    private const uint Number = 26;
    private const uint Integer = 27;
    private const uint UInteger = 28;
    private const uint Enumeration = 29;
    private const uint LastBuiltIn = 29;
}
