using System.Globalization;
using System.Text.RegularExpressions;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Rules;

/// <summary>
/// Every numeric limit of the table, read from its own words and not from the catalogue, judged at the limit and one
/// unit of the last digit to either side.
/// </summary>
public sealed partial class RuleLimitTests
{
    // The last digit that a recipe or a tag can carry: twenty digits in all.
    private const decimal Ulp = 0.000_000_000_000_000_000_1m;

    [TestCaseSource(nameof(Ends))]
    public void Rule_AtAndBesideALimitOfTheTable_IsJudgedAsTheTableHasIt(RuleEnd end)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsInside(end.Rule, end.Limit), Is.EqualTo(end.Inclusive), "at the limit");
            Assert.That(IsInside(end.Rule, end.Limit - (end.Sign * Ulp)), Is.False, "outside");
            Assert.That(IsInside(end.Rule, end.Limit + (end.Sign * Ulp)), Is.EqualTo(!end.Exact), "inside");
        }
    }

    [Test]
    public void Table_AsItStands_HasEveryEndOfEveryNumericRule()
    {
        Assert.That(Ends().Select(static e => e.Rule.Id).Distinct().Count(), Is.EqualTo(
            RuleTable.Rows.Count(static r => r.Limit.Any(char.IsAsciiDigit) && Limit().IsMatch(r.Limit))));
        Assert.That(Ends().Count(), Is.GreaterThan(60));
    }

    private static bool IsInside(RuleDefinition rule, decimal value)
    {
        Verdict verdict = Judge.Value(rule, "ulp", value).Verdict;

        // Of an advisory rule an advisory may also mean "not preferred"; then its limit has the word.
        return rule.Tier == RuleTier.Hard ? verdict != Verdict.Fail
            : rule.Preferred.IsEmpty ? verdict == Verdict.Pass
            : rule.Limits.Contains(value);
    }

    private static IEnumerable<RuleEnd> Ends()
    {
        foreach (RuleRow row in RuleTable.Rows)
        {
            RuleDefinition rule = RuleCatalogue.All.Single(r => r.Id == row.Id);
            string[] numeric = [.. row.Limit.Split("; ").Where(static t => Limit().IsMatch(t))];
            for (int i = 0; i < numeric.Length; i++)
            {
                RuleDefinition part = rule.Parts.Length > 0 ? rule.Of(rule.Parts[i].Title) : rule;
                foreach (RuleEnd end in Read(part, Limit().Match(numeric[i])))
                {
                    yield return end;
                }
            }
        }
    }

    private static IEnumerable<RuleEnd> Read(RuleDefinition rule, Match match)
    {
        if (match.Groups["low"].Success)
        {
            yield return new RuleEnd(rule, Number(match, "low"), 1, match.Groups["from"].Value == "≤", Exact: false);
        }

        string relation = match.Groups["to"].Value;
        decimal limit = Number(match, "high");
        if (relation is "≥" or ">" or "=")
        {
            yield return new RuleEnd(rule, limit, 1, relation != ">", relation == "=");
        }

        if (relation is "≤" or "<" or "=")
        {
            yield return new RuleEnd(rule, limit, -1, relation != "<", relation == "=");
        }
    }

    private static decimal Number(Match match, string group) =>
        decimal.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<low>[0-9.]+) (?<from>[≤<]) )?(?<symbol>\p{L}+) (?<to>[≤<≥>=]) (?<high>[0-9.]+)")]
    private static partial Regex Limit();

    /// <summary>One end of a limit.</summary>
    /// <param name="Rule">The rule, or its part.</param>
    /// <param name="Limit">The limit.</param>
    /// <param name="Sign">Which way is inside: 1 upwards, −1 downwards.</param>
    /// <param name="Inclusive">Whether the limit itself is allowed.</param>
    /// <param name="Exact">Whether nothing but the limit is.</param>
    public sealed record RuleEnd(RuleDefinition Rule, decimal Limit, int Sign, bool Inclusive, bool Exact)
    {
        public override string ToString() => FormattableString.Invariant(
            $"{Rule.Id} {Rule.Title} {(Sign > 0 ? "from" : "to")} {Limit}{(Inclusive ? "" : ", exclusive")}");
    }
}
