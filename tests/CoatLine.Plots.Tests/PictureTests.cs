namespace CoatLine.Plots.Tests;

/// <summary>What all pictures have in common.</summary>
public sealed class PictureTests
{
    private static readonly Dictionary<string, Func<PictureFormat, byte[]>> Pictures = new()
    {
        ["profile"] = static f => ProfilePicture.Draw(Samples.Profile, f),
        ["base alone"] = static f => ProfilePicture.Draw(Samples.Profile with { Top = null }, f),
        ["gap"] = static f => GapPicture.Draw(Samples.Gap, f),
        ["no gap"] = static f => GapPicture.Draw(Samples.NoGap, f),
        ["chart"] = static f => ControlChartPicture.Draw(Samples.Chart(1.90, 1.93, 1.88, 1.91), f),
    };

    private static string[] Names => [.. Pictures.Keys];

    [TestCaseSource(nameof(Names))]
    public void Picture_AsPng_HasItsSizeAndIsNotBlank(string name)
    {
        PngImage image = PngImage.Read(Pictures[name](PictureFormat.Png));

        Assert.That((image.Width, image.Height), Is.EqualTo((PictureFormats.WidthPx, PictureFormats.HeightPx)));
        Assert.That(image.Count(0xFFFFFF), Is.GreaterThan(200_000), "paper");
        Assert.That(image.Count(0x1A1A1A), Is.GreaterThan(2_000), "ink");
    }

    [TestCaseSource(nameof(Names))]
    public void Picture_AsSvg_HasItsSizeAndItsTextAsText(string name)
    {
        string svg = Samples.Words(Pictures[name](PictureFormat.Svg));

        Assert.That(svg, Does.Contain("<svg ").And.Contain("width=\"1200\" height=\"820\""));
        Assert.That(svg, Does.EndWith("</svg>\n").Or.EndWith("</svg>"));
        Assert.That(svg, Does.Contain("<text "));
    }

    [TestCaseSource(nameof(Names))]
    public void Picture_DrawnTwice_HasTheSameBytes(string name)
    {
        foreach (PictureFormat format in Enum.GetValues<PictureFormat>())
        {
            Assert.That(Pictures[name](format), Is.EqualTo(Pictures[name](format)), $"{format}");
        }
    }

    [TestCase("a.png", PictureFormat.Png)]
    [TestCase("dir.svg/A.PNG", PictureFormat.Png)]
    [TestCase("a.b.Svg", PictureFormat.Svg)]
    public void Format_OfAKnownExtension_IsThat(string name, PictureFormat format)
    {
        Assert.That(PictureFormats.TryParse(name, out PictureFormat? found), Is.True);
        Assert.That(found, Is.EqualTo(format));
    }

    [TestCase("a.jpg")]
    [TestCase("png")]
    [TestCase("a.png.txt")]
    [TestCase("")]
    public void Format_OfAnyOther_IsNone(string name) =>
        Assert.That(PictureFormats.TryParse(name, out _), Is.False);
}
