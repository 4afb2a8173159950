namespace CoatLine.OpcUa;

/// <summary>The 25 built-in types and their encoding numbers (OPC 10000-6 §5.1.2).</summary>
public enum BuiltInType
{
    /// <summary>No value.</summary>
    Null = 0,
    /// <summary>True or false.</summary>
    Boolean = 1,
    /// <summary>Signed, 8 bit.</summary>
    SByte = 2,
    /// <summary>Unsigned, 8 bit.</summary>
    Byte = 3,
    /// <summary>Signed, 16 bit.</summary>
    Int16 = 4,
    /// <summary>Unsigned, 16 bit.</summary>
    UInt16 = 5,
    /// <summary>Signed, 32 bit.</summary>
    Int32 = 6,
    /// <summary>Unsigned, 32 bit.</summary>
    UInt32 = 7,
    /// <summary>Signed, 64 bit.</summary>
    Int64 = 8,
    /// <summary>Unsigned, 64 bit.</summary>
    UInt64 = 9,
    /// <summary>IEEE 754, 32 bit.</summary>
    Float = 10,
    /// <summary>IEEE 754, 64 bit.</summary>
    Double = 11,
    /// <summary>Text.</summary>
    String = 12,
    /// <summary>An instant, 100 ns since 1601-01-01 UTC.</summary>
    DateTime = 13,
    /// <summary>128 bit identifier.</summary>
    Guid = 14,
    /// <summary>Octets.</summary>
    ByteString = 15,
    /// <summary>An XML fragment as text.</summary>
    XmlElement = 16,
    /// <summary>Identifier of a node in this server.</summary>
    NodeId = 17,
    /// <summary>Identifier of a node that may name its namespace by URI or lie in another server.</summary>
    ExpandedNodeId = 18,
    /// <summary>Outcome of an operation or quality of a value.</summary>
    StatusCode = 19,
    /// <summary>A name with its namespace.</summary>
    QualifiedName = 20,
    /// <summary>Text with its language.</summary>
    LocalizedText = 21,
    /// <summary>A structure with its type.</summary>
    ExtensionObject = 22,
    /// <summary>A value with quality and time.</summary>
    DataValue = 23,
    /// <summary>Any of these types.</summary>
    Variant = 24,
    /// <summary>Details of an error.</summary>
    DiagnosticInfo = 25,
}
