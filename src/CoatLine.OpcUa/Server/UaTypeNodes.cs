namespace CoatLine.OpcUa.Server;

/// <summary>Type of objects (OPC 10000-3 §5.5.2).</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
public sealed class UaObjectType(NodeId nodeId, QualifiedName browseName)
    : UaNode(NodeClass.ObjectType, nodeId, browseName)
{
    /// <summary>True when the type has no instances of its own.</summary>
    public bool IsAbstract { get; init; }
}

/// <summary>Type of variables (OPC 10000-3 §5.6.5).</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
public sealed class UaVariableType(NodeId nodeId, QualifiedName browseName)
    : UaNode(NodeClass.VariableType, nodeId, browseName)
{
    /// <summary>True when the type has no instances of its own.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>Data type of the values; BaseDataType unless set.</summary>
    public NodeId DataType { get; init; } = new(24);

    /// <summary>−1 scalar, 1 one dimension, −2 any; −2 unless set (OPC 10000-3 §5.6.5).</summary>
    public int ValueRank { get; init; } = -2;
}

/// <summary>Type of values (OPC 10000-3 §5.8.3).</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
public sealed class UaDataType(NodeId nodeId, QualifiedName browseName)
    : UaNode(NodeClass.DataType, nodeId, browseName)
{
    /// <summary>True when values are always of a subtype.</summary>
    public bool IsAbstract { get; init; }
}

/// <summary>Type of references (OPC 10000-3 §5.3).</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
public sealed class UaReferenceType(NodeId nodeId, QualifiedName browseName)
    : UaNode(NodeClass.ReferenceType, nodeId, browseName)
{
    /// <summary>True when references are always of a subtype.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>True when the reference reads the same both ways.</summary>
    public bool Symmetric { get; init; }

    /// <summary>Name of the reference read backwards; empty for symmetric ones.</summary>
    public LocalizedText InverseName { get; init; }
}
