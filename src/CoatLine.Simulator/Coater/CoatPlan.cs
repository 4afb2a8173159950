using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Coater;

/// <summary>What the coat will be like, decided by slurry, gap and chance before the blade moves.</summary>
internal sealed class CoatPlan
{
    /// <summary>Scatter of the wet film from coat to coat (1σ); the larger part of it lies within the sheet.</summary>
    private const double WetFilmSigma = 0.01;

    private const double PorositySigma = 0.002;

    /// <summary>Seconds at 2000 rpm that disperse a slurry fully: 12 + 5 cycles of 3 minutes.</summary>
    private const double FullDispersionSeconds = 17 * 180;

    private readonly Func<double, double, double> wetUm;
    private readonly SlurryComposition slurry;
    private readonly double porosity;
    private readonly double floorInAir;
    private readonly double dispersion;

    private CoatPlan(Jar jar, Func<double, double, double> wetUm, Random random)
    {
        this.wetUm = wetUm;
        slurry = jar.Composition;
        porosity = Scatter.Normal(random, slurry.Microstructure.Porosity, PorositySigma);
        floorInAir = Scatter.Between(random, 350e-6, 500e-6);
        dispersion = 1 + (0.5 * Math.Max(0, 1 - (jar.MixedSeconds / FullDispersionSeconds)));
    }

    /// <summary>Gap at the left end of the blade above the datum, µm.</summary>
    public double GapLeftUm { get; private init; }

    /// <summary>Gap at the right end of the blade above the datum, µm.</summary>
    public double GapRightUm { get; private init; }

    /// <summary>Whether the blade would touch what is already coated.</summary>
    public bool StrikesLayer { get; private init; }

    /// <summary>Decides the coat.</summary>
    /// <param name="jar">The slurry.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="parameters">What was asked for.</param>
    /// <param name="askewUm">By how much the blade stands askew beside its own tilt, µm: right minus left.</param>
    /// <param name="random">The chance of this coat.</param>
    public static CoatPlan Draw(Jar jar, Sheet sheet, Parameters parameters, double askewUm, Random random)
    {
        double gap = parameters.Number("GapSP");
        double stroke = parameters.Number("StrokeSP");
        double tilt = Scatter.Between(random, -0.4, 0.4) + (askewUm / 2);
        double perGap = Film.WetPerGap(parameters.Number("SpeedSP"), jar.Composition.Viscosity)
            * Scatter.Normal(random, 1, WetFilmSigma);
        bool isFirst = sheet.Coats.Count == 0;
        bool ridesOnLayer = (GapDatum)parameters.Whole("GapDatum") == GapDatum.CoatedSurface;

        // On the bare foil the bed's flatness shows; over a coat the blade levels, and only a trace of it is left.
        FilmShape shape = isFirst
            ? new FilmShape(random, across: 0.050, along: 0.012, wave: 0.003)
            : new FilmShape(random, across: 0.003, along: 0.002, wave: 0.002);
        double yielded = sheet.YieldedMpa;
        Coat[] below = [.. sheet.Coats];

        double Clearance(double x, double y)
        {
            double atPlace = gap + (tilt * ((2 * x / Coat.WidthMm) - 1));
            return isFirst || ridesOnLayer ? atPlace : atPlace - below.Sum(c => c.DryUm(x, y, yielded));
        }

        return new CoatPlan(
            jar,
            (x, y) => perGap * Clearance(x, y) * (1 + shape.At(x / Coat.WidthMm, y / stroke)),
            random)
        {
            GapLeftUm = gap - tilt,
            GapRightUm = gap + tilt,
            StrikesLayer = Corners(stroke).Any(c => Clearance(c.X, c.Y) <= 0),
        };
    }

    /// <summary>The coat, as long as the stroke came.</summary>
    public Coat Lay(double strokeMm) => new(slurry, strokeMm, porosity, floorInAir, dispersion, wetUm);

    private static IEnumerable<(double X, double Y)> Corners(double stroke) =>
        [(0, 0), (Coat.WidthMm, 0), (0, stroke), (Coat.WidthMm, stroke), (Coat.WidthMm / 2, stroke / 2)];
}
