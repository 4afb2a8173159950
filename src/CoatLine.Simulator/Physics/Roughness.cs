namespace CoatLine.Simulator.Physics;

/// <summary>
/// Surface roughness: pressing flattens it down to what the particles of the thick layer allow (Table 2); a slurry that
/// was mixed too short keeps its agglomerates.
/// </summary>
internal static class Roughness
{
    private const double FullPressureMpa = 490;
    private const double UnpressedSaUm = 0.35;
    private const double UnpressedSzUm = 3.5;

    /// <summary>Sa, µm.</summary>
    public static double Sa(Microstructure layer, double dispersion, double yieldedMpa) =>
        dispersion * (layer.SaUm + (UnpressedSaUm * Unflattened(yieldedMpa)));

    /// <summary>Sz, µm.</summary>
    public static double Sz(Microstructure layer, double dispersion, double yieldedMpa) =>
        dispersion * (layer.SzUm + (UnpressedSzUm * Unflattened(yieldedMpa)));

    private static double Unflattened(double yieldedMpa) =>
        Math.Pow(1 - Math.Min(1, yieldedMpa / FullPressureMpa), 2);
}
