using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CsCheck;

namespace CoatLine.Domain.Tests.Quality;

public sealed class ThicknessTests
{
    [Test]
    public void Ratio_OfMixedStates_IsRefused()
    {
        bool formed = ThicknessRatio.TryOf(
            Profiles.Base(LayerState.Dried, 33m),
            Profiles.Top(LayerState.Pressed, 3m),
            out ThicknessRatio? ratio,
            out string? refusal);

        Assert.That(formed, Is.False);
        Assert.That(ratio, Is.Null);
        Assert.That(refusal, Is.EqualTo("a dried thickness cannot be combined with a pressed one"));
    }

    [Test]
    public void Ratio_OfMixedStatesForcedThrough_Throws()
    {
        Assert.That(
            () => ThicknessRatio.Of(Profiles.Base(LayerState.Wet, 90m), Profiles.Top(LayerState.Dried, 5m)),
            Throws.ArgumentException.With.Message.Contains("wet thickness"));
    }

    [Test]
    public void Ratio_IsThickestBaseOverThinnestTop_NotARatioOfMeans()
    {
        ThicknessRatio ratio = ThicknessRatio.Of(
            Profiles.Base(LayerState.Dried, 30.2m, 33.5m, 31m), Profiles.Top(LayerState.Dried, 5.62m, 4.99m, 5.3m));

        Assert.That(ratio.Value, Is.EqualTo(6.71m).Within(0.005m));
        Assert.That((ratio.BasePoint.Id, ratio.TopPoint.Id), Is.EqualTo((2, 2)));
    }

    [Test]
    public void Ratio_WithoutTopAtAPoint_IsRefusedNamingThePoint()
    {
        ThicknessRatio.TryOf(
            Profiles.Base(LayerState.Dried, 30m, 31m), Profiles.Top(LayerState.Dried, 5m, 0m), out _, out var refusal);

        Assert.That(refusal, Is.EqualTo("Top has 0 µm at point 2: there is no ratio"));
    }

    [Test]
    public void Ratio_OfSwappedLayers_IsRefused()
    {
        Assert.That(
            () => ThicknessRatio.Of(Profiles.Top(LayerState.Dried, 5m), Profiles.Base(LayerState.Dried, 30m)),
            Throws.ArgumentException);
    }

    [TestCase(1, 0, "point 2 lies at another place in the other profile")]
    [TestCase(0, 1, "point 2 is only in one of the profiles")]
    public void Subtract_OfUnregisteredPoints_IsRefusedNamingThePoint(int moved, int renumbered, string says)
    {
        ThicknessProfile total = Profiles.Total(LayerState.Dried, 36m, 37m);
        ThicknessProfile below = new(
            SubLayer.Base,
            LayerState.Dried,
            [new(1, 0m, 0m, new(31m)), new(2 + renumbered, 10m + moved, 0m, new(32m))]);

        Assert.That(ThicknessProfile.TrySubtract(total, below, out _, out string? refusal), Is.False);
        Assert.That(refusal, Is.EqualTo(says));
    }

    [Test]
    public void Subtract_OfAnotherNumberOfPoints_IsRefused()
    {
        Assert.That(
            ThicknessProfile.TrySubtract(
                Profiles.Total(LayerState.Dried, 36m, 37m),
                Profiles.Base(LayerState.Dried, 31m),
                out _,
                out string? refusal),
            Is.False);
        Assert.That(refusal, Is.EqualTo("2 points are not registered with 1"));
    }

    [Test]
    public void Subtract_OfPointsInAnotherOrder_GoesById()
    {
        ThicknessProfile total = Profiles.Total(LayerState.Dried, 36m, 38m);
        ThicknessProfile below = new(
            SubLayer.Base, LayerState.Dried, [new(2, 10m, 0m, new(32.5m)), new(1, 0m, 0m, new(31m))]);

        ThicknessProfile top = ThicknessProfile.Subtract(total, below);

        Assert.That(top.Layer, Is.EqualTo(SubLayer.Top));
        Assert.That(top.State, Is.EqualTo(LayerState.Dried));
        Assert.That(top.Points.Select(p => (p.Id, p.Thickness.Value)), Is.EqualTo(new[] { (1, 5m), (2, 5.5m) }));
    }

