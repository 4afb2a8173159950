using CoatLine.Simulator.Physics;

namespace CoatLine.Simulator.World;

/// <summary>What the gap of a coat is measured from.</summary>
internal enum GapDatum
{
    Foil = 1,
    CoatedSurface = 2,
}

/// <summary>One coat on a sheet, with its thickness at every place.</summary>
internal sealed class Coat
{
    /// <summary>Width of every coat: that of the applicator, mm.</summary>
    public const double WidthMm = 100;

    private readonly Func<double, double, double> wetUm;

    /// <summary>Lays the coat.</summary>
    /// <param name="slurry">What was coated.</param>
    /// <param name="strokeMm">Coated length, mm.</param>
    /// <param name="porosity">Void fraction after drying.</param>
    /// <param name="floorInAir">NMP that does not leave without vacuum, g/g.</param>
    /// <param name="dispersion">1 for a slurry that was mixed as long as it needs, more when less.</param>
    /// <param name="wetUm">Wet thickness at a place (x across and y along, mm), µm.</param>
    public Coat(
        SlurryComposition slurry,
        double strokeMm,
        double porosity,
        double floorInAir,
        double dispersion,
        Func<double, double, double> wetUm)
    {
        Slurry = slurry;
        StrokeMm = strokeMm;
        Porosity = porosity;
        FloorInAir = floorInAir;
        Dispersion = dispersion;
        this.wetUm = wetUm;
        Nmp = slurry.NmpPerSolids;

        // 1 mg/cm² is 10 g/m².
        DryGrams = Mean(ArealMass) * 10 * AreaM2;
    }

    public SlurryComposition Slurry { get; }

    public double StrokeMm { get; }

    /// <summary>Void fraction after drying and before pressing.</summary>
    public double Porosity { get; }

    public double FloorInAir { get; }

    public double Dispersion { get; }

    /// <summary>NMP in it now, g per g of dry film.</summary>
    public double Nmp { get; set; }

    /// <summary>Whether it is firm enough to be touched: less than 5 % NMP.</summary>
    public bool IsFirm => Nmp < 0.05;

    /// <summary>Coated area, m².</summary>
    public double AreaM2 => WidthMm * StrokeMm * 1e-6;

    /// <summary>Mass of the dry coat, g.</summary>
    public double DryGrams { get; }

    /// <summary>Wet thickness as laid, µm; 0 beyond the end of the stroke.</summary>
    public double WetUm(double x, double y) => y > StrokeMm ? 0 : Math.Max(0, wetUm(x, y));

    /// <summary>Dry thickness after the layer has yielded to a pressure (MPa at 80 °C), µm.</summary>
    public double DryUm(double x, double y, double yieldedMpa) => Film.Dry(
        WetUm(x, y),
        Slurry.Phi,
        Densification.Porosity(Porosity, Slurry.Microstructure.YieldPerMpa, yieldedMpa));

    /// <summary>Dry mass per area, mg/cm²; pressing does not change it.</summary>
    public double ArealMass(double x, double y) =>
        Film.ArealMass(DryUm(x, y, 0), Porosity, Slurry.SolidsDensity);

    /// <summary>Mean of a quantity over the coat, from a 5 × 5 grid.</summary>
    public double Mean(Func<double, double, double> quantity)
    {
        const int side = 5;
        return Enumerable.Range(0, side * side).Average(i =>
            quantity(WidthMm * ((i % side) + 0.5) / side, StrokeMm * ((i / side) + 0.5) / side));
    }
}
