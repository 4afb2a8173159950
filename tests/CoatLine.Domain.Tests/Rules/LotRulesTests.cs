using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

public sealed class LotRulesTests
{
    private static readonly CarbonCertificate Small = new(
        "L-1", "cb-40", CarbonRole.First, new(40m), D50Method.PrimaryParticle, ["carbon black"], true, 1.1m, 2.6m,
        null);

    private static readonly CarbonCertificate Large =
        Small with { Lot = "L-2", Material = "cb-80", Role = CarbonRole.Second, D50 = new(80m) };

    [Test]
    public void Lots_OfEmbodiment4_PassEveryRule()
    {
        RuleCheck[] checks = [.. LotRules.Check(Small), .. LotRules.Check(Large), .. LotRules.CheckPair(Small, Large)];

        Assert.That(checks.Where(c => c.Verdict != Verdict.Pass).Select(c => c.Message), Is.Empty);
        Assert.That(
            LotRules.Check(Small).Select(c => c.Rule),
            Is.EqualTo(new[] { "R03", "R06", "R15", "R15", "R16", "R17" }));
    }

    [TestCase(CarbonRole.First, 4.999, "R03", Verdict.Fail)]
    [TestCase(CarbonRole.First, 5, "R03", Verdict.Advisory)]
    [TestCase(CarbonRole.First, 49.999, "R03", Verdict.Advisory)]
    [TestCase(CarbonRole.First, 50, "R03", Verdict.Fail)]
    [TestCase(CarbonRole.First, 25, "R03", Verdict.Pass)]
    [TestCase(CarbonRole.First, 45, "R03", Verdict.Pass)]
    [TestCase(CarbonRole.First, 45.001, "R03", Verdict.Advisory)]
    [TestCase(CarbonRole.Second, 49.999, "R04", Verdict.Fail)]
    [TestCase(CarbonRole.Second, 50, "R04", Verdict.Advisory)]
    [TestCase(CarbonRole.Second, 90, "R04", Verdict.Advisory)]
    [TestCase(CarbonRole.Second, 90.001, "R04", Verdict.Fail)]
    [TestCase(CarbonRole.Other, 99.999, "R06", Verdict.Pass)]
    [TestCase(CarbonRole.Other, 100, "R06", Verdict.Fail)]
    [TestCase(CarbonRole.Second, 95, "R06", Verdict.Pass)] // not banned by R06, but fails R04
    public void Size_AtTheLimitsOfItsRole_IsJudgedWithoutRounding(
        CarbonRole role, decimal nm, string rule, Verdict verdict)
    {
        RuleCheck check = LotRules.Check(Small with { Role = role, D50 = new(nm) }).Single(c => c.Rule == rule);

        Assert.That(check.Verdict, Is.EqualTo(verdict), check.Message);
    }

    [Test]
    public void Size_FromLightScattering_IsRefusedAsNoSize()
    {
        RuleCheck[] checks =
            [.. LotRules.Check(Small with { D50 = new(180m), Method = D50Method.LightScattering })];

        Assert.That(checks.Where(c => c.Rule is "R03" or "R06").Select(c => c.Verdict),
            Has.All.EqualTo(Verdict.NotMeasured));
        Assert.That(checks[0].Message, Does.Contain("has no size of primary particles"));
    }

    [TestCase(20, 80, Verdict.Advisory, Verdict.Fail)] // ratio 4.0, difference 60
    [TestCase(45, 54, Verdict.Advisory, Verdict.Fail)] // ratio 1.2, difference 9
    [TestCase(30, 80, Verdict.Pass, Verdict.Advisory)]
    [TestCase(40, 90, Verdict.Pass, Verdict.Advisory)]
    [TestCase(45, 53.9, Verdict.Fail, Verdict.Fail)]
    [TestCase(20, 80.001, Verdict.Fail, Verdict.Fail)]
    [TestCase(40, 80, Verdict.Pass, Verdict.Pass)]
    public void Pair_AtTheLimits_IsJudgedByRatioAndDifference(
        decimal first, decimal second, Verdict ratio, Verdict difference)
    {
        RuleCheck[] checks =
            [.. LotRules.CheckPair(Small with { D50 = new(first) }, Large with { D50 = new(second) })];

        Assert.That(checks.Select(c => c.Rule), Is.EqualTo(new[] { "R02", "R05" }));
        Assert.That(checks.Select(c => c.Verdict), Is.EqualTo(new[] { ratio, difference }));
    }

    [Test]
    public void Pair_WithoutASize_IsNotMeasured()
    {
        Assert.That(
            LotRules.CheckPair(Small with { D50 = null }, Large).Select(c => c.Verdict),
            Has.All.EqualTo(Verdict.NotMeasured));
    }

    [TestCase("ketjen black", Verdict.Pass)]
    [TestCase("Graphene", Verdict.Pass)]
    [TestCase("graphite", Verdict.Fail)]
    public void Type_OutsideTheList_Fails(string type, Verdict verdict)
    {
        Assert.That(
            LotRules.Check(Small with { Types = [type] }).Where(c => c.Rule == "R15").Max(c => c.Verdict),
            Is.EqualTo(verdict));
    }

    [Test]
    public void Type_OfACombination_IsJudgedPartByPart()
    {
        RuleCheck[] checks =
            [.. LotRules.Check(Small with { Types = ["carbon black", "graphite"] }).Where(c => c.Rule == "R15")];

        Assert.That(
            checks.Select(c => c.Verdict), Is.EqualTo(new[] { Verdict.Pass, Verdict.Pass, Verdict.Fail }));
        Assert.That(checks[^1].Message, Does.Contain("'graphite' is not one of").And.Contain("[0053]"));
    }

