namespace CoatLine.Simulator.Physics;

/// <summary>From blade gap to wet film to dry film.</summary>
internal static class Film
{
    /// <summary>
    /// Wet film per gap, <c>k = 0.60·[1 − 0.03·log10(U/20 mm/s) + 0.02·log10(µ/5 Pa·s)]</c>, held between 0.5 and 0.7.
    /// </summary>
    /// <param name="speed">Coating speed, mm/s.</param>
    /// <param name="viscosity">Pa·s.</param>
    public static double WetPerGap(double speed, double viscosity) => Math.Clamp(
        0.60 * (1 - (0.03 * Math.Log10(speed / 20)) + (0.02 * Math.Log10(viscosity / 5))), 0.5, 0.7);

    /// <summary>Dry thickness of a wet film, same unit.</summary>
    /// <param name="wet">Wet thickness.</param>
    /// <param name="phi">Solids by volume in the slurry.</param>
    /// <param name="porosity">Void fraction of the dry film.</param>
    public static double Dry(double wet, double phi, double porosity) => wet * phi / (1 - porosity);

    /// <summary>Areal mass of a dry film, mg/cm².</summary>
    /// <param name="thicknessUm">µm.</param>
    /// <param name="porosity">Void fraction.</param>
    /// <param name="solidsDensity">g/cm³.</param>
    public static double ArealMass(double thicknessUm, double porosity, double solidsDensity) =>
        0.1 * thicknessUm * (1 - porosity) * solidsDensity;
}
