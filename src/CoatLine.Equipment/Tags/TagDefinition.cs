using CoatLine.Domain.Execution;

namespace CoatLine.Equipment.Tags;

/// <summary>The data types that the tag contract uses, with the numbers of the OPC UA built-in types
/// (OPC 10000-6 §5.1.2); the same number is the identifier of the DataType node in namespace 0.</summary>
public enum TagType
{
    /// <summary>True or false.</summary>
    Boolean = 1,

    /// <summary>Signed 32-bit number.</summary>
    Int32 = 6,

    /// <summary>Unsigned 32-bit number.</summary>
    UInt32 = 7,

    /// <summary>Unsigned 64-bit number.</summary>
    UInt64 = 9,

    /// <summary>IEEE 754 double.</summary>
    Double = 11,

    /// <summary>Unicode text.</summary>
    String = 12,

    /// <summary>Instant, UTC.</summary>
    DateTime = 13,
}

/// <summary>Who may do what with a tag, with the bits of the AccessLevel attribute (OPC 10000-3 §8.57).</summary>
[Flags]
public enum TagAccess
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>The MES reads it (CurrentRead).</summary>
    Read = 1,

    /// <summary>The MES writes it (CurrentWrite).</summary>
    Write = 2,

    /// <summary>The MES reads and writes it.</summary>
    ReadWrite = Read | Write,
}

/// <summary>One tag as the contract defines it: what <c>plc-tags/coatline-tags.csv</c> says, in C#.</summary>
/// <param name="Unit">The unit; null for a tag of the line itself.</param>
/// <param name="Name">Name below the unit, e.g. <c>Request.RevSpeedSP</c>.</param>
/// <param name="Type">Data type of the value, or of each element.</param>
/// <param name="IsArray">Whether the value is a one-dimensional array.</param>
/// <param name="EngineeringUnit">Engineering unit as displayed, e.g. <c>mm/s</c>; empty where there is none.</param>
/// <param name="Low">Lower end of EURange, inclusive; null where there is none.</param>
/// <param name="High">Upper end of EURange, inclusive; null where there is none.</param>
/// <param name="Access">What the MES may do with it.</param>
/// <param name="Meaning">What it means, in words.</param>
public sealed record TagDefinition(
    Unit? Unit,
    string Name,
    TagType Type,
    bool IsArray,
    string EngineeringUnit,
    double? Low,
    double? High,
    TagAccess Access,
    string Meaning)
{
    /// <summary>Name of the root object, and of the line in the unit column of the tag table.</summary>
    public const string LineName = "Line";

    /// <summary>The unit's name as the contract writes it; <c>Line</c> for a tag of the line itself.</summary>
    public string UnitName => Unit?.ToString() ?? LineName;

    /// <summary>The whole name, e.g. <c>Mixer.Request.RevSpeedSP</c>.</summary>
    public string FullName => $"{UnitName}.{Name}";

    /// <summary>The data type as the tag table writes it, e.g. <c>Double[]</c>.</summary>
    public string TypeName => IsArray ? $"{Type}[]" : Type.ToString();
}
