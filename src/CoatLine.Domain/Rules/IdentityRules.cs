namespace CoatLine.Domain.Rules;

/// <summary>S08: what is scanned is what the step expects. Nothing and nobody lets this rule be broken.</summary>
public static class IdentityRules
{
    /// <summary>Judges a scan.</summary>
    /// <param name="step">What it is for, e.g. <c>coat 1</c>.</param>
    /// <param name="expected">The code that the step expects.</param>
    /// <param name="scanned">The code read, exact in every character; null when nothing was read.</param>
    public static RuleCheck Check(string step, string expected, string? scanned)
    {
        if (scanned is null)
        {
            return Judge.NotMeasured(RuleCatalogue.Identity, step, $"was not read; {expected} is expected");
        }

        bool same = string.Equals(expected, scanned, StringComparison.Ordinal);
        return same
            ? Judge.Value(RuleCatalogue.Identity, $"{step}: {scanned}", 0m)
            : Judge.Failed(RuleCatalogue.Identity, step, 1m, $"'{scanned}' was scanned, {expected} is expected");
    }
}
