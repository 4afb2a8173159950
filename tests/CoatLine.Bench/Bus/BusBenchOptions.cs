using System.Globalization;

namespace CoatLine.Bench.Bus;

/// <summary>What the command line asks for.</summary>
internal sealed record BusBenchOptions
{
    private const int MostEvents = 1_000_000;
    private const int MostRounds = 100;
    private const int MostSeconds = 3600;
    private const int MostRows = 100_000_000;

    /// <summary>Events of a run.</summary>
    public int Events { get; private init; } = 100_000;

    /// <summary>Rounds that count; the figures are their medians.</summary>
    public int Rounds { get; private init; } = 5;

    /// <summary>How long events trickle, for the delays.</summary>
    public int Seconds { get; private init; } = 20;

    /// <summary>Rows of the longest table that is appended to.</summary>
    public int Rows { get; private init; } = 10_000_000;

    /// <summary>What is measured; everything when empty.</summary>
    public string[] Only { get; private init; } = [];

    public static BusBenchOptions? TryParse(string[] words)
    {
        var options = new BusBenchOptions();
        for (int i = 0; i < words.Length; i += 2)
        {
            string? value = i + 1 < words.Length ? words[i + 1] : null;
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            switch (words[i])
            {
                case "--events" when isNumber && number is >= 1000 and <= MostEvents:
                    options = options with { Events = number };
                    break;
                case "--rounds" when isNumber && number is > 0 and <= MostRounds:
                    options = options with { Rounds = number };
                    break;
                case "--seconds" when isNumber && number is > 0 and <= MostSeconds:
                    options = options with { Seconds = number };
                    break;
                case "--rows" when isNumber && number is >= 100_000 and <= MostRows:
                    options = options with { Rows = number };
                    break;
                case "--only" when value is not null:
                    options = options with { Only = value.Split(',', StringSplitOptions.RemoveEmptyEntries) };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    /// <summary>Whether something is to be measured.</summary>
    public bool Wants(string name) => Only.Length == 0 || Only.Contains(name, StringComparer.OrdinalIgnoreCase);
}
