using CoatLine.Domain.Spc;

namespace CoatLine.Plots.Tests;

public sealed class ControlChartPictureTests
{
    private const int Alarm = 0xA50F15;

    // Twenty that zigzag, then one far off.
    private static readonly double[] Jump = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 1.85 : 1.95), 2.40];

    [Test]
    public void Chart_OfLots_NamesCentreLimitsAndRatios()
    {
        string svg = Draw(Samples.Chart(Jump));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(svg, Does.Contain("ln R, dried: control chart of 21 lots").And.Not.Contain("provisional"));
            Assert.That(svg, Does.Contain("ln R, dried (–)").And.Contain("moving range (–)"));

            // Nineteen steps of 0.10 and one of 0.45 make MR̄ 0.1175; the mean is 1.9238.
            Assert.That(svg, Does.Contain("centre 1.924 (R 6.85)"));
            Assert.That(svg, Does.Contain("upper limit 2.236 (R 9.36)").And.Contain("lower limit 1.611 (R 5.01)"));
            Assert.That(svg, Does.Contain("lot, in the order of making").And.Contain("B-1"));
        }
    }

    [Test]
    public void Chart_WithASignal_MarksAndNamesIt()
    {
        ControlChartView view = Samples.Chart(Jump);

        Assert.That(view.Signals.Select(s => (s.Rule, s.Lot, s.Chart)), Is.EqualTo(new[]
        {
            (NelsonRule.BeyondLimit, "B-21", ChartPart.Location), (NelsonRule.BeyondLimit, "B-21", ChartPart.Range),
        }));
        Assert.That(Draw(view), Does.Contain("1 = a point beyond the control limit"));
        Assert.That(PngImage.Read(ControlChartPicture.Draw(view, PictureFormat.Png)).Count(Alarm), Is.Positive);
    }

    [Test]
    public void Chart_WithoutASignal_HasNoMark()
    {
        ControlChartView view = Samples.Chart(Jump[..20]);

        Assert.That(Draw(view), Does.Contain("No signal.").And.Not.Contain("Squares"));
        Assert.That(PngImage.Read(ControlChartPicture.Draw(view, PictureFormat.Png)).Count(Alarm), Is.Zero);
    }

    [TestCase(19, true)]
    [TestCase(20, false)]
    public void Chart_OfFewerThanTwentyLots_IsProvisional(int lots, bool provisional) =>
        Assert.That(
            Draw(Samples.Chart(Jump[..lots])).Contains("provisional", StringComparison.Ordinal),
            Is.EqualTo(provisional));

    [Test]
    public void Chart_OfAnyLots_DrawsNoSpecification()
    {
        // The limits of R30 on ln R are 1.609 and 2.303: far outside of what is drawn, and never named as limits.
        string svg = Draw(Samples.Chart(Jump));

        Assert.That(svg, Does.Contain("What is allowed is not drawn."));
        Assert.That(svg, Does.Not.Contain("1.609").And.Not.Contain("2.303").And.Not.Contain("R 10"));
    }

    [Test]
    public void Chart_OfSites_NamesTheirNumberAndBothLimitsOfTheRange()
    {
        Subgroup[] sheets = [.. Enumerable.Range(0, 22).Select(static i =>
            new Subgroup($"B-{i}", [.. Enumerable.Range(0, 9).Select(k => 31.5 + (((i * 5) + (k * 3)) % 7 * 0.2))]))];
        Assert.That(SubgroupLimits.TryOf(sheets, out SubgroupLimits? limits, out string? refusal), refusal);

        string svg = Draw(ControlChartView.Subgroups("Base thickness by site", "µm", sheets, limits!, []));

        Assert.That(svg, Does.Contain("mean of 9 sites (µm)").And.Contain("range of 9 sites (µm)"));
        Assert.That(svg.Split("lower limit"), Has.Length.EqualTo(3), "of means and, from seven sites on, ranges");
    }

    [Test]
    public void Chart_OfEqualValues_CanBeDrawn() =>
        Assert.That(Draw(Samples.Chart(1.9, 1.9, 1.9)), Does.Contain("No signal."));

    [Test]
    public void Chart_WithNotes_HasThemBelowItsTitle() =>
        Assert.That(
            Draw(Samples.Chart(1.9, 1.8) with { Notes = ["1 lot left out: B-7 waived."] }),
            Does.Contain("1 lot left out: B-7 waived."));

    private static string Draw(ControlChartView view) =>
        Samples.Words(ControlChartPicture.Draw(view, PictureFormat.Svg));
}
