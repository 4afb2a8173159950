using System.Diagnostics;

namespace CoatLine.Faults.Engine;

/// <summary>
/// The campaign against the batch engine: no physical action happens twice, none is lost, no fact is lost.
/// </summary>
internal static class EngineFaults
{
    public const int DefaultSeeds = 1000;

    /// <summary>Sweeps both scenarios, then runs the seeds from 1 on.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="stride">Every which point of the sweeps is killed at.</param>
    public static async Task<EngineReport> RunAsync(int seeds, int stride)
    {
        long began = Stopwatch.GetTimestamp();
        int workers = Environment.ProcessorCount;
        SweepResult[] sweeps =
        [
            await CrashSweep.RunAsync(Scenario.OneSheet, stride, workers),
            await CrashSweep.RunAsync(Scenario.TwoSheetsOneQuestion, stride, workers),
        ];
        var results = new SeedResult[seeds];
        await Parallel.ForAsync(
            0,
            seeds,
            new ParallelOptions { MaxDegreeOfParallelism = workers },
            async (i, _) => results[i] = await SeededRun.RunAsync((ulong)i + 1));
        return new EngineReport(sweeps, results, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Runs one schedule again.</summary>
    public static async Task<EngineReport> RunOneAsync(ulong seed)
    {
        long began = Stopwatch.GetTimestamp();
        SeedResult result = await SeededRun.RunAsync(seed);
        return new EngineReport([], [result], Stopwatch.GetElapsedTime(began));
    }
}
