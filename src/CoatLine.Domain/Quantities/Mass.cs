namespace CoatLine.Domain.Quantities;

/// <summary>A mass in grams. Ingredients range over 0 &lt; m ≤ 310 g (mixer limit). Default 0 g.</summary>
/// <param name="Value">The number in grams.</param>
public readonly record struct Grams(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "g");
}

/// <summary>An areal mass in mg/cm². A dry layer ranges over about 0.1 to 30 mg/cm². Default 0.</summary>
/// <param name="Value">The number in mg/cm².</param>
public readonly record struct MilligramsPerSquareCentimetre(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "mg/cm²");
}

/// <summary>A volume in cm³. Default 0 cm³.</summary>
/// <param name="Value">The number in cm³.</param>
public readonly record struct CubicCentimetres(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "cm³");
}

/// <summary>A density in g/cm³, above 0. Default 0, which no calculation accepts.</summary>
/// <param name="Value">The number in g/cm³.</param>
public readonly record struct GramsPerCubicCentimetre(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "g/cm³");
}
