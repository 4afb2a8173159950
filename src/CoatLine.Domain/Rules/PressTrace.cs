using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>A sample of a press cycle.</summary>
/// <param name="At">Time since the cycle began.</param>
/// <param name="Pressure">Pressure.</param>
/// <param name="Temperature">Medium temperature.</param>
public sealed record PressSample(Seconds At, Megapascals Pressure, DegreesCelsius Temperature);

/// <summary>
/// Judges the buffer of a press cycle (S05): it is whole, and it proves the dwell that the press reports. It is what is
/// left to prove the cycle by when nobody listened while it ran.
/// </summary>
public static class PressTrace
{
    /// <summary>Samples of a cycle by the tag contract, at most.</summary>
    public const int MostSamples = 1000;

    private const decimal LeastBoundS = 30m;
    private const int DistancesAllowed = 3;

    /// <summary>The longest distance between two samples, or to an end of the cycle, that is no gap: three of the
    /// distances that the fullest buffer has, and at least 30 s.</summary>
    /// <param name="cycle">Length of the cycle.</param>
    public static Seconds LongestDistance(Seconds cycle) =>
        new(Math.Max(LeastBoundS, DistancesAllowed * cycle.Value / MostSamples));

    /// <summary>Judges a buffer.</summary>
    /// <param name="trace">Its samples in order of time; not empty.</param>
    /// <param name="cycle">Length of the cycle, from Execute to its end.</param>
    /// <param name="reported">Dwell as the press reports it.</param>
    /// <param name="wanted">Bands.</param>
    /// <returns>Whether it is whole; and, where it is, whether its seconds inside both bands agree with the report
    /// within two distances. A gap makes the dwell not measured: nobody knows what was in it.</returns>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static ImmutableArray<RuleCheck> Check(
        ImmutableArray<PressSample> trace, Seconds cycle, Seconds reported, PressingParameters wanted)
    {
        if (trace.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a trace has a sample", nameof(trace));
        }

        decimal[] times = [0m, .. trace.Select(p => p.At.Value), cycle.Value];
        (decimal longest, decimal from) = times.Zip(times.Skip(1), (a, b) => (b - a, a)).Max();
        decimal least = times.Zip(times.Skip(1), (a, b) => b - a).Min();
        RuleDefinition whole = RuleCatalogue.PressCycle with
        {
            Title = "distance of press samples",
            Symbol = "Δt",
            Limits = Bounds.Between(0m, LongestDistance(cycle).Value),
        };
        if (least < 0m || !whole.Limits.Contains(longest))
        {
            return
            [
                Judge.NotMeasured(
                    whole,
                    "buffer",
                    FormattableString.Invariant($"has a gap of {longest} s from {from} s on that was not back-filled")),
            ];
        }

        decimal inBands = trace
            .Zip(trace.Skip(1), (a, b) => InBands(a, wanted) && InBands(b, wanted) ? b.At.Value - a.At.Value : 0m)
            .Sum();
        RuleDefinition proven = RuleCatalogue.PressCycle with
        {
            Title = "dwell by the press samples",
            Limits = Bounds.Between(
                Math.Max(0m, reported.Value - (2m * longest)), reported.Value + (2m * longest)),
        };
        return [Judge.Value(whole, "buffer", longest), Judge.Value(proven, "buffer", inBands)];
    }

    private static bool InBands(PressSample point, PressingParameters wanted) =>
        Math.Abs(point.Pressure.Value - wanted.Pressure.Value) <= wanted.PressureBand.Value
        && Math.Abs(point.Temperature.Value - wanted.Temperature.Value) <= wanted.TemperatureBand;
}
