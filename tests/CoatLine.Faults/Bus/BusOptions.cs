using System.Globalization;

namespace CoatLine.Faults.Bus;

/// <summary>What the command line asks of the campaign against broker, database and the two ends.</summary>
internal sealed record BusOptions
{
    public const int DefaultSeeds = 20_000;

    /// <summary>Schedules of the simulation; 0 to leave it out.</summary>
    public int Seeds { get; private init; } = DefaultSeeds;

    /// <summary>The one schedule to run and show instead of everything.</summary>
    public ulong? Seed { get; private init; }

    /// <summary>Only faults whose name has this in it; every one when null.</summary>
    public string? Only { get; private init; }

    /// <summary>Whether the real servers are left out.</summary>
    public bool IsSimulatedOnly { get; private init; }

    /// <summary>Reads it; null for wrong usage.</summary>
    public static BusOptions? TryParse(string[] words)
    {
        var options = new BusOptions();
        for (int i = 0; i < words.Length; i++)
        {
            string? value = i + 1 < words.Length ? words[i + 1] : null;
            bool isNumber = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number);
            switch (words[i])
            {
                case "--simulated-only":
                    options = options with { IsSimulatedOnly = true };
                    continue;
                case "--seeds" when isNumber && number <= int.MaxValue:
                    options = options with { Seeds = (int)number };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    break;
                case "--only" when value is not null:
                    options = options with { Only = value };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }
}
