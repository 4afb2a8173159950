using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

public sealed class RuleCatalogueTests
{
    [TestCaseSource(typeof(RuleTable), nameof(RuleTable.Rows))]
    public void Rule_OfTheTable_IsInTheCatalogueExactlySo(RuleRow row)
    {
        RuleDefinition rule = RuleCatalogue.All.Single(r => r.Id == row.Id);

        Assert.That(rule.LimitText(), Is.EqualTo(row.Limit));
        Assert.That(rule.PreferredText(), Is.EqualTo(row.Preferred));
        Assert.That(rule.Tier, Is.EqualTo(row.Tier == "H" ? RuleTier.Hard : RuleTier.Advisory));
        foreach (string source in row.Sources == "Table 1" ? [row.Sources] : row.Sources.Split(' '))
        {
            Assert.That(rule.Source, Does.Contain(source));
        }

        // A rule may be judged at more stages than the table asks for, never at fewer.
        Assert.That(row.Stages.Split(' '), Is.SubsetOf(rule.Stages.Select(RuleStages.Code)));
    }

    [Test]
    public void Catalogue_OfTheApplication_IsTheTableAndNothingElse()
    {
        Assert.That(
            RuleCatalogue.All.Where(r => r.Id.StartsWith('R')).Select(r => r.Id),
            Is.EqualTo(RuleTable.Rows.Select(r => r.Id)));
    }

    [Test]
    public void Part_OfARule_IsARuleOfItsOwnLimit()
    {
        RuleDefinition oxygen = LaboratoryCatalogue.LayerXps.Of("oxygen");

        Assert.That(oxygen.Id, Is.EqualTo("R20"));
        Assert.That(oxygen.LimitText(), Is.EqualTo("2 ≤ O ≤ 10 at%"));
        Assert.That(() => LaboratoryCatalogue.LayerXps.Of("gold"), Throws.InvalidOperationException);
    }

    [TestCase("RC", RuleStage.Recipe)]
    [TestCase("lr", RuleStage.LotReceipt)]
    [TestCase("WI", RuleStage.WeighIn)]
    [TestCase("MIX", RuleStage.Mixing)]
    [TestCase("C1", RuleStage.AfterCoat1)]
    [TestCase("C2", RuleStage.AfterCoat2)]
    [TestCase("D", RuleStage.Dried)]
    [TestCase("W", RuleStage.AfterWip)]
    [TestCase("LAB", RuleStage.Lab)]
    public void Stage_ByItsCode_IsFoundAndNamedAlike(string code, RuleStage stage)
    {
        Assert.That(RuleStages.TryParse(code, out RuleStage found), Is.True);
        Assert.That(found, Is.EqualTo(stage));
        Assert.That(RuleStages.Code(stage), Is.EqualTo(code.ToUpperInvariant()));
        Assert.That(RuleStages.TryParse("XX", out _), Is.False);
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
