using System.Diagnostics;
using CoatLine.Faults.Bus.Simulation;

namespace CoatLine.Faults.Bus;

/// <summary>The command <c>faults bus</c>.</summary>
internal static class BusProgram
{
    /// <summary>Every fault on real servers.</summary>
    public static IEnumerable<BusScenario> Scenarios =>
        [.. BrokerFaults.All, .. DatabaseFaults.All, .. EndFaults.All, .. MessageFaults.All];

    /// <summary>Runs it; gives 0 when nothing was found, 1 when something was, 2 for wrong usage.</summary>
    public static async Task<int> RunAsync(string[] words, string usage)
    {
        if (BusOptions.TryParse(words) is not { } options)
        {
            await Console.Error.WriteLineAsync(usage);
            return 2;
        }

        bool held = true;
        if (!options.IsSimulatedOnly && options.Seed is null)
        {
            held &= await RealAsync(options);
        }

        if (options.Seed is not null || (options.Seeds > 0 && options.Only is null))
        {
            held &= BusSimulation.Run(options.Seeds, options.Seed);
        }

        return held ? 0 : 1;
    }

    private static async Task<bool> RealAsync(BusOptions options)
    {
        await using BusServers servers = await BusServers.StartAsync();
        long began = Stopwatch.GetTimestamp();
        var results = new List<BusResult>();
        Console.WriteLine(BusResult.Head);
        foreach (BusScenario scenario in Scenarios.Where(s => options.Only is not { } only
            || s.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            BusResult result = await scenario.JudgeAsync(servers);
            results.Add(result);
            Console.WriteLine(result.Row);
            foreach (string wrong in result.Wrong)
            {
                Console.WriteLine("  FOUND " + wrong);
            }
        }

        var all = new BusResult(
            $"all {results.Count} faults (recovery: the longest)",
            results.Sum(r => r.Sent),
            results.Sum(r => r.Committed),
            results.Sum(r => r.Duplicated),
            results.Sum(r => r.Lost),
            results.Select(r => r.Recovery).DefaultIfEmpty().Max(),
            [.. results.SelectMany(r => r.Wrong)]);
        Console.WriteLine(all.Row);
        Console.WriteLine(FormattableString.Invariant(
            $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; bound of recovery {BusRig.RecoverWithin}"));
        return all.Held;
    }
}
