using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

public sealed class RuleCatalogueTests
{
    [TestCase("R01", "n ≥ 2")]
    [TestCase("R02", "1.2 ≤ r ≤ 4")]
    [TestCase("R03", "5 ≤ d < 50 nm")]
    [TestCase("R04", "50 ≤ d ≤ 90 nm")]
    [TestCase("R05", "10 ≤ Δ ≤ 50 nm")]
    [TestCase("R06", "d < 100 nm")]
    [TestCase("R08", "0.2 ≤ x ≤ 0.8")]
    [TestCase("R09", "m > 0 g")]
    [TestCase("R10", "n = 0")]
    [TestCase("R11", "10 < x ≤ 50 wt%")]
    [TestCase("R12", "x ≥ 50 wt%")]
    [TestCase("R30", "5 ≤ R ≤ 10")]
    [TestCase("R31", "n = 0")]
    [TestCase("R33", "1 ≤ t ≤ 100 µm")]
    [TestCase("R34", "0.05 ≤ x ≤ 5 mg/cm²")]
    [TestCase("R35", "ε ≤ 40 %")]
    [TestCase("R36", "Sa < 0.1 µm")]
    [TestCase("R37", "Sz < 1 µm")]
    [TestCase("R38", "n ≥ 3")]
    [TestCase("R60", "n = 12")]
    public void Rule_HasTheLimitOfTheSource(string id, string limit)
    {
        RuleDefinition rule = RuleCatalogue.All.Single(r => r.Id == id);

        Assert.That(rule.Limits.Describe(rule.Symbol, rule.Unit), Is.EqualTo(limit));
    }

    [Test]
    public void EveryRule_HasItsOwnIdACitationAndAStage()
    {
        Assert.That(RuleCatalogue.All.Select(r => r.Id), Is.Unique);
        Assert.That(RuleCatalogue.All.Select(r => r.Id), Has.All.Match("^[RS][0-9]{2}$"));
        foreach (RuleDefinition rule in RuleCatalogue.All)
        {
            Assert.That(rule.Source, Does.Match(@"\[0[0-9]{3}\]").Or.StartWith("site "), rule.Id);
            Assert.That(rule.Stages, Is.Not.Empty, rule.Id);
            Assert.That(rule.Title, Is.Not.Empty, rule.Id);
        }
    }

    [Test]
    public void PreferredRanges_LieInsideTheLimitAndNarrow()
    {
        foreach (RuleDefinition rule in RuleCatalogue.All)
        {
            Bounds outer = rule.Limits;
            foreach (Bounds preferred in rule.Preferred)
            {
                Assert.That(Low(preferred), Is.GreaterThanOrEqualTo(Low(outer)), rule.Id);
                Assert.That(High(preferred), Is.LessThanOrEqualTo(High(outer)), rule.Id);
                outer = preferred;
            }
        }
    }

    private static decimal Low(Bounds bounds) => bounds.Low ?? decimal.MinValue;

    private static decimal High(Bounds bounds) => bounds.High ?? decimal.MaxValue;
}