    [Test]
    public void Profile_WithAPointTwiceOrNoneOrTooMany_IsRefused()
    {
        ProfilePoint point = new(1, 0m, 0m, new(30m));

        Assert.That(() => new ThicknessProfile(null, LayerState.Dried, []), Throws.ArgumentException);
        Assert.That(
            () => new ThicknessProfile(null, LayerState.Dried, [point, point]),
            Throws.ArgumentException.With.Message.Contains("point 1 is in the profile twice"));
        Assert.That(
            () => Profiles.Total(LayerState.Dried, new decimal[ThicknessProfile.MaxPoints + 1]),
            Throws.ArgumentException);
        Assert.That(Profiles.Total(LayerState.Dried, new decimal[ThicknessProfile.MaxPoints]).Max.Value, Is.Zero);
    }

    [Test]
    public void Pressing_OfTheWorkedExample_MultipliesTheRatioBy1Point121()
    {
        SiteParameters site = SiteParameters.Default;
        ThicknessProfile below = Profiles.Base(LayerState.Dried, 33.5m).PredictPressed(site.Base);
        ThicknessProfile above = Profiles.Top(LayerState.Dried, 4.99m).PredictPressed(site.Top);

        Assert.That(below.Max.Value, Is.EqualTo(22.60m).Within(0.005m));
        Assert.That(above.Min.Value, Is.EqualTo(3.00m).Within(0.01m));
        Assert.That(ThicknessRatio.Of(below, above).Value, Is.EqualTo(7.52m).Within(0.005m));
        Assert.That(() => below.PredictPressed(site.Base), Throws.InvalidOperationException);
    }

    [Test]
    public void Uncertainty_OfTheWorkedExample_Is4Point3Percent()
    {
        ThicknessRatio ratio = ThicknessRatio.Of(
            Profiles.Base(LayerState.Dried, 33.5m), Profiles.Top(LayerState.Dried, 5m));

        Assert.That(ratio.RelativeUncertainty(0.15m), Is.EqualTo(0.043).Within(0.0005));
    }

    [Test]
    public void PressedSplit_OfAnyThicknesses_KeepsTheMeasuredTotalAndThePredictedProportion()
    {
        SiteParameters site = SiteParameters.Default;
        Gen<decimal> um = Gen.Int[10, 9000].Select(hundredths => hundredths / 100m);
        Gen.Select(um, um, um).Holds((below, above, total) =>
        {
            ThicknessProfile dried = Profiles.Base(LayerState.Dried, below);
            ThicknessProfile top = Profiles.Top(LayerState.Dried, above);
            PressedSplit split = PressedSplit.Of(Profiles.Total(LayerState.Pressed, total), dried, top, site);
            decimal expected = below * site.Base.ThicknessFactor / (above * site.Top.ThicknessFactor);
            decimal got = split.Base.Max.Value / split.Top.Min.Value;
            return split.Base.Max.Value + split.Top.Max.Value == total
                && split.Base.State == LayerState.Pressed
                && split.Top.State == LayerState.Pressed
                && Math.Abs(got - expected) <= 1e-12m * expected;
        });
    }

    [Test]
    public void PressedSplit_OfADriedTotal_IsRefused()
    {
        bool split = PressedSplit.TryOf(
            Profiles.Total(LayerState.Dried, 38m),
            Profiles.Base(LayerState.Dried, 33m),
            Profiles.Top(LayerState.Dried, 5m),
            SiteParameters.Default,
            out _,
            out string? refusal);

        Assert.That(split, Is.False);
        Assert.That(refusal, Is.EqualTo("what is split is the pressed total"));
    }

    [Test]
    public void Porosity_OfAnyLayer_IsTheInverseOfItsArealMass()
    {
        Gen.Select(Gen.Int[1, 1000], Gen.Int[0, 99], Gen.Int[100, 2500]).Holds((tenthUm, percent, density) =>
        {
            Micrometres thickness = new(tenthUm / 10m);
            GramsPerCubicCentimetre solids = new(density / 100m);
            decimal porosity = percent / 100m;
            MilligramsPerSquareCentimetre mass = Porosity.ArealMass(thickness, porosity, solids);
            return Math.Abs(Porosity.Of(mass, thickness, solids) - porosity) < 1e-20m;
        });
    }

    [Test]
    public void Porosity_OfNoThickness_HasNoMeaning()
    {
        Assert.That(
            () => Porosity.Of(new(3m), new(0m), new(2.3m)), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
