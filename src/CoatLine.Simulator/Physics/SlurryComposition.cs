namespace CoatLine.Simulator.Physics;

/// <summary>What a slurry is made of, from what was really weighed in.</summary>
internal sealed record SlurryComposition
{
    /// <summary>Mass of carbon, silver and binder solids, g.</summary>
    public double SolidsGrams { get; private init; }

    /// <summary>True volume of the solids, cm³.</summary>
    public double SolidsVolume { get; private init; }

    /// <summary>Mass of NMP, that of the binder solution included, g.</summary>
    public double NmpGrams { get; private init; }

    /// <summary>Packing, yield and roughness of the layer it gives.</summary>
    public required Microstructure Microstructure { get; init; }

    /// <summary>Solids by volume, 0 to 1.</summary>
    public double Phi => SolidsVolume / (SolidsVolume + (NmpGrams / Material.NmpDensity));

    /// <summary>True density of the solids, g/cm³.</summary>
    public double SolidsDensity => SolidsGrams / SolidsVolume;

    /// <summary>Density of the slurry, g/cm³.</summary>
    public double Density =>
        (SolidsGrams + NmpGrams) / (SolidsVolume + (NmpGrams / Material.NmpDensity));

    /// <summary>NMP per gram of dry film, g/g.</summary>
    public double NmpPerSolids => NmpGrams / SolidsGrams;

    /// <summary>
    /// Viscosity, Pa·s (estimate): 5 Pa·s at the Embodiment 4 Base slurry (φ 0.1517), steeply rising with solids.
    /// </summary>
    public double Viscosity => 5 * Math.Exp(25 * (Phi - 0.1517));

    /// <summary>Adds up the grams of each material.</summary>
    public static SlurryComposition Of(IEnumerable<KeyValuePair<string, double>> gramsByMaterial)
    {
        double solids = 0;
        double volume = 0;
        double nmp = 0;
        var carbonSizes = new List<double>();
        foreach ((string code, double grams) in gramsByMaterial.Where(m => m.Value > 0))
        {
            Material material = Material.Of(code)
                ?? throw new ArgumentException($"material {code} is not stocked", nameof(gramsByMaterial));
            double solid = grams * material.SolidFraction;
            solids += solid;
            volume += material.Solid is null ? 0 : solid / material.Solid.Density;
            nmp += grams - solid;
            if (material.D50Nm is { } d50)
            {
                carbonSizes.Add(d50);
            }
        }

        return new SlurryComposition
        {
            SolidsGrams = solids,
            SolidsVolume = volume,
            NmpGrams = nmp,
            Microstructure = Microstructure.Of(carbonSizes),
        };
    }
}
