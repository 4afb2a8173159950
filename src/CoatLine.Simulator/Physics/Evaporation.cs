namespace CoatLine.Simulator.Physics;

/// <summary>Drying of a film: the NMP left, as grams per gram of dry film, decays to a floor.</summary>
internal static class Evaporation
{
    /// <summary>Absolute pressure in kPa below which the chamber counts as evacuated.</summary>
    public const double VacuumBelowKpa = 20;

    /// <summary>NMP vapour in air at its lower explosive limit (1.3 % by volume at 40 °C), g/m³.</summary>
    public const double LelGramsPerM3 = 50;

    private const double RatePerMinuteAt80 = 0.5;
    private const double ActivationJoulePerMol = 50_000;
    private const double GasConstant = 8.314;
    private const double FloorInVacuum = 80e-6;

    /// <summary>Rate at a film temperature, 1/s (Arrhenius, 0.5 1/min at 80 °C).</summary>
    public static double Rate(double degC) => RatePerMinuteAt80 / 60
        * Math.Exp(ActivationJoulePerMol / GasConstant * ((1 / 353.15) - (1 / (degC + 273.15))));

    /// <summary>NMP left after some seconds, g/g.</summary>
    /// <param name="nmp">Before, g/g.</param>
    /// <param name="degC">Film temperature.</param>
    /// <param name="pressureKpa">Absolute pressure.</param>
    /// <param name="floorInAir">What does not leave without vacuum, g/g.</param>
    /// <param name="seconds">Time.</param>
    public static double After(double nmp, double degC, double pressureKpa, double floorInAir, double seconds)
    {
        double floor = pressureKpa < VacuumBelowKpa ? FloorInVacuum : floorInAir;
        return nmp <= floor ? nmp : floor + ((nmp - floor) * Math.Exp(-Rate(degC) * seconds));
    }
}
