namespace CoatLine.Equipment.Tags;

/// <summary>One line of a unit's tag list, before unit, group and access are added to it.</summary>
internal sealed record TagRow(
    string Name,
    TagType Type,
    bool IsArray,
    string EngineeringUnit,
    double? Low,
    double? High,
    string Meaning)
{
    /// <summary>A Double with unit and range.</summary>
    public static TagRow Real(string name, string unit, double low, double high, string meaning) =>
        new(name, TagType.Double, false, unit, low, high, meaning);

    /// <summary>An array of Double with unit and range.</summary>
    public static TagRow Reals(string name, string unit, double low, double high, string meaning) =>
        new(name, TagType.Double, true, unit, low, high, meaning);

    /// <summary>An Int32 with its range.</summary>
    public static TagRow Whole(string name, int low, int high, string meaning) =>
        new(name, TagType.Int32, false, string.Empty, low, high, meaning);

    /// <summary>An array of Int32 with its range.</summary>
    public static TagRow Wholes(string name, int low, int high, string meaning) =>
        new(name, TagType.Int32, true, string.Empty, low, high, meaning);

    /// <summary>A request id or an epoch.</summary>
    public static TagRow Id(string name, string meaning) =>
        new(name, TagType.UInt64, false, string.Empty, null, null, meaning);

    /// <summary>A word of bits, or a counter.</summary>
    public static TagRow Word(string name, string meaning) =>
        new(name, TagType.UInt32, false, string.Empty, null, null, meaning);

    /// <summary>A text.</summary>
    public static TagRow Text(string name, string meaning) =>
        new(name, TagType.String, false, string.Empty, null, null, meaning);

    /// <summary>A switch.</summary>
    public static TagRow Flag(string name, string meaning) =>
        new(name, TagType.Boolean, false, string.Empty, null, null, meaning);

    /// <summary>An instant.</summary>
    public static TagRow Time(string name, string meaning) =>
        new(name, TagType.DateTime, false, string.Empty, null, null, meaning);
}
