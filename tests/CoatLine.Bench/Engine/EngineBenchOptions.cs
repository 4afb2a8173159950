using System.Globalization;

namespace CoatLine.Bench.Engine;

/// <summary>What the command line asks for.</summary>
internal sealed record EngineBenchOptions
{
    private const int MostEvents = 10_000_000;
    private const int MostPhases = 100_000;

    /// <summary>Past events of the largest journal.</summary>
    public int Events { get; private init; } = 1_000_000;

    /// <summary>Phases in a row whose reaction time is taken.</summary>
    public int Phases { get; private init; } = 300;

    /// <summary>Where journals are made; the system's folder for such files unless given.</summary>
    public string Folder { get; private init; } = Path.GetTempPath();

    /// <summary>What is measured; everything when empty.</summary>
    public string[] Only { get; private init; } = [];

    public static EngineBenchOptions? TryParse(string[] words)
    {
        var options = new EngineBenchOptions();
        for (int i = 0; i < words.Length; i += 2)
        {
            string? value = i + 1 < words.Length ? words[i + 1] : null;
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            switch (words[i])
            {
                case "--events" when isNumber && number is >= 1000 and <= MostEvents:
                    options = options with { Events = number };
                    break;
                case "--phases" when isNumber && number is > 0 and <= MostPhases:
                    options = options with { Phases = number };
                    break;
                case "--folder" when value is not null && Directory.Exists(value):
                    options = options with { Folder = value };
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