    [TestCase(true, Verdict.Pass)]
    [TestCase(false, Verdict.Fail)]
    [TestCase(null, Verdict.NotMeasured)]
    public void Carbon_ThatIsNotAmorphous_Fails(bool? amorphous, Verdict verdict)
    {
        Assert.That(
            LotRules.Check(Small with { IsAmorphous = amorphous }).First(c => c.Rule == "R15").Verdict,
            Is.EqualTo(verdict));
    }

    [TestCase(1, Verdict.Pass)]
    [TestCase(2, Verdict.Pass)]
    [TestCase(2.001, Verdict.Advisory)]
    [TestCase(null, Verdict.Advisory)]
    public void AspectRatio_AboveTwo_IsLinearAndAnAdvisory(decimal? ratio, Verdict verdict)
    {
        Assert.That(
            LotRules.Check(Small with { AspectRatio = ratio }).Single(c => c.Rule == "R16").Verdict,
            Is.EqualTo(verdict));
    }

    [TestCase(1.999, Verdict.Advisory)]
    [TestCase(2, Verdict.Pass)]
    [TestCase(10, Verdict.Pass)]
    [TestCase(10.001, Verdict.Advisory)]
    public void Oxygen_OutsideItsRange_IsAnAdvisory(decimal percent, Verdict verdict)
    {
        Assert.That(
            LotRules.Check(Small with { OxygenAtPercent = percent }).Single(c => c.Rule == "R17").Verdict,
            Is.EqualTo(verdict));
    }

    [Test]
    public void Oxygen_NotMeasured_IsAllowedAndSaid()
    {
        RuleCheck check = LotRules.Check(Small with { OxygenAtPercent = null }).Single(c => c.Rule == "R17");

        Assert.That(check.Verdict, Is.EqualTo(Verdict.Advisory));
        Assert.That(check.Message, Does.Contain("not measured, which is allowed"));
    }

    [TestCase(24.999, "H2SO4", Verdict.Fail)]
    [TestCase(25, "H2SO4", Verdict.Pass)]
    [TestCase(60, "H2SO4 HNO3 KMnO4", Verdict.Pass)]
    [TestCase(60.001, "HNO3", Verdict.Fail)]
    [TestCase(40, "KMnO4", Verdict.Fail)]
    [TestCase(40, "HNO3 HCl", Verdict.Fail)]
    public void AcidTreatment_OnThisSite_IsHeldToBathAndTemperature(decimal degc, string reagents, Verdict verdict)
    {
        CarbonCertificate treated = Small with { Treatment = new(new(degc), [.. reagents.Split(' ')]) };

        Assert.That(
            LotRules.Check(treated).Where(c => c.Rule == "R19").Max(c => c.Verdict), Is.EqualTo(verdict));
    }

    [Test]
    public void AcidTreatment_WithoutATemperature_IsNotMeasured()
    {
        Assert.That(
            LotRules.Check(Small with { Treatment = new(null, ["HNO3"]) }).First(c => c.Rule == "R19").Verdict,
            Is.EqualTo(Verdict.NotMeasured));
    }

    [TestCase(19.999, Verdict.Advisory)]
    [TestCase(20, Verdict.Pass)]
    [TestCase(1000, Verdict.Pass)]
    [TestCase(1000.001, Verdict.Advisory)]
    [TestCase(null, Verdict.Advisory)]
    public void Silver_OutsideItsSizes_IsAnAdvisory(decimal? nm, Verdict verdict)
    {
        SilverCertificate silver = new("AG-1", nm is { } size ? new(size) : null);

        Assert.That(LotRules.Check(silver).Single().Verdict, Is.EqualTo(verdict));
    }

    [TestCase("stainless", Verdict.Pass)]
    [TestCase("Cu", Verdict.Advisory)]
    [TestCase("Cu Ni", Verdict.Advisory)]
    [TestCase("Al", Verdict.Fail)]
    [TestCase("Cu Al", Verdict.Fail)]
    [TestCase("", Verdict.NotMeasured)]
    public void Collector_OfAMetalOrAlloy_IsJudgedMetalByMetal(string metals, Verdict verdict)
    {
        CollectorCertificate roll = new("F-1", [.. metals.Split(' ', StringSplitOptions.RemoveEmptyEntries)], null);

        RuleCheck[] checks = [.. LotRules.Check(roll)];

        Assert.That(checks.Max(c => c.Verdict), Is.EqualTo(verdict));
        Assert.That(checks.Select(c => c.Rule), Has.All.EqualTo("R24"));
    }

    [TestCase("Ag", 0.999, Verdict.Advisory)]
    [TestCase("Ag", 1, Verdict.Advisory)]
    [TestCase("Ag", 5, Verdict.Pass)]
    [TestCase("Fe sulfide", 100, Verdict.Pass)]
    [TestCase("C", 500, Verdict.Advisory)]
    [TestCase("C", 500.001, Verdict.Advisory)]
    [TestCase("Au", 50, Verdict.Advisory)]
    public void Film_OnTheCollector_IsAnAdvisoryOutsideItsRange(string material, decimal nm, Verdict verdict)
    {
        CollectorCertificate roll = new("F-1", ["stainless"], new(material, new(nm)));

        Assert.That(
            LotRules.Check(roll).Where(c => c.Rule == "R25").Max(c => c.Verdict), Is.EqualTo(verdict));
    }
}
