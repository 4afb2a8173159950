using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Plc;

/// <summary>The tags of a server under test, by whole tag name, as the scripted PLC sees them.</summary>
internal interface IPlcMemory
{
    /// <summary>A tag was written by the client, with its value already stored.</summary>
    event Action<string>? Written;

    DataValue this[string tag] { get; }

    void Set(string tag, DataValue value);
}

internal static class PlcMemory
{
    /// <summary>The source time of everything that the scripted PLC says.</summary>
    public static readonly DateTime Now = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    public static void Set(this IPlcMemory memory, string tag, Variant value) =>
        memory.Set(tag, new DataValue(value, StatusCodes.Good, Now, Now));

    public static void SetBad(this IPlcMemory memory, string tag, StatusCode status) =>
        memory.Set(tag, new DataValue(Variant.Null, status, Now, Now));

    public static T Get<T>(this IPlcMemory memory, string tag) => memory[tag].Value.Get<T>();
}
