namespace CoatLine.Domain.Quantities;

/// <summary>A duration in seconds of line time, ≥ 0. Default 0 s.</summary>
/// <param name="Value">The number in seconds.</param>
public readonly record struct Seconds(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "s");
}

/// <summary>A revolution speed in rpm; the mixer ranges over 0 to 2000 rpm. Default 0 rpm.</summary>
/// <param name="Value">The number in rpm.</param>
public readonly record struct RevolutionsPerMinute(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "rpm");
}

/// <summary>A coating speed in mm/s; the coater ranges over 10 to 30 mm/s. Default 0 mm/s.</summary>
/// <param name="Value">The number in mm/s.</param>
public readonly record struct MillimetresPerSecond(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "mm/s");
}

/// <summary>A temperature in °C, −273.15 or above. Default 0 °C.</summary>
/// <param name="Value">The number in degrees Celsius.</param>
public readonly record struct DegreesCelsius(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "°C");
}

/// <summary>A temperature ramp in K/min; the dryer ranges over 0.1 to 20 K/min. Default 0.</summary>
/// <param name="Value">The number in K/min.</param>
public readonly record struct KelvinPerMinute(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "K/min");
}

/// <summary>A pressure in MPa; the press ranges over 0 to 600 MPa. Default 0 MPa.</summary>
/// <param name="Value">The number in megapascals.</param>
public readonly record struct Megapascals(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "MPa");
}

/// <summary>A pressure ramp in MPa/min; the press ranges over 1 to 1000 MPa/min. Default 0.</summary>
/// <param name="Value">The number in MPa/min.</param>
public readonly record struct MegapascalsPerMinute(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "MPa/min");
}

/// <summary>A pressure in kPa; absolute for the dryer (0 to 110 kPa). Default 0 kPa.</summary>
/// <param name="Value">The number in kilopascals.</param>
public readonly record struct Kilopascals(decimal Value)
{
    /// <summary>The number and its unit, culture-free.</summary>
    public override string ToString() => UnitText.Of(Value, "kPa");
}
