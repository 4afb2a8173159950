using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Tests.Quality;

namespace CoatLine.Domain.Tests.Scenarios;

/// <summary>Embodiment 4 in numbers, each to its printed digits.</summary>
public sealed class WorkedExampleTests
{
    private const decimal GapBase = 150m;
    private const decimal GapTop = 60.0m;

    private static readonly Recipe Embodiment4 = RecipeFiles.Read("embodiment-4");
    private static readonly SiteParameters Site = Embodiment4.Site;
    private static readonly decimal Beta = GapPlanner.Beta(Embodiment4.Slurry(SubLayer.Top)!, Site);

    // Measured: least, mean and greatest Base; Top follows from it.
    private static readonly ThicknessProfile Base = Profiles.Base(LayerState.Dried, 30.2m, 31.7m, 33.5m);

    private static readonly ThicknessProfile Top = Profiles.Top(
        LayerState.Dried, [.. Base.Points.Select(static p => Beta * (GapTop - p.Thickness.Value))]);

    [Test]
    public void Coat1_AtAGapOf150_IsWetAndDryAsPrinted()
    {
        Assert.That($"{Site.Coating.WetFilmFactor * GapBase:0.0}", Is.EqualTo("90.0"));
        Assert.That(
            $"{GapPlanner.Gain(Embodiment4.Slurry(SubLayer.Base)!, Site) * GapBase:0.0}", Is.EqualTo("31.8"));
        Assert.That($"{Base.Mean.Value:0.0}", Is.EqualTo("31.8"));
    }

    [Test]
    public void Coat2_AtAGapOf60_HasTheTopAsPrinted()
    {
        Assert.That($"{Beta:0.0000}", Is.EqualTo("0.1885"));
        Assert.That($"{GapTop - Base.Max.Value:0.0}", Is.EqualTo("26.5"));
        Assert.That($"{Top.Min.Value:0.00}", Is.EqualTo("4.99"));
        Assert.That($"{Top.Mean.Value:0.00}", Is.EqualTo("5.31"));
        Assert.That($"{Top.Max.Value:0.00}", Is.EqualTo("5.62"));
    }

    [Test]
    public void Ratio_DriedAndPressed_IsAsPrinted()
    {
        ThicknessProfile pressedBase = Base.PredictPressed(Site.Base);
        ThicknessProfile pressedTop = Top.PredictPressed(Site.Top);

        Assert.That($"{ThicknessRatio.Of(Base, Top).Value:0.00}", Is.EqualTo("6.71"));
        Assert.That($"{pressedBase.Max.Value:0.00}", Is.EqualTo("22.60"));
        Assert.That($"{pressedTop.Min.Value:0.00}", Is.EqualTo("3.01"));
        Assert.That($"{ThicknessRatio.Of(pressedBase, pressedTop).Value:0.00}", Is.EqualTo("7.52"));
        Assert.That($"{GapPlanner.PressingFactor(Site):0.000}", Is.EqualTo("1.121"));
        Assert.That($"{9.5m * GapPlanner.PressingFactor(Site):0.00}", Is.EqualTo("10.65"), "as coated 1:9.5");
    }

    [Test]
    public void MassAndPorosity_DriedAndPressed_AreAsPrinted()
    {
        SlurryComposition below = SlurryComposition.Of(Embodiment4.Slurry(SubLayer.Base)!, Site.Densities);
        SlurryComposition above = SlurryComposition.Of(Embodiment4.Slurry(SubLayer.Top)!, Site.Densities);
        decimal baseMass = Porosity.ArealMass(Base.Mean, Site.Base.Before, below.SolidsDensity).Value;
        decimal topMass = Porosity.ArealMass(Top.Mean, Site.Top.Before, above.SolidsDensity).Value;
        decimal silver = ((baseMass * below.SilverPercentOfDry) + (topMass * above.SilverPercentOfDry)) / 100m;
        LayerSolids[] solids =
            [new(new(baseMass), below.SolidsDensity), new(new(topMass), above.SolidsDensity)];
        decimal dried = Base.Mean.Value + Top.Mean.Value;
        decimal pressed = Base.PredictPressed(Site.Base).Mean.Value + Top.PredictPressed(Site.Top).Mean.Value;

        Assert.That($"{baseMass:0.00} + {topMass:0.00}", Is.EqualTo("3.13 + 0.40"));
        Assert.That($"{silver:0.000}", Is.EqualTo("0.818"));
        Assert.That($"{100m * Porosity.OfWhole([.. solids], new(dried)):0.0}", Is.EqualTo("58.5"));

        // 37.451 %, printed as 37.4: the description rounds its thicknesses before it divides them.
        Assert.That(100m * Porosity.OfWhole([.. solids], new(pressed)), Is.EqualTo(37.4m).Within(0.052m));
    }
}
