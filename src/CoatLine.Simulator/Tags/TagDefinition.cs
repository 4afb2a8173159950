namespace CoatLine.Simulator.Tags;

/// <summary>One tag as the contract defines it.</summary>
/// <param name="Unit">Unit name; <c>Line</c> for the root.</param>
/// <param name="Name">Name below the unit, e.g. <c>Request.Id</c>.</param>
/// <param name="NodeId">Identifier in the contract's namespace, e.g. <c>Mixer.Request.Id</c>.</param>
/// <param name="ValueType">CLR type of the value; arrays are one-dimensional.</param>
/// <param name="Low">Lower end of the range, inclusive; null where there is none.</param>
/// <param name="High">Upper end of the range, inclusive; null where there is none.</param>
/// <param name="EngineeringUnit">Unit as displayed; empty where there is none.</param>
/// <param name="Writable">Whether the MES may write it.</param>
internal sealed record TagDefinition(
    string Unit,
    string Name,
    string NodeId,
    Type ValueType,
    double? Low,
    double? High,
    string EngineeringUnit,
    bool Writable)
{
    /// <summary>What the tag holds before anybody has written it.</summary>
    public object InitialValue =>
        ValueType == typeof(string) ? string.Empty
        : ValueType.IsArray ? Array.CreateInstance(ValueType.GetElementType()!, 0)
        : ValueType == typeof(DateTime) ? DateTime.SpecifyKind(default, DateTimeKind.Utc)
        : Activator.CreateInstance(ValueType)!;

    /// <summary>Whether a number is inside the range; everything is where there is no range.</summary>
    public bool Allows(double value) => !(value < Low) && !(value > High) && !double.IsNaN(value);
}
