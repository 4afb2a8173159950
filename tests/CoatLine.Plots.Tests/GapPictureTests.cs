using CoatLine.Domain.Planning;

namespace CoatLine.Plots.Tests;

public sealed class GapPictureTests
{
    private const int Permitted = 0xE6EDF5;
    private const int Guarded = 0xC3D3E6;

    [Test]
    public void Gap_OfTheWorkedExample_NamesWindowLimitsAndProposal()
    {
        string svg = Draw(Samples.Gap);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(svg, Does.Contain("Window 58.8–61.8 µm above the foil; proposed 60.1 µm: R 6.68 dried, 7.49"));
            Assert.That(svg, Does.Contain("58.8 µm").And.Contain("61.8 µm"));
            Assert.That(svg, Does.Contain("53.4 µm").And.Contain("69.1 µm"));
            Assert.That(svg, Does.Contain("proposed 60.1 µm, R 6.68"));
            Assert.That(svg, Does.Contain("RU 8.92").And.Contain("R30 greatest: 10").And.Contain("R30 least: 5 = RL"));
            Assert.That(svg, Does.Contain("z 4 (Cpk 1.33)"));
            Assert.That(svg, Does.Contain("gap of coat 2, H2 above the foil (µm)"));
        }
    }

    [Test]
    public void Gap_InItsPicture_HasAWindowAndAWiderFieldWithoutGuard()
    {
        PngImage image = PngImage.Read(GapPicture.Draw(Samples.Gap, PictureFormat.Png));

        Assert.That(image.Count(Guarded), Is.GreaterThan(5_000));
        Assert.That(image.Count(Permitted), Is.GreaterThan(5_000));
    }

    [Test]
    public void Gap_ThatIsInfeasible_SaysSoAndHasNoWindow()
    {
        string svg = Draw(Samples.NoGap);
        PngImage image = PngImage.Read(GapPicture.Draw(Samples.NoGap, PictureFormat.Png));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(svg, Does.Contain("no permissible gap").And.Contain("No window is drawn"));
            Assert.That(svg, Does.Contain("No permissible gap: with u 0.1200 and z 3 the guard bands of"));
            Assert.That(svg, Does.Not.Contain("proposed").And.Not.Contain("Window "));
            Assert.That(image.Count(Guarded), Is.Zero);
            Assert.That(image.Count(Permitted), Is.Zero);
        }
    }

    [Test]
    public void Gap_FromAnUnfitGauge_HasNoWindowEither()
    {
        GapView view = Samples.Gap with { Forbidden = "S03 thickness gauge class ± 5 µm is outside c ≤ 0.5 µm" };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Draw(view), Does.Contain("No gap is permissible: S03").And.Not.Contain("proposed"));
            Assert.That(PngImage.Read(GapPicture.Draw(view, PictureFormat.Png)).Count(Guarded), Is.Zero);
        }
    }

    [Test]
    public void Gap_AskedAbout_IsMarkedWithItsVerdict()
    {
        string svg = Draw(Samples.Gap with { Asked = new(55m) });

        Assert.That(svg, Does.Contain("asked 55.0 µm"));
        Assert.That(svg, Does.Contain("55 µm refused: R 8.27 dried, 9.27 pressed keeps R30"));
    }

    [Test]
    public void Gap_WhereTheBladeWouldTouchTheBase_CanBeAskedAbout() =>
        Assert.That(Draw(Samples.Gap with { Asked = new(33.5m) }), Does.Contain("the blade would touch the Base"));

    [Test]
    public void Gap_OnTheCoatedSurface_NamesItsDatum()
    {
        GapQuestion question = Samples.Question with { Datum = BladeDatum.CoatedSurface };

        string svg = Draw(new GapView("e", GapPlanner.SelfConsistent(question), Samples.Site.Planning));

        Assert.That(svg, Does.Contain("above the coated Base (µm)"));
    }

    private static string Draw(GapView view) => Samples.Words(GapPicture.Draw(view, PictureFormat.Svg));
}
