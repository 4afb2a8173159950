using System.Text.RegularExpressions;
using CoatLine.Domain.Rules;

namespace CoatLine.Architecture.Tests;

[TestFixture]
internal sealed partial class RuleSourceTests
{
    [Test]
    public void Catalogue_EveryRule_CitesItsSource() =>
        Assert.That(RuleCatalogue.All.Where(static r => !Cites(r)).Select(static r => r.Id), Is.Empty);

    [Test]
    public void Catalogue_AsItStands_HoldsTheRulesOfTheRecipes()
    {
        string[] needed =
        [
            "R01", "R02", "R03", "R04", "R05", "R06", "R08", "R09", "R10", "R11", "R12", "R30", "R31", "R33", "R34",
            "R35", "R36", "R37", "R38", "R60",
        ];

        Assert.That(needed, Is.SubsetOf(RuleCatalogue.All.Select(static r => r.Id)));
    }

    [TestCase("R99", "common knowledge")]
    [TestCase("R99", "")]
    [TestCase("R99", "site mixing", Description = "only a site rule may rest on a site parameter alone")]
    public void Citation_OfNothing_IsSeen(string id, string source) =>
        Assert.That(Cites(RuleCatalogue.TwoCarbons with { Id = id, Source = source }), Is.False);

    private static bool Cites(RuleDefinition rule) =>
        Paragraph().IsMatch(rule.Source) || (rule.Id.StartsWith('S') && Site().IsMatch(rule.Source));

    [GeneratedRegex(@"\[\d{4}\]|cl\.\d")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"^site \w")]
    private static partial Regex Site();
}
