namespace CoatLine.Domain.Rules;

/// <summary>Short codes of the stages, as people on the line use them.</summary>
public static class RuleStages
{
    private static readonly Dictionary<RuleStage, string> Codes = new()
    {
        [RuleStage.Recipe] = "RC",
        [RuleStage.LotReceipt] = "LR",
        [RuleStage.WeighIn] = "WI",
        [RuleStage.Mixing] = "MIX",
        [RuleStage.AfterCoat1] = "C1",
        [RuleStage.AfterCoat2] = "C2",
        [RuleStage.Dried] = "D",
        [RuleStage.AfterWip] = "W",
        [RuleStage.Lab] = "LAB",
    };

    /// <summary>Every code, in the order of making.</summary>
    public static IReadOnlyCollection<string> All => Codes.Values;

    /// <summary>The code of a stage.</summary>
    public static string Code(RuleStage stage) => Codes[stage];

    /// <summary>The stage of a code, in whatever case.</summary>
    /// <param name="code">The code.</param>
    /// <param name="stage">The stage.</param>
    public static bool TryParse(string code, out RuleStage stage)
    {
        foreach ((RuleStage candidate, string known) in Codes)
        {
            if (known.Equals(code, StringComparison.OrdinalIgnoreCase))
            {
                stage = candidate;
                return true;
            }
        }

        stage = default;
        return false;
    }
}
