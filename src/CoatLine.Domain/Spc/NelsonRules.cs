using System.Collections.Immutable;

namespace CoatLine.Domain.Spc;

/// <summary>Nelson's eight tests for special causes (Journal of Quality Technology 16, 1984); the number is his.
/// </summary>
public enum NelsonRule
{
    /// <summary>1: a point beyond three standard deviations.</summary>
    BeyondLimit = 1,

    /// <summary>2: nine points in a row on one side of the centre.</summary>
    NineOnOneSide = 2,

    /// <summary>3: six points in a row, each above, or each below, the one before.</summary>
    SixInOneDirection = 3,

    /// <summary>4: fourteen points in a row that go up and down in turn.</summary>
    FourteenInTurn = 4,

    /// <summary>5: two of three points in a row beyond two standard deviations on one side.</summary>
    TwoOfThreeBeyondTwo = 5,

    /// <summary>6: four of five points in a row beyond one standard deviation on one side.</summary>
    FourOfFiveBeyondOne = 6,

    /// <summary>7: fifteen points in a row within one standard deviation.</summary>
    FifteenWithinOne = 7,

    /// <summary>8: eight points in a row, none within one standard deviation, on either side.</summary>
    EightBeyondOne = 8,
}

/// <summary>A test that sees a special cause.</summary>
/// <param name="Rule">The test.</param>
/// <param name="Index">Place of the point that completes the pattern, from 0.</param>
public sealed record NelsonSignal(NelsonRule Rule, int Index);

/// <summary>
/// Judges a series of points. Beyond and within are strict: a point on a line is on neither side of it. A process
/// without any spread has no zones and gives no signal.
/// </summary>
public static class NelsonRules
{
    private const int RunOnOneSide = 9;
    private const int RunInOneDirection = 6;
    private const int RunInTurn = 14;
    private const int RunWithinOne = 15;
    private const int RunBeyondOne = 8;

    /// <summary>The tests that are on unless a chart says otherwise: 1, 2, 3, 5 and 6.</summary>
    public static ImmutableArray<NelsonRule> Default { get; } =
    [
        NelsonRule.BeyondLimit, NelsonRule.NineOnOneSide, NelsonRule.SixInOneDirection,
        NelsonRule.TwoOfThreeBeyondTwo, NelsonRule.FourOfFiveBeyondOne,
    ];

    /// <summary>Judges every point with every test given.</summary>
    /// <param name="values">Values in the order of making.</param>
    /// <param name="limits">Control limits with a centre and a spread.</param>
    /// <param name="rules">The tests.</param>
    /// <returns>Signals by point, then by test.</returns>
    public static ImmutableArray<NelsonSignal> Judge(
        IReadOnlyList<double> values, ControlLimits limits, ImmutableArray<NelsonRule> rules)
    {
        if (!(limits.Sigma > 0d))
        {
            return [];
        }

        double[] z = [.. values.Select(v => (v - limits.Centre) / limits.Sigma)];
        ImmutableArray<NelsonRule> ordered = [.. rules.Distinct().Order()];
        return
        [
            .. Enumerable.Range(0, z.Length)
                .SelectMany(last => ordered
                    .Where(rule => Shows(rule, z.AsSpan(0, last + 1)))
                    .Select(rule => new NelsonSignal(rule, last))),
        ];
    }

    private static bool Shows(NelsonRule rule, ReadOnlySpan<double> z) => rule switch
    {
        NelsonRule.BeyondLimit => Math.Abs(z[^1]) > 3d,
        NelsonRule.NineOnOneSide => All(z, RunOnOneSide, v => v > 0d) || All(z, RunOnOneSide, v => v < 0d),
        NelsonRule.SixInOneDirection => Steps(z, RunInOneDirection, d => d[0] * d[1] > 0d),
        NelsonRule.FourteenInTurn => Steps(z, RunInTurn, d => d[0] * d[1] < 0d),
        NelsonRule.TwoOfThreeBeyondTwo => Most(z, 2, 3, 2d),
        NelsonRule.FourOfFiveBeyondOne => Most(z, 4, 5, 1d),
        NelsonRule.FifteenWithinOne => All(z, RunWithinOne, v => Math.Abs(v) < 1d),
        NelsonRule.EightBeyondOne => All(z, RunBeyondOne, v => Math.Abs(v) > 1d),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "not one of Nelson's tests"),
    };

    private static bool All(ReadOnlySpan<double> z, int run, Func<double, bool> holds)
    {
        if (z.Length < run)
        {
            return false;
        }

        foreach (double value in z[^run..])
        {
            if (!holds(value))
            {
                return false;
            }
        }

        return true;
    }

    // Holds when every two neighbouring steps of the run stand to each other as asked.
    private static bool Steps(ReadOnlySpan<double> z, int run, Func<double[], bool> holds)
    {
        if (z.Length < run)
        {
            return false;
        }

        ReadOnlySpan<double> points = z[^run..];
        for (int i = 2; i < points.Length; i++)
        {
            if (!holds([points[i - 1] - points[i - 2], points[i] - points[i - 1]]))
            {
                return false;
            }
        }

        return true;
    }

    // The point that completes the pattern is itself beyond, so that one pattern is not reported again and again.
    private static bool Most(ReadOnlySpan<double> z, int wanted, int run, double sigmas)
    {
        double side = Math.Sign(z[^1]);
        if (z.Length < wanted || !(side * z[^1] > sigmas))
        {
            return false;
        }

        int found = 0;
        foreach (double value in z[^Math.Min(run, z.Length)..])
        {
            found += side * value > sigmas ? 1 : 0;
        }

        return found >= wanted;
    }
}
