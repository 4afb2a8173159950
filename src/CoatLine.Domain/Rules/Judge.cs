using System.Collections.Immutable;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Rules;

/// <summary>Turns a rule and a number into a check. The one place where a limit meets a value.</summary>
internal static class Judge
{
    private const int ShownDecimals = 4;

    /// <summary>Judges a value; null means that there is none of good quality.</summary>
    public static RuleCheck Value(RuleDefinition rule, string subject, decimal? value) => value is decimal number
        ? Ratio(rule, subject, number, 1m)
        : NotMeasured(rule, subject, "has no value of good quality");

    /// <summary>Judges numerator/denominator without forming the quotient.</summary>
    public static RuleCheck Ratio(RuleDefinition rule, string subject, decimal numerator, decimal denominator)
    {
        decimal value = numerator / denominator;
        if (!rule.Limits.ContainsRatio(numerator, denominator))
        {
            Verdict verdict = rule.Tier == RuleTier.Hard ? Verdict.Fail : Verdict.Advisory;
            return Check(rule, subject, value, verdict, $"is outside {LimitOf(rule)}");
        }

        if (rule.Preferred.Length > 0 && !rule.Preferred[0].ContainsRatio(numerator, denominator))
        {
            string preferred = rule.Preferred[0].Describe(rule.Symbol, rule.Unit);
            string says = $"is inside {LimitOf(rule)}, outside preferred {preferred}";
            return Check(rule, subject, value, Verdict.Advisory, says);
        }

        return Check(rule, subject, value, Verdict.Pass, $"is inside {LimitOf(rule)}");
    }

    /// <summary>Judges a value that need not have been measured: then it is a note, no obstacle.</summary>
    public static RuleCheck Optional(RuleDefinition rule, string subject, decimal? value) => value is decimal number
        ? Ratio(rule, subject, number, 1m)
        : Check(rule, subject, null, Verdict.Advisory, $"is not measured, which is allowed; limit {LimitOf(rule)}");

    /// <summary>Judges a material or a method by the words of the rule; null means that it is not known.</summary>
    public static RuleCheck Word(RuleDefinition rule, string subject, string? word)
    {
        if (word is null)
        {
            return rule.Tier == RuleTier.Hard
                ? NotMeasured(rule, subject, "is not known")
                : Check(rule, subject, null, Verdict.Advisory, $"is not known; limit {LimitOf(rule)}");
        }

        bool Holds(ImmutableArray<string> words) => words.Contains(word, StringComparer.OrdinalIgnoreCase);
        return !Holds(rule.Words)
            ? Check(
                rule,
                subject,
                null,
                rule.Tier == RuleTier.Hard ? Verdict.Fail : Verdict.Advisory,
                $"'{word}' is not {LimitOf(rule)}")
            : rule.PreferredWords.IsEmpty || Holds(rule.PreferredWords)
                ? Check(rule, subject, null, Verdict.Pass, $"'{word}' is {LimitOf(rule)}")
                : Check(
                    rule,
                    subject,
                    null,
                    Verdict.Advisory,
                    $"'{word}' is {LimitOf(rule)}, not preferred {string.Join(", ", rule.PreferredWords)}");
    }

    /// <summary>A failure that is no matter of a number alone.</summary>
    public static RuleCheck Failed(RuleDefinition rule, string subject, decimal? value, string says) =>
        Check(rule, subject, value, Verdict.Fail, says);

    /// <summary>A rule that could not be judged.</summary>
    public static RuleCheck NotMeasured(RuleDefinition rule, string subject, string says) =>
        Check(rule, subject, null, Verdict.NotMeasured, $"{says}; limit {LimitOf(rule)}");

    /// <summary>A check with a verdict already taken.</summary>
    public static RuleCheck Check(RuleDefinition rule, string subject, decimal? value, Verdict verdict, string says)
    {
        string number = value is decimal v ? " " + UnitText.Of(Shown(rule.Limits, v), rule.Unit) : string.Empty;
        string where = subject.Length == 0 ? string.Empty : $" ({subject})";
        string message = $"{rule.Id} {rule.Title}{number}{where} {says} ({rule.Source})";
        return new RuleCheck(
            rule.Id, rule.Title, subject, value, rule.Unit, LimitOf(rule), verdict, rule.Source, message);
    }

    /// <summary>The limit in words.</summary>
    public static string LimitOf(RuleDefinition rule) => rule.Words.IsEmpty
        ? rule.Limits.Describe(rule.Symbol, rule.Unit)
        : "one of " + string.Join(", ", rule.Words);

    // A value just outside a limit must not be shown rounded onto it.
    private static decimal Shown(Bounds limits, decimal value)
    {
        decimal rounded = Math.Round(value, ShownDecimals, MidpointRounding.ToEven);
        return limits.Contains(rounded) == limits.Contains(value) ? rounded : value;
    }
}
