using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Recipes;

public sealed class SiteParametersTests
{
    private const string OlderHash = "4a2f6a892560937b5d6a5698fabb8c16275bb50318b46a1e4d25169287ea0796";

    private static readonly string Yaml = RecipeFiles.Text("site");

    [Test]
    public void Default_IsTheFileOfTheRepository()
    {
        Assert.That(
            SiteFile.Read(Yaml, "site.yaml").Site!.ContentHash, Is.EqualTo(SiteParameters.Default.ContentHash));
    }

    [Test]
    public void Default_HasTheDecidedValues()
    {
        SiteParameters site = SiteParameters.Default;

        Assert.That(site.Id, Is.EqualTo("site-1"));
        Assert.That(site.Coating.BladeGapBase.Value, Is.EqualTo(150m));
        Assert.That(site.Coating.WetFilmFactor, Is.EqualTo(0.60m));
        Assert.That(site.Pressing.Pressure.Value, Is.EqualTo(490m));
        Assert.That(site.Pressing.Dwell.Value, Is.EqualTo(1800m));
        Assert.That(site.Weighing.BinderSolution, Is.EqualTo(0.005m));
        Assert.That(site.Planning.PlanningZ, Is.EqualTo(4m));
        Assert.That(site.PotLife(SubLayer.Base).Value, Is.EqualTo(4m * 3600m));
        Assert.That(site.PotLife(SubLayer.Top).Value, Is.EqualTo(2m * 3600m));
        Assert.That(site.Drying.ResidualFinal, Is.EqualTo(0.0005m));
    }

    [TestCase(SubLayer.Base, 0.6745)]
    [TestCase(SubLayer.Top, 0.6018)]
    public void ThicknessFactor_OfTable1_HasThePrintedDigits(SubLayer layer, decimal factor)
    {
        Assert.That(SiteParameters.Default.Porosity(layer).ThicknessFactor, Is.EqualTo(factor).Within(0.00005m));
    }

    [Test]
    public void EveryValue_CarriesAMark()
    {
        SiteParameters site = SiteParameters.Default;

        Assert.That(site.Marks, Has.Count.EqualTo(62));
        Assert.That(site.Marks["top.porosity_after"], Is.EqualTo(ValueMark.Computed));
        Assert.That(site.Marks["coating.blade_gap_base"], Is.EqualTo(ValueMark.Estimate));
        Assert.That(site.Marks["mixing.speed_tolerance"], Is.EqualTo(ValueMark.Trade));
    }

    [TestCase("{ value: 100 mm, mark: T }", "{ value: 9 mm, mark: T }", "coating.width.value", "10 ≤")]
    [TestCase("{ value: 1 cm³, mark: E }", "{ value: 101 cm3, mark: E }", "coating.jar_dead_volume.value", "100 cm³")]
    [TestCase("{ value: 1.10, mark: E }", "{ value: 0.99, mark: E }", "coating.draw_factor.value", "1 ≤")]
    [TestCase("{ value: 150 µm, mark: E }", "{ value: 150 µm }", "coating.blade_gap_base.mark", "missing")]
    [TestCase("{ value: 150 µm, mark: E }", "{ value: 150, mark: E }", "coating.blade_gap_base.value", "no unit")]
    [TestCase("{ value: 150 µm, mark: E }", "{ value: 0 µm, mark: E }", "coating.blade_gap_base.value", "0 <")]
    [TestCase("{ value: 150 µm, mark: E }", "150 µm", "coating.blade_gap_base", "keys with values")]
    [TestCase("{ value: 9, mark: E }", "{ value: 9.5, mark: E }", "measuring.profile_points", "whole number")]
    [TestCase("drying:", "baking:", "drying", "missing")]
    public void Read_OfABadValue_NamesTheField(string oldText, string newText, string path, string says)
    {
        Assert.That(Yaml, Does.Contain(oldText));
        var (site, errors) = SiteFile.Read(Yaml.Replace(oldText, newText, StringComparison.Ordinal), "site.yaml");

        Assert.That(site, Is.Null);
        Assert.That(errors.First(e => e.Path == path).Message, Does.Contain(says));
    }

    [Test]
    public void Read_OfASetOlderThanTheStatistics_KeepsItsHashAndTakesWhatWasInForce()
    {
        string older = WithoutJar(Yaml[..Yaml.IndexOf("statistics:", StringComparison.Ordinal)]);
        var (site, errors) = SiteFile.Read(older, "site.yaml");

        Assert.That(errors, Is.Empty);
        Assert.That(site!.Marks, Has.Count.EqualTo(53));
        Assert.That(site.ContentHash, Is.EqualTo(OlderHash), "a batch pinned under it must still be readable");
        Assert.That(site.Statistics, Is.EqualTo(SiteParameters.Default.Statistics));
    }

    [Test]
    public void Read_OfASetOlderThanTheJar_TakesWhatIsInForceNow()
    {
        var (site, errors) = SiteFile.Read(WithoutJar(Yaml), "site.yaml");

        Assert.That(errors, Is.Empty);
        Assert.That(site!.Coating, Is.EqualTo(SiteParameters.Default.Coating));
        Assert.That(site.Pressing, Is.EqualTo(SiteParameters.Default.Pressing));
        Assert.That(site.ContentHash, Is.Not.EqualTo(SiteParameters.Default.ContentHash));
    }

    [TestCase("150 um")]
    [TestCase("150 \u03bcm")]
    [TestCase("150.0 µm")]
    public void Read_OfAnotherSpelling_GivesTheSameSet(string text)
    {
        var (site, errors) = SiteFile.Read(Yaml.Replace("150 µm", text, StringComparison.Ordinal), "site.yaml");

        Assert.That(errors, Is.Empty);
        Assert.That(site!.ContentHash, Is.EqualTo(SiteParameters.Default.ContentHash));
    }

    private static string WithoutJar(string yaml) => string.Join('\n', yaml.Split('\n').Where(
        l => !l.StartsWith("  width:", StringComparison.Ordinal)
            && !l.StartsWith("  jar_dead_volume:", StringComparison.Ordinal)
            && !l.StartsWith("  draw_factor:", StringComparison.Ordinal)
            && !l.StartsWith("  press_within:", StringComparison.Ordinal)));
}
