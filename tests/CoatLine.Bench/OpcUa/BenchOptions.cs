using System.Globalization;

namespace CoatLine.Bench.OpcUa;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    private static readonly TimeSpan LongestSlice = TimeSpan.FromMinutes(10);

    public int Rounds { get; private init; } = 5;

    /// <summary>Time for one workload over all rounds; null when none was given.</summary>
    public TimeSpan? Time { get; private init; }

    public string[] Only { get; private init; } = [];

    public bool WithNode { get; private init; } = true;

    public string? JsonFile { get; private init; }

    /// <summary>Life of the channel's token for the mode that counts requests; null for the table.</summary>
    public TimeSpan? TokenLife { get; private init; }

    /// <summary>Time for one round of one workload.</summary>
    public TimeSpan Slice => (Time ?? TimeSpan.FromSeconds(2.5)) / Rounds;

    public static BenchOptions? TryParse(string[] words)
    {
        var options = new BenchOptions();
        for (var i = 0; i < words.Length; i++)
        {
            var value = i + 1 < words.Length ? words[i + 1] : null;
            switch (words[i])
            {
                case "--quick":
                    options = options with { Rounds = 3, Time = TimeSpan.FromSeconds(0.3) };
                    continue;
                case "--no-node":
                    options = options with { WithNode = false };
                    continue;
                case "--seconds" when Seconds(value) is { } time:
                    options = options with { Time = time };
                    break;
                case "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds)
                    && rounds is > 0 and <= 1000:
                    options = options with { Rounds = rounds };
                    break;
                case "--only" when value is not null:
                    options = options with { Only = value.Split(',', StringSplitOptions.RemoveEmptyEntries) };
                    break;
                case "--json" when value is not null:
                    options = options with { JsonFile = value };
                    break;
                case "--token-life" when Seconds(value) is { } life:
                    options = options with { TokenLife = life };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }

    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0 && seconds <= LongestSlice.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : null;
}
