namespace CoatLine.Simulator.Physics;

/// <summary>
/// Isostatic densification, <c>ε' = ε·exp{−K·P·(1−e^{−t/τ})}</c> with <c>K(T) = K80·[1 + 0.004·(T−80)]</c>. The
/// state is the pressure that the layer has already yielded to, in MPa at 80 °C; it never goes down.
/// </summary>
internal static class Densification
{
    private const double Tau = 20;
    private const double TemperatureFactor = 0.004;

    /// <summary>Yielded pressure after some seconds under pressure, MPa at 80 °C.</summary>
    public static double Yield(double yieldedMpa, double pressureMpa, double degC, double seconds)
    {
        double target = pressureMpa * (1 + (TemperatureFactor * (degC - 80)));
        return target <= yieldedMpa
            ? yieldedMpa
            : target + ((yieldedMpa - target) * Math.Exp(-seconds / Tau));
    }

    /// <summary>Porosity of a layer that has yielded to a pressure.</summary>
    public static double Porosity(double unpressed, double yieldPerMpa, double yieldedMpa) =>
        unpressed * Math.Exp(-yieldPerMpa * yieldedMpa);
}
