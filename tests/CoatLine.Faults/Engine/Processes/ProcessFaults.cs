using System.Diagnostics;
using System.Globalization;

namespace CoatLine.Faults.Engine.Processes;

/// <summary>Part (c) of the campaign: the real program, killed for real.</summary>
internal static class ProcessFaults
{
    public const int DefaultProcesses = 20;

    /// <summary>Runs under way at once: each is two processes.</summary>
    private const int AtOnce = 2;

    /// <summary>Runs the seeds from 1 on, or one seed.</summary>
    /// <param name="program">Path of <c>coatline.dll</c>.</param>
    /// <param name="processes">How many runs.</param>
    /// <param name="only">The one seed to run instead.</param>
    public static async Task<ProcessReport> RunAsync(string program, int processes, ulong? only = null)
    {
        long began = Stopwatch.GetTimestamp();
        ulong[] seeds = only is { } one ? [one] : [.. Enumerable.Range(1, processes).Select(i => (ulong)i)];
        var results = new ProcessResult[seeds.Length];
        await Parallel.ForAsync(
            0,
            seeds.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => results[i] = await ProcessRun.RunAsync(program, seeds[i]));
        return new ProcessReport(results, Stopwatch.GetElapsedTime(began));
    }
}

/// <summary>What the runs of real processes came to.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Elapsed">How long it took, by the clock on the wall.</param>
internal sealed record ProcessReport(IReadOnlyList<ProcessResult> Runs, TimeSpan Elapsed)
{
    /// <summary>Whether nothing was found.</summary>
    public bool Held => Runs.All(r => r.Judgement.Wrong.IsEmpty);

    /// <summary>The table for people.</summary>
    public IEnumerable<string> Table()
    {
        yield return Row("real batches run", Text($"{Runs.Count}, in {Runs.Sum(r => r.Lives)} processes of the MES"));
        foreach (string line in Counted("cut", Runs.SelectMany(r => r.Done).Select(k => k.ToString())))
        {
            yield return line;
        }

        int skipped = Runs.Count(r => r.Schedule.Fills && !r.Done.Contains(CutKind.FillDisk));
        if (skipped > 0)
        {
            yield return Row("cut, FillDisk without effect, or no small disk can be mounted", Text($"{skipped}"));
        }

        foreach (string line in Counted("end", Runs.Select(r => r.End)))
        {
            yield return line;
        }

        yield return Row("mix cycles by the machines' own logs", Text($"{Runs.Sum(r => r.MixCycles)}"));
        yield return Row("double actions", Text($"{Runs.Sum(r => r.Judgement.DoubleActions)}"));
        yield return Row("lost facts", Text($"{Runs.Sum(r => r.Judgement.LostFacts)}"));
        yield return Row("runs wrong", Text($"{Runs.Count(r => !r.Judgement.Wrong.IsEmpty)}"));
        yield return Row("seconds", Text($"{Elapsed.TotalSeconds:0.0}"));
    }

    /// <summary>What was found: the seed, its schedule, what is wrong, what the program said, how to see it again.
    /// </summary>
    public IEnumerable<string> Findings()
    {
        foreach (ProcessResult run in Runs.Where(r => !r.Judgement.Wrong.IsEmpty))
        {
            yield return Text($"FOUND with processes of seed {run.Schedule.Seed}: {run.Schedule}; ended {run.End}");
            foreach (string line in run.Judgement.Wrong.Append(run.Said))
            {
                yield return "  " + line;
            }

            yield return Text($"again: ./ops/faults engine --process-seed {run.Schedule.Seed}");
        }
    }

    private static IEnumerable<string> Counted(string what, IEnumerable<string> names) => names
        .GroupBy(n => n)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => Row($"{what}, {g.Key}", Text($"{g.Count()}")));

    private static string Row(string name, string value) => $"{name,-62} {value}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
