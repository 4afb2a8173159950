using System.Diagnostics;
using System.Globalization;

namespace CoatLine.Faults.Bus.Simulation;

/// <summary>Many schedules.</summary>
internal static class BusSimulation
{
    private const int MostFindings = 10;

    /// <summary>Runs seeds 1 to N, or one, and prints what they came to; true when nothing was found.</summary>
    public static bool Run(int seeds, ulong? only)
    {
        long began = Stopwatch.GetTimestamp();
        List<SimulatedResult> results = only is { } seed
            ? [new SimulatedRun(seed).Run()]
            : [.. Enumerable.Range(1, seeds).AsParallel().Select(static s => new SimulatedRun((ulong)s).Run())];
        foreach (SimulatedResult result in results.Where(r => r.Wrong.Count > 0).Take(MostFindings))
        {
            Console.WriteLine(Text($"FOUND with seed {result.Seed}: {string.Join(' ', result.Fired)}"));
            foreach (string wrong in result.Wrong)
            {
                Console.WriteLine("  " + wrong);
            }

            Console.WriteLine(Text($"again: ./ops/faults bus --seed {result.Seed}"));
        }

        Console.WriteLine(Text($"simulated schedules {results.Count}, wrong {results.Count(r => r.Wrong.Count > 0)}, ")
            + Text($"facts sent {results.Sum(r => r.Sent)}, committed {results.Sum(r => r.Committed)}, ")
            + Text($"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
        foreach (SimulatedFault fault in Enum.GetValues<SimulatedFault>())
        {
            Console.WriteLine(Text($"  {fault,-26} {results.Sum(r => r.Fired.Count(f => f == fault))} times"));
        }

        return results.All(r => r.Wrong.Count == 0);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
