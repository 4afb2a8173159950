using System.Globalization;

namespace CoatLine.Faults.Engine;

/// <summary>What the campaign came to.</summary>
/// <param name="Sweeps">The sweeps.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="Elapsed">How long it took, by the clock on the wall.</param>
internal sealed record EngineReport(
    IReadOnlyList<SweepResult> Sweeps, IReadOnlyList<SeedResult> Seeds, TimeSpan Elapsed)
{
    private const int MostFindings = 20;

    /// <summary>Whether nothing was found.</summary>
    public bool Held => Sweeps.All(s => s.Wrong.Count == 0) && Seeds.All(s => s.Judgement.Wrong.IsEmpty);

    /// <summary>The table for people.</summary>
    public IEnumerable<string> Table()
    {
        foreach (SweepResult sweep in Sweeps)
        {
            yield return Row($"sweep, {sweep.Name}", Text($"{sweep.Swept} of {sweep.Points} points"));
        }

        yield return Row("seeds run", Text($"{Seeds.Count}, in {Seeds.Sum(s => s.Lives)} lives of the process"));
        foreach (string line in Counted("fault", Seeds.SelectMany(s => s.Fired).Select(f => f.Kind.ToString())))
        {
            yield return line;
        }

        foreach (string line in Counted("question", Seeds.SelectMany(s => s.Questions)))
        {
            yield return line;
        }

        IEnumerable<string> ends = Sweeps
            .SelectMany(s => s.Held.Select(h => "held: " + h)
                .Concat(Enumerable.Repeat("released", s.Swept - s.Held.Count)))
            .Concat(Seeds.Select(s => s.End));
        foreach (string line in Counted("end", ends))
        {
            yield return line;
        }

        int doubles = Sweeps.Sum(s => s.DoubleActions) + Seeds.Sum(s => s.Judgement.DoubleActions);
        int lost = Sweeps.Sum(s => s.LostFacts) + Seeds.Sum(s => s.Judgement.LostFacts);
        yield return Row("double actions", Text($"{doubles}"));
        yield return Row("lost facts", Text($"{lost}"));
        yield return Row("seeds and points wrong", Text(
            $"{Seeds.Count(s => !s.Judgement.Wrong.IsEmpty) + Sweeps.Sum(s => s.Wrong.Count)}"));
        yield return Row("seconds", Text($"{Elapsed.TotalSeconds:0.0}"));
    }

    /// <summary>What was found: the seed, its schedule, what is wrong, the last facts, how to see it again.</summary>
    public IEnumerable<string> Findings()
    {
        foreach (string wrong in Sweeps.SelectMany(s => s.Wrong).Take(MostFindings))
        {
            yield return "FOUND " + wrong;
        }

        foreach (SeedResult seed in Seeds.Where(s => !s.Judgement.Wrong.IsEmpty).Take(MostFindings))
        {
            yield return Text($"FOUND with seed {seed.Schedule.Seed}: {seed.Schedule}; ended {seed.End}");
            foreach (string line in seed.Judgement.Wrong.Concat(seed.LastFacts))
            {
                yield return "  " + line;
            }

            yield return Text($"again: ./ops/faults engine --seed {seed.Schedule.Seed}");
        }
    }

    private static IEnumerable<string> Counted(string what, IEnumerable<string> names) => names
        .GroupBy(n => n)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => Row($"{what}, {g.Key}", Text($"{g.Count()}")));

    private static string Row(string name, string value) => $"{name,-62} {value}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
