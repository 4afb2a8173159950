namespace CoatLine.OpcUa.Services;

/// <summary>Which times a value comes with (OPC 10000-4 §7.40).</summary>
public enum TimestampsToReturn
{
    /// <summary>Source time.</summary>
    Source = 0,
    /// <summary>Server time.</summary>
    Server = 1,
    /// <summary>Both.</summary>
    Both = 2,
    /// <summary>None.</summary>
    Neither = 3,
    /// <summary>Not stated; refused.</summary>
    Invalid = 4,
}

/// <summary>Which way to follow references (OPC 10000-4 §7.5).</summary>
public enum BrowseDirection
{
    /// <summary>From source to target.</summary>
    Forward = 0,
    /// <summary>From target to source.</summary>
    Inverse = 1,
    /// <summary>Both ways.</summary>
    Both = 2,
    /// <summary>Not stated; refused.</summary>
    Invalid = 3,
}

/// <summary>Wanted fields of a reference (OPC 10000-4 §5.9.2).</summary>
[Flags]
public enum BrowseResultMask
{
    /// <summary>Only the target.</summary>
    None = 0,
    /// <summary>Type of the reference.</summary>
    ReferenceTypeId = 1,
    /// <summary>Its direction.</summary>
    IsForward = 2,
    /// <summary>Kind of the target.</summary>
    NodeClass = 4,
    /// <summary>Its name in paths.</summary>
    BrowseName = 8,
    /// <summary>Its name for people.</summary>
    DisplayName = 16,
    /// <summary>Its type.</summary>
    TypeDefinition = 32,
    /// <summary>Everything.</summary>
    All = 63,
}
