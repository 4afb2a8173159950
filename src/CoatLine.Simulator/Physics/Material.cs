namespace CoatLine.Simulator.Physics;

/// <summary>A material that can be weighed in.</summary>
/// <param name="Code">Code that <c>Request.Material</c> carries.</param>
/// <param name="Solid">Its solid; null for pure solvent.</param>
/// <param name="SolidFraction">Mass fraction of the solid; the rest is NMP.</param>
/// <param name="D50Nm">Median particle size of a carbon, nm; null for everything else.</param>
internal sealed record Material(string Code, Solid? Solid, double SolidFraction, double? D50Nm)
{
    /// <summary>Density of NMP, g/cm³.</summary>
    public const double NmpDensity = 1.028;

    private static readonly Dictionary<string, Material> ByCode = new Material[]
    {
        new("cb-40", Solid.Carbon, 1, 40),
        new("cb-80", Solid.Carbon, 1, 80),
        new("ketjen-80", Solid.Carbon, 1, 80),
        new("cb-120", Solid.Carbon, 1, 120),
        new("cb-200", Solid.Carbon, 1, 200),
        new("silver", Solid.Silver, 1, null),
        new("pvdf-6-nmp", Solid.Pvdf, 0.06, null),
        new("nmp", null, 0, null),
    }.ToDictionary(m => m.Code, StringComparer.Ordinal);

    /// <summary>The material of a code, or null when this line does not stock it.</summary>
    public static Material? Of(string code) => ByCode.GetValueOrDefault(code);
}

/// <summary>A solid with its true density.</summary>
/// <param name="Name">Name.</param>
/// <param name="Density">g/cm³.</param>
internal sealed record Solid(string Name, double Density)
{
    public static readonly Solid Carbon = new("carbon", 1.86);
    public static readonly Solid Silver = new("silver", 10.49);
    public static readonly Solid Pvdf = new("PVDF", 1.78);
}
