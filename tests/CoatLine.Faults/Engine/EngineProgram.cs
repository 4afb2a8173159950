using CoatLine.Faults.Engine.Processes;

namespace CoatLine.Faults.Engine;

/// <summary>The command <c>faults engine</c>.</summary>
internal static class EngineProgram
{
    /// <summary>Runs it; gives 0 when nothing was found, 1 when something was, 2 for wrong usage.</summary>
    public static async Task<int> RunAsync(string[] words, string usage)
    {
        if (EngineOptions.TryParse(words) is not { } options)
        {
            await Console.Error.WriteLineAsync(usage);
            return 2;
        }

        bool isInMemory = options.Seed is not null || (options.ProcessSeed is null && options.Seeds > 0);
        bool held = !isInMemory || await InMemoryAsync(options);
        int runs = options.ProcessSeed is null ? options.Processes : 1;
        if (options is { Program: { } program, Seed: null } && runs > 0)
        {
            ProcessReport report = await ProcessFaults.RunAsync(program, runs, options.ProcessSeed);
            Write(report.Findings().Concat(report.Table()));
            if (options.ProcessSeed is not null)
            {
                Console.WriteLine($"{report.Runs[0].Schedule}\n{report.Runs[0].Said}");
            }

            held &= report.Held;
        }

        return held ? 0 : 1;
    }

    private static async Task<bool> InMemoryAsync(EngineOptions options)
    {
        EngineReport report = options.Seed is { } seed
            ? await EngineFaults.RunOneAsync(seed)
            : await EngineFaults.RunAsync(options.Seeds, stride: 1);
        if (options.Seed is not null)
        {
            SeedResult result = report.Seeds[0];
            Console.WriteLine($"{result.Schedule}\nended {result.End}\ntrace {result.Trace}");
            Write(result.LastFacts);
        }

        Write(report.Findings().Concat(report.Table()));
        return report.Held;
    }

    private static void Write(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine(line);
        }
    }
}
