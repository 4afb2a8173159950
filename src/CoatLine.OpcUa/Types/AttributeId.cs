namespace CoatLine.OpcUa;

/// <summary>Attributes of nodes and their numbers (OPC 10000-6 Annex A.1).</summary>
public enum AttributeId : uint
{
    /// <summary>No attribute.</summary>
    Invalid = 0,
    /// <summary>The node's identifier.</summary>
    NodeId = 1,
    /// <summary>Kind of node, <see cref="CoatLine.OpcUa.NodeClass"/>.</summary>
    NodeClass = 2,
    /// <summary>Name used in browse paths.</summary>
    BrowseName = 3,
    /// <summary>Name for people.</summary>
    DisplayName = 4,
    /// <summary>Explanation for people.</summary>
    Description = 5,
    /// <summary>Which attributes can be written.</summary>
    WriteMask = 6,
    /// <summary>Which attributes this user can write.</summary>
    UserWriteMask = 7,
    /// <summary>The type has no instances.</summary>
    IsAbstract = 8,
    /// <summary>The reference reads the same both ways.</summary>
    Symmetric = 9,
    /// <summary>Name of the reference read backwards.</summary>
    InverseName = 10,
    /// <summary>The view has no loops.</summary>
    ContainsNoLoops = 11,
    /// <summary>Which events and histories the node gives.</summary>
    EventNotifier = 12,
    /// <summary>The variable's value.</summary>
    Value = 13,
    /// <summary>NodeId of the value's data type.</summary>
    DataType = 14,
    /// <summary>Scalar (−1) or the number of dimensions.</summary>
    ValueRank = 15,
    /// <summary>Longest length per dimension.</summary>
    ArrayDimensions = 16,
    /// <summary>Whether the value can be read or written, <see cref="CoatLine.OpcUa.AccessLevels"/>.</summary>
    AccessLevel = 17,
    /// <summary>The same for this user.</summary>
    UserAccessLevel = 18,
    /// <summary>Fastest sampling, ms; −1 unknown, 0 continuous.</summary>
    MinimumSamplingInterval = 19,
    /// <summary>The server keeps a history.</summary>
    Historizing = 20,
    /// <summary>The method can be called.</summary>
    Executable = 21,
    /// <summary>This user can call it.</summary>
    UserExecutable = 22,
    /// <summary>Fields of a structure or names of an enumeration.</summary>
    DataTypeDefinition = 23,
    /// <summary>Permissions per role.</summary>
    RolePermissions = 24,
    /// <summary>The same for this user.</summary>
    UserRolePermissions = 25,
    /// <summary>Security that access needs.</summary>
    AccessRestrictions = 26,
    /// <summary>Access level in 32 bits.</summary>
    AccessLevelEx = 27,
}

/// <summary>Kinds of node (OPC 10000-3 §8.29); the numbers are bits of a mask.</summary>
[Flags]
public enum NodeClass
{
    /// <summary>Not stated; as a mask: every kind.</summary>
    Unspecified = 0,
    /// <summary>A thing that holds others.</summary>
    Object = 1,
    /// <summary>A value.</summary>
    Variable = 2,
    /// <summary>Something to call.</summary>
    Method = 4,
    /// <summary>Type of objects.</summary>
    ObjectType = 8,
    /// <summary>Type of variables.</summary>
    VariableType = 16,
    /// <summary>Type of references.</summary>
    ReferenceType = 32,
    /// <summary>Type of values.</summary>
    DataType = 64,
    /// <summary>A part of the address space.</summary>
    View = 128,
}

/// <summary>Bits of the AccessLevel attribute (OPC 10000-3 §8.57).</summary>
[Flags]
public enum AccessLevels
{
    /// <summary>Neither.</summary>
    None = 0,
    /// <summary>The current value can be read.</summary>
    CurrentRead = 1,
    /// <summary>The current value can be written.</summary>
    CurrentWrite = 2,
}
