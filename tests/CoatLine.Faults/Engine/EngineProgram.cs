using System.Globalization;

namespace CoatLine.Faults.Engine;

/// <summary>The command <c>faults engine</c>.</summary>
internal static class EngineProgram
{
    /// <summary>Runs it; gives 0 when nothing was found, 1 when something was, 2 for wrong usage.</summary>
    public static async Task<int> RunAsync(string[] options, string usage)
    {
        if (!TryOptions(options, out int seeds, out ulong? only))
        {
            await Console.Error.WriteLineAsync(usage);
            return 2;
        }

        EngineReport report = only is { } seed
            ? await EngineFaults.RunOneAsync(seed)
            : await EngineFaults.RunAsync(seeds, stride: 1);
        if (only is not null)
        {
            SeedResult result = report.Seeds[0];
            Console.WriteLine($"{result.Schedule}\nended {result.End}\ntrace {result.Trace}");
            Console.WriteLine(string.Join('\n', result.LastFacts));
        }

        foreach (string line in report.Findings().Concat(report.Table()))
        {
            Console.WriteLine(line);
        }

        return report.Held ? 0 : 1;
    }

    private static bool TryOptions(string[] options, out int seeds, out ulong? only)
    {
        (seeds, only) = (EngineFaults.DefaultSeeds, null);
        for (int i = 0; i < options.Length; i += 2)
        {
            if (i + 1 == options.Length
                || !ulong.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            {
                return false;
            }

            switch (options[i])
            {
                case "--seeds" when number is > 0 and <= int.MaxValue:
                    seeds = (int)number;
                    break;
                case "--seed":
                    only = number;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
