namespace CoatLine.Domain.Quantities;

/// <summary>A particle size in nanometres, above 0; a D50 is one of primary particles. Default 0 nm.</summary>
/// <param name="Value">The number in nanometres.</param>
public readonly record struct Nanometres(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "nm");
}

/// <summary>
/// A thickness, gap or roughness in micrometres. It says nothing of wet, dried or pressed: a layer thickness stands
/// in a <see cref="Quality.ThicknessProfile"/>, which carries the state. Default 0 µm.
/// </summary>
/// <param name="Value">The number in micrometres.</param>
public readonly record struct Micrometres(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "µm");
}

/// <summary>A stroke, margin or position in millimetres. Default 0 mm.</summary>
/// <param name="Value">The number in millimetres.</param>
public readonly record struct Millimetres(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "mm");
}

/// <summary>An area in cm², above 0. Default 0 cm².</summary>
/// <param name="Value">The number in cm².</param>
public readonly record struct SquareCentimetres(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "cm²");
}
