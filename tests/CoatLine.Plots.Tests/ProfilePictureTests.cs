using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Plots.Tests;

public sealed class ProfilePictureTests
{
    private const int Permitted = 0xE6EDF5;
    private const int Guarded = 0xC3D3E6;

    [Test]
    public void Profile_OfTheWorkedExample_NamesItsNumbers()
    {
        string svg = Draw(Samples.Profile);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(svg, Does.Contain("B-2026-0001: thickness across the sheet, dried"));
            Assert.That(svg, Does.Contain("max(Base) 33.5 µm at point 5, min(Top) 4.99 µm at point 5: R = 6.71 dried"));
            Assert.That(svg, Does.Contain("7.52 expected after pressing"));
            Assert.That(svg, Does.Contain("max 33.5 µm, point 5").And.Contain("min 4.99 µm, point 5"));
            Assert.That(svg, Does.Contain("Top, thickness (µm)").And.Contain("Base, thickness (µm)"));
            Assert.That(svg, Does.Contain("position across the coat (mm)"));
            Assert.That(svg, Does.Contain("10 mm along").And.Contain("90 mm along"));
        }
    }

    [Test]
    public void Profile_OfTheWorkedExample_HasTheBandThatTheBasePermits()
    {
        string svg = Draw(Samples.Profile);

        using (Assert.EnterMultipleScope())
        {
            // 33.5/5, 33.5/10 and 33.5/8.92; the guard band is e^(1.645 u) with u 4.3 %.
            Assert.That(svg, Does.Contain("6.70 µm: R 5"));
            Assert.That(svg, Does.Contain("3.35 µm: R 10"));
            Assert.That(svg, Does.Contain("3.75 µm: R 8.92 (10 pressed)"));
            Assert.That(svg, Does.Contain("R 5.36 with guard"));
        }
    }

    [Test]
    public void Profile_PrintedInGrey_StillTellsTheBandsApart()
    {
        PngImage image = PngImage.Read(ProfilePicture.Draw(Samples.Profile, PictureFormat.Png));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(image.Count(Permitted), Is.GreaterThan(10_000));
            Assert.That(image.Count(Guarded), Is.GreaterThan(10_000));
            Assert.That(255d - PngImage.Grey(Permitted), Is.GreaterThan(15d));
            Assert.That(PngImage.Grey(Permitted) - PngImage.Grey(Guarded), Is.GreaterThan(15d));
        }
    }

    [Test]
    public void Profile_OfThePressedState_ExpectsNothingMore()
    {
        ThicknessProfile below = Samples.Base.PredictPressed(Samples.Site.Base);
        ThicknessProfile top = Samples.Top.PredictPressed(Samples.Site.Top);

        string svg = Draw(new ProfileView("B-1", below, top, Samples.Site));

        Assert.That(svg, Does.Contain("R = 7.52 pressed; R30").And.Not.Contain("expected"));
        Assert.That(svg, Does.Not.Contain("(10 pressed)"));
    }

    [Test]
    public void Profile_OfTheBaseAlone_HasNoBandAndNoRatio()
    {
        ProfileView view = Samples.Profile with { Top = null };

        Assert.That(Draw(view), Does.Contain("No Top is measured").And.Not.Contain("R =").And.Not.Contain("guard"));
        Assert.That(PngImage.Read(ProfilePicture.Draw(view, PictureFormat.Png)).Count(Guarded), Is.Zero);
    }

    [Test]
    public void Profile_WithoutTopSomewhere_SaysWhyThereIsNoRatio()
    {
        ThicknessProfile bare = new(
            SubLayer.Top,
            LayerState.Dried,
            [.. Samples.Top.Points.Select(static p => p.Id == 3 ? p with { Thickness = new(0m) } : p)]);

        string svg = Draw(Samples.Profile with { Top = bare });

        Assert.That(svg, Does.Contain("Top has 0 µm at point 3: there is no ratio").And.Not.Contain("R ="));
    }

    [Test]
    public void Profile_WithMorePointsAlong_IsDrawnAlong()
    {
        ThicknessProfile longer = new(
            SubLayer.Base,
            LayerState.Dried,
            [.. Enumerable.Range(0, 15).Select(static i =>
                new ProfilePoint(i + 1, 10 + (40 * (i % 3)), 10 + (60 * (i / 3)), new(31m + (i * 0.1m))))]);

        string svg = Draw(new ProfileView("B-1", longer, null, Samples.Site));

        Assert.That(svg, Does.Contain("position along the coat (mm)").And.Contain("50 mm across"));
    }

    [Test]
    public void Profile_OfPointsInNoGrid_IsMarkersWithoutLines()
    {
        ThicknessProfile scattered = new(
            SubLayer.Base,
            LayerState.Dried,
            [.. Enumerable.Range(0, 9).Select(static i => new ProfilePoint(i + 1, 7 * i, 11 * i, new(31m + i)))]);

        Assert.That(Draw(new ProfileView("B-1", scattered, null, Samples.Site)), Does.Not.Contain("Lines:"));
    }

    [Test]
    public void Profile_OfOnePoint_CanBeDrawn()
    {
        ThicknessProfile one = new(SubLayer.Base, LayerState.Dried, [new(1, 0m, 0m, new(31m))]);

        Assert.That(Draw(new ProfileView("B-1", one, null, Samples.Site)), Does.Contain("max 31.0 µm, point 1"));
    }

    private static string Draw(ProfileView view) => Samples.Words(ProfilePicture.Draw(view, PictureFormat.Svg));
}
