using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CoatLine.Domain.Spc;

/// <summary>One reading of a gauge study.</summary>
/// <param name="Part">Part number.</param>
/// <param name="Appraiser">Who measured.</param>
/// <param name="Trial">Which time, from 1.</param>
/// <param name="Value">A finite number in the unit of the gauge.</param>
public sealed record GaugeReading(int Part, string Appraiser, int Trial, double Value);

/// <summary>
/// A crossed gauge study: every appraiser measures every part as often. Ten parts, three appraisers and three trials
/// are prescribed; smaller ones serve to try out.
/// </summary>
public sealed class GaugeStudy
{
    /// <summary>Parts of a study that counts.</summary>
    public const int PrescribedParts = 10;

    /// <summary>Appraisers of a study that counts.</summary>
    public const int PrescribedAppraisers = 3;

    /// <summary>Trials of a study that counts.</summary>
    public const int PrescribedTrials = 3;

    private readonly double[,,] _values;

    private GaugeStudy(double[,,] values) => _values = values;

    /// <summary>Number of parts, 2 to 10.</summary>
    public int Parts => _values.GetLength(0);

    /// <summary>Number of appraisers, 2 to 3.</summary>
    public int Appraisers => _values.GetLength(1);

    /// <summary>Number of trials, 2 to 3.</summary>
    public int Trials => _values.GetLength(2);

    /// <summary>Whether it has the size that is prescribed.</summary>
    public bool IsPrescribed =>
        Parts == PrescribedParts && Appraisers == PrescribedAppraisers && Trials == PrescribedTrials;

    /// <summary>Puts readings in order.</summary>
    /// <param name="readings">Every part by every appraiser in every trial, once.</param>
    /// <param name="study">The study.</param>
    /// <param name="refusal">Why there is none: something is missing, twice, not finite, or too much.</param>
    public static bool TryOf(
        IReadOnlyCollection<GaugeReading> readings,
        [NotNullWhen(true)] out GaugeStudy? study,
        [NotNullWhen(false)] out string? refusal)
    {
        study = null;
        int[] parts = [.. readings.Select(r => r.Part).Distinct().Order()];
        string[] appraisers = [.. readings.Select(r => r.Appraiser).Distinct().Order(StringComparer.Ordinal)];
        int[] trials = [.. readings.Select(r => r.Trial).Distinct().Order()];
        refusal = Range("parts", parts.Length, PrescribedParts)
            ?? Range("appraisers", appraisers.Length, PrescribedAppraisers)
            ?? Range("trials", trials.Length, PrescribedTrials);
        if (refusal is not null)
        {
            return false;
        }

        ILookup<(int Part, string Appraiser, int Trial), double> found =
            readings.ToLookup(r => (r.Part, r.Appraiser, r.Trial), r => r.Value);
        double[,,] values = new double[parts.Length, appraisers.Length, trials.Length];
        for (int p = 0; p < parts.Length; p++)
        {
            for (int a = 0; a < appraisers.Length; a++)
            {
                for (int t = 0; t < trials.Length; t++)
                {
                    double[] cell = [.. found[(parts[p], appraisers[a], trials[t])]];
                    if (cell.Length != 1 || !double.IsFinite(cell[0]))
                    {
                        refusal = $"part {parts[p]}, appraiser {appraisers[a]}, trial {trials[t]}: "
                            + (cell.Length == 1 ? "no finite number" : $"{cell.Length} readings, not one");
                        return false;
                    }

                    values[p, a, t] = cell[0];
                }
            }
        }

        study = new GaugeStudy(values);
        return true;
    }

    /// <summary>Average-and-range method (AIAG MSA, factors K1, K2, K3).</summary>
    /// <param name="tolerance">Width of what is allowed, above 0; null when there is no such width.</param>
    public GaugeCapability ByRanges(double? tolerance = null)
    {
        double range = Cells().Average(c => c.Values.Max() - c.Values.Min());
        double[] byAppraiser = Means(c => c.Appraiser);
        double[] byPart = Means(c => c.Part);
        double repeatability = range * FactorTrials(Trials);
        double spread = (byAppraiser.Max() - byAppraiser.Min()) * FactorMeans(Appraisers);
        double reproducibility = Math.Sqrt(
            Math.Max(0d, (spread * spread) - (repeatability * repeatability / (Parts * Trials))));
        return new GaugeCapability(
            repeatability, reproducibility, (byPart.Max() - byPart.Min()) * FactorMeans(Parts), tolerance);
    }

    /// <summary>Analysis of variance; the interaction is pooled where it is not significant.</summary>
    public GaugeAnova Anova() => GaugeAnova.Of(Parts, Appraisers, Trials, [.. Cells()]);

    private static string? Range(string what, int found, int most) =>
        found is >= 2 && found <= most ? null : $"a study has 2 to {most} {what}, not {found}";

    private static double FactorTrials(int trials) => trials == 2 ? 0.8862 : 0.5908;

    // 1/d2* for one range of so many means.
    private static double FactorMeans(int count) => count switch
    {
        2 => 0.7071,
        3 => 0.5231,
        4 => 0.4467,
        5 => 0.4030,
        6 => 0.3742,
        7 => 0.3534,
        8 => 0.3375,
        9 => 0.3249,
        _ => 0.3146,
    };

    private double[] Means(Func<GaugeCell, int> by) =>
        [.. Cells().GroupBy(by).Select(g => g.Average(c => c.Values.Average()))];

    private IEnumerable<GaugeCell> Cells()
    {
        for (int p = 0; p < Parts; p++)
        {
            for (int a = 0; a < Appraisers; a++)
            {
                int part = p;
                int appraiser = a;
                yield return new GaugeCell(
                    part, appraiser, [.. Enumerable.Range(0, Trials).Select(t => _values[part, appraiser, t])]);
            }
        }
    }
}

/// <summary>The trials of one part by one appraiser.</summary>
internal sealed record GaugeCell(int Part, int Appraiser, ImmutableArray<double> Values);
