using System.Globalization;
using CoatLine.Faults.Engine.Processes;

namespace CoatLine.Faults.Engine;

/// <summary>What the command line asks of the campaign against the engine.</summary>
internal sealed record EngineOptions
{
    /// <summary>Random schedules in memory; 0 to leave the sweeps out too.</summary>
    public int Seeds { get; private init; } = EngineFaults.DefaultSeeds;

    /// <summary>The one schedule in memory to run and show instead of everything.</summary>
    public ulong? Seed { get; private init; }

    /// <summary>Batches made by real processes.</summary>
    public int Processes { get; private init; } = ProcessFaults.DefaultProcesses;

    /// <summary>The one schedule of real processes to run instead of everything.</summary>
    public ulong? ProcessSeed { get; private init; }

    /// <summary>Path of <c>coatline.dll</c>; null to leave real processes out.</summary>
    public string? Program { get; private init; }

    /// <summary>Reads it; null for wrong usage.</summary>
    public static EngineOptions? TryParse(string[] words)
    {
        var options = new EngineOptions();
        for (int i = 0; i < words.Length; i += 2)
        {
            if (i + 1 == words.Length)
            {
                return null;
            }

            bool isNumber = ulong.TryParse(
                words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number);
            switch (words[i])
            {
                case "--seeds" when isNumber && number <= int.MaxValue:
                    options = options with { Seeds = (int)number };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    break;
                case "--processes" when isNumber && number <= int.MaxValue:
                    options = options with { Processes = (int)number };
                    break;
                case "--process-seed" when isNumber:
                    options = options with { ProcessSeed = number };
                    break;
                case "--program":
                    options = options with { Program = words[i + 1] };
                    break;
                default:
                    return null;
            }
        }

        return options.ProcessSeed is not null && options.Program is null ? null : options;
    }
}
