using CoatLine.Simulator.Physics;

namespace CoatLine.Simulator.Tests.Physics;

public class FilmTests
{
    private static readonly KeyValuePair<string, double>[] Base =
    [
        new("cb-40", 3), new("cb-80", 3), new("silver", 2), new("pvdf-6-nmp", 9.33), new("nmp", 12.67),
    ];

    private static readonly KeyValuePair<string, double>[] Top =
        [new("cb-40", 1), new("silver", 0.3), new("pvdf-6-nmp", 1.5), new("nmp", 4.0)];

    [Test]
    public void Composition_Embodiment4_SolidsAndDensitiesAsDerived()
    {
        SlurryComposition thick = SlurryComposition.Of(Base);
        SlurryComposition thin = SlurryComposition.Of(Top);

        Assert.Multiple(() =>
        {
            Assert.That(thick.SolidsGrams, Is.EqualTo(8.5598).Within(1e-4));
            Assert.That(thick.Phi, Is.EqualTo(0.1517).Within(5e-5));
            Assert.That(thick.SolidsDensity, Is.EqualTo(2.294).Within(5e-4));
            Assert.That(thick.Density, Is.EqualTo(1.220).Within(5e-4));
            Assert.That(thin.SolidsGrams, Is.EqualTo(1.39).Within(1e-9));
            Assert.That(thin.Phi, Is.EqualTo(0.1049).Within(5e-5));
            Assert.That(thin.SolidsDensity, Is.EqualTo(2.254).Within(5e-4));
            Assert.That(thin.Density, Is.EqualTo(1.157).Within(5e-4));
        });
    }

    [Test]
    public void Film_WorkedExample_Coat1MeanAndCoat2Slope()
    {
        double phi1 = SlurryComposition.Of(Base).Phi;
        double phi2 = SlurryComposition.Of(Top).Phi;

        Assert.That(Film.Dry(0.60 * 150, phi1, 0.571), Is.EqualTo(31.8).Within(0.05));
        Assert.That(Film.Dry(0.60, phi2, 0.666), Is.EqualTo(0.1885).Within(1e-4));
        Assert.That(Film.Dry(0.60 * 26.5, phi2, 0.666), Is.EqualTo(4.99).Within(0.01));
        Assert.That(Film.ArealMass(31.8, 0.571, 2.294), Is.EqualTo(3.13).Within(0.005));
        Assert.That(Film.ArealMass(5.31, 0.666, 2.254), Is.EqualTo(0.40).Within(0.005));
    }

    [TestCase(20, 5, 0.60)]
    [TestCase(10, 5, 0.6054)]
    [TestCase(30, 0.5, 0.5848)]
    [TestCase(20, 1e12, 0.70)]
    [TestCase(20, 1e-12, 0.50)]
    public void WetPerGap_SpeedAndViscosity_ByFormulaAndClamped(double speed, double viscosity, double expected) =>
        Assert.That(Film.WetPerGap(speed, viscosity), Is.EqualTo(expected).Within(1e-4));

    [TestCase(new double[] { 40, 80 }, 0.571, 0.364)]
    [TestCase(new double[] { 40 }, 0.666, 0.445)]
    [TestCase(new double[] { 120 }, 0.693, 0.503)]
    [TestCase(new double[] { 120, 200 }, 0.710, 0.530)]
    public void Porosity_After490MpaAt80DegC_AsTable1(double[] carbons, double before, double after)
    {
        Microstructure layer = Microstructure.Of(carbons);
        double yielded = Densification.Yield(0, 490, 80, 1800);

        Assert.That(layer.Porosity, Is.EqualTo(before));
        Assert.That(
            Densification.Porosity(layer.Porosity, layer.YieldPerMpa, yielded), Is.EqualTo(after).Within(0.001));
    }

    [Test]
    public void Porosity_Embodiment1_NeedsAtLeast387MpaFor40Percent()
    {
        static double After(double mpa) =>
            Densification.Porosity(0.571, 9.19e-4, Densification.Yield(0, mpa, 80, 1800));

        Assert.That(After(386), Is.GreaterThan(0.400));
        Assert.That(After(388), Is.LessThan(0.400));
    }

    [Test]
    public void Yield_LowerPressureAfterwards_IsKept() =>
        Assert.That(Densification.Yield(490, 100, 80, 1800), Is.EqualTo(490));

    [Test]
    public void Drying_At80DegC_HalvesInAbout83Seconds() =>
        Assert.That(
            Evaporation.After(1, 80, 101.3, 0, Math.Log(2) / 0.5 * 60), Is.EqualTo(0.5).Within(1e-9));

    [Test]
    public void Drying_WithoutAndWithVacuum_StopsAtFloorAndGoesBelow500Ppm()
    {
        double inAir = Evaporation.After(2.5, 110, 101.3, 450e-6, 86_400);
        double inVacuum = Evaporation.After(inAir, 110, 1, 450e-6, 86_400);

        Assert.That(inAir, Is.EqualTo(450e-6).Within(1e-9));
        Assert.That(inVacuum, Is.LessThan(100e-6));
    }
}
