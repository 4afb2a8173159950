using System.Globalization;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;
using CoatLine.Simulator.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Bench.Engine;

/// <summary>Two batches on one simulated line, one after the other and at once: line time until both have ended, and
/// whether a unit ever had two phases, by the machine's own log.</summary>
internal static class TwoBatchesBench
{
    private const double Speed = 3000;
    private const string RecipeName = "embodiment-4.yaml";

    public static async Task RunAsync(EngineBenchOptions options)
    {
        Console.WriteLine(Text($"Two batches on one simulated line, speed {Speed}"));
        TimeSpan after = await RunAsync(options, atOnce: false);
        TimeSpan atOnce = await RunAsync(options, atOnce: true);
        Console.WriteLine(Text($"at once takes {atOnce / after:0.00} of the time"));
    }

    private static async Task<TimeSpan> RunAsync(EngineBenchOptions options, bool atOnce)
    {
        string folder = Directory.CreateDirectory(Path.Combine(options.Folder, Path.GetRandomFileName())).FullName;
        try
        {
            await using BenchLine line = await BenchLine.StartAsync(folder, Speed, new ReactionTrace());
            using Journal journal = Journal.Open(Path.Combine(folder, "journal.db"), History.Line, line.Time);
            var engine = new BatchEngine(journal, line.Line, line.Time, NullLogger<BatchEngine>.Instance);
            string yaml = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "recipes", RecipeName));
            Recipe recipe = RecipeFile.Read(yaml, RecipeName).Recipe!;
            DateTimeOffset began = line.Time.GetUtcNow();
            string[] batches = [.. Enumerable.Range(0, 2).Select(_ => engine.CreateBatch(recipe, yaml).Batch!)];
            List<BatchOutcome> outcomes = [];
            if (atOnce)
            {
                outcomes.AddRange(await Task.WhenAll(
                    batches.Select(b => engine.RunAsync(b, CancellationToken.None))));
            }
            else
            {
                foreach (string batch in batches)
                {
                    outcomes.Add(await engine.RunAsync(batch, CancellationToken.None));
                }
            }

            TimeSpan took = line.Time.GetUtcNow() - began;
            Console.WriteLine(Text($"{(atOnce ? "at once" : "one after the other"),-22} {took.TotalHours,6:0.00} h, ")
                + Text($"{outcomes.Count(o => o is BatchWasReleased)} of 2 released, ")
                + Text($"units with two phases at once: {DoubleBooked(line.Log)}"));
            foreach (BatchOutcome outcome in outcomes.Where(o => o is not BatchWasReleased))
            {
                Console.WriteLine($"  {outcome}");
            }

            return took;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>How often a phase began at a unit before the one before had ended there.</summary>
    private static int DoubleBooked(IReadOnlyList<SimulatorLogEntry> log) => log
        .GroupBy(e => e.Unit)
        .Sum(unit => unit.Zip(unit.Skip(1)).Count(
            pair => pair is { First.What: LogWhat.Started, Second.What: LogWhat.Started }));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
