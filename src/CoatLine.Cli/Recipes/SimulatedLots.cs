namespace CoatLine.Cli.Recipes;

/// <summary>The lots of the simulated line, which came with the program; no supplier ever delivered them.</summary>
internal static class SimulatedLots
{
    /// <summary>File name in the folder of recipes.</summary>
    public const string FileName = "simulated-lots.yaml";

    /// <summary>Their YAML text.</summary>
    public static string Text()
    {
        using Stream stream = typeof(SimulatedLots).Assembly.GetManifestResourceStream("lots/" + FileName)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
