namespace CoatLine.Simulator.Physics;

/// <summary>Temperature of a slurry in its container: shear heats it, rest cools it.</summary>
internal static class SlurryHeat
{
    /// <summary>Room temperature, °C.</summary>
    public const double AmbientDegC = 23;

    /// <summary>Time constant of the container in the running mixer, s.</summary>
    public const double MixingTau = 12 * 60;

    /// <summary>Time constant of the container at rest in still air, s.</summary>
    public const double AirTau = 20 * 60;

    /// <summary>Time constant of the container at rest in the chilled block, s.</summary>
    public const double ChilledTau = 4 * 60;

    private const double ThickDegCPerMinute = 6;
    private const double DilutedDegCPerMinute = 3;
    private const double ReferenceRpm = 2000;

    /// <summary>Temperature after mixing for some seconds at one speed.</summary>
    public static double Mixing(double degC, double rpm, bool isDiluted, double seconds)
    {
        double atReference = (isDiluted ? DilutedDegCPerMinute : ThickDegCPerMinute) / 60;
        double end = AmbientDegC + (atReference * Math.Pow(rpm / ReferenceRpm, 2) * MixingTau);
        return end + ((degC - end) * Math.Exp(-seconds / MixingTau));
    }

    /// <summary>Temperature after resting for some seconds.</summary>
    public static double Resting(double degC, double tau, double seconds) =>
        AmbientDegC + ((degC - AmbientDegC) * Math.Exp(-seconds / tau));
}
