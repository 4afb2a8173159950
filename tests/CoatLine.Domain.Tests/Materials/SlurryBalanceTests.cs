using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Materials;

public sealed class SlurryBalanceTests
{
    private const string Batch = "B-2026-0001";

    private static readonly Recipe Recipe = RecipeFiles.Read("embodiment-4");

    [Test]
    public void WetMass_OfTheWorkedExample_IsFilmTimesAreaTimesDensity()
    {
        // Coat 1: 0.60 · 150 µm = 90 µm on 200 cm² are 1.8 cm³ at 1.22 g/cm³, and a tenth of it on the blade.
        Assert.That(
            SlurryBalance.WetMass(new(150m), new(200m), new(1.22m), Recipe.Site.Coating).Value,
            Is.EqualTo(2.196m * 1.1m));
    }

    [TestCase("embodiment-1", 11)]
    [TestCase("embodiment-4", 10)]
    public void SheetsPossible_OfARecipe_IsThatOfItsScarcestSlurry(string recipe, int sheets)
    {
        Assert.That(
            SlurryBalance.SheetsPossible(RecipeFiles.Read(recipe), SiteParameters.Default), Is.EqualTo(sheets));
    }

    [Test]
    public void SheetsPossible_WithALargerDeadVolume_IsLess()
    {
        SiteParameters site = SiteParameters.Default;
        SiteParameters wasteful = site with { Coating = site.Coating with { JarDeadVolume = new(5.9m) } };

        Assert.That(SlurryBalance.SheetsPossible(Recipe, wasteful), Is.Zero, "5.9 cm³ are all but 6.80 g of Top");
    }

    [Test]
    public void Fresh_OfTop_ReckonsWithTheThickestTopThatTheRatioAllows()
    {
        SlurryBalance top = SlurryBalance.Fresh(Recipe, Recipe.Slurry(SubLayer.Top)!, Recipe.Site);

        // Base 31.8 µm dried, a fifth of it for Top, β 0.1885: 33.8 µm clearance, 20.3 µm wet on 200 cm² at 1.157.
        Assert.That(top.PerSheet.Value, Is.EqualTo(0.469m * 1.1m).Within(0.001m));
        Assert.That(top.Dead.Value, Is.EqualTo(1.157m).Within(0.001m));
        Assert.That(top.Left.Value, Is.EqualTo(6.8m - top.Dead.Value));
    }

    [Test]
    public void Balance_OfABatch_CountsWhatWasWeighedAndDrawn()
    {
        BatchEvent[] facts =
        [
            Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 25m, "A"),
            Delivery.Weighed(Batch, SubLayer.Base, "nmp", 5.1m, "B", dilution: true),
            Delivery.Weighed(Batch, SubLayer.Top, "cb-40", 6m, "A"),
            Delivery.Coated(Batch, SubLayer.Base, "S-1"),
            Delivery.Coated(Batch, SubLayer.Base, "S-2"),
            Profile("S-1", 30m, 34m),
            Delivery.Coated(Batch, SubLayer.Top, "S-1", gap: 60m),
        ];

        SlurryBalance lower = SlurryBalance.Of(Recipe, SubLayer.Base, facts);
        SlurryBalance top = SlurryBalance.Of(Recipe, SubLayer.Top, facts);

        Assert.That(lower.WeighedIn.Value, Is.EqualTo(30.1m));
        Assert.That(lower.Drawn.Value, Is.EqualTo(2m * lower.PerSheet.Value));
        Assert.That(lower.SheetsLeft, Is.EqualTo(9));
        Assert.That(top.WeighedIn.Value, Is.EqualTo(6m));

        // 60 µm above the foil, 28 µm above the mean of Base.
        Assert.That(top.Drawn.Value, Is.EqualTo(1.1m * 0.6m * 0.0028m * 200m * 1.157m).Within(0.0005m));
    }

    [Test]
    public void Balance_WhereBaseWasNotMeasured_CountsTheWholeGap()
    {
        BatchEvent[] facts =
        [
            Delivery.Weighed(Batch, SubLayer.Top, "cb-40", 6.8m, "A"),
            Delivery.Coated(Batch, SubLayer.Top, "S-1", gap: 60m),
        ];

        Assert.That(
            SlurryBalance.Of(Recipe, SubLayer.Top, facts).Drawn.Value,
            Is.EqualTo(1.1m * 0.6m * 0.0060m * 200m * 1.157m).Within(0.001m));
    }

    [Test]
    public void Balance_OfASlurryMadeAgain_IsThatOfTheNewJar()
    {
        BatchEvent[] facts =
        [
            Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 30m, "A"),
            Delivery.Coated(Batch, SubLayer.Base, "S-1"),
            Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 29m, "A") with { Container = "J-2" },
        ];

        SlurryBalance balance = SlurryBalance.Of(Recipe, SubLayer.Base, facts);

        Assert.That((balance.WeighedIn.Value, balance.Drawn.Value), Is.EqualTo((29m, 0m)));
    }

    [Test]
    public void Balance_OverdrawnOrOfAnEmptyJar_HasNothingLeft()
    {
        SlurryBalance empty = SlurryBalance.Of(Recipe, SubLayer.Base, []);

        Assert.That((empty.Left.Value, empty.SheetsLeft), Is.EqualTo((0m, 0)));
        Assert.That(
            () => SlurryBalance.Of(RecipeFiles.Read("embodiment-1"), SubLayer.Top, []),
            Throws.ArgumentException);
    }

    private static ProfileRegistered Profile(string sheet, params decimal[] thickness) => new(
        Batch,
        "profile/" + sheet,
        default,
        SubLayer.Base,
        LayerState.Dried,
        sheet,
        "G-1",
        0.5m,
        0m,
        Delivery.Now.AddDays(1),
        [.. thickness.Select((t, i) => new MeasuredPoint(i + 1, 10m, 10m, t))])
    {
        StartedAt = Delivery.Now,
        EndedAt = Delivery.Now,
    };
}
