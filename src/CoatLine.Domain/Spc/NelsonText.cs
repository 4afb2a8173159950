namespace CoatLine.Domain.Spc;

/// <summary>Nelson's tests in words.</summary>
public static class NelsonText
{
    /// <summary>The pattern that a test sees, without its number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the eight.</exception>
    public static string Of(NelsonRule rule) => rule switch
    {
        NelsonRule.BeyondLimit => "a point beyond the control limit",
        NelsonRule.NineOnOneSide => "nine in a row on one side of the centre",
        NelsonRule.SixInOneDirection => "six in a row rising, or falling",
        NelsonRule.FourteenInTurn => "fourteen in a row up and down in turn",
        NelsonRule.TwoOfThreeBeyondTwo => "two of three beyond 2σ on one side",
        NelsonRule.FourOfFiveBeyondOne => "four of five beyond 1σ on one side",
        NelsonRule.FifteenWithinOne => "fifteen in a row within 1σ",
        NelsonRule.EightBeyondOne => "eight in a row, none within 1σ",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "not one of Nelson's tests"),
    };
}
