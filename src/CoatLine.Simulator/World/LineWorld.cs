using CoatLine.Simulator.Physics;

namespace CoatLine.Simulator.World;

/// <summary>Everything on the line that has mass: containers and sheets. Not thread-safe.</summary>
internal sealed class LineWorld(int seed)
{
    /// <summary>Most containers and most sheets that there is room for.</summary>
    public const int MaxPieces = 10_000;

    private readonly Dictionary<string, Jar> jars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sheet> sheets = new(StringComparer.Ordinal);

    /// <summary>Source of all chance on this line.</summary>
    public Scatter Scatter { get; } = new(seed);

    /// <summary>What goes wrong from outside.</summary>
    public LineFaults Faults { get; } = new();

    /// <summary>Whether there is room for another container or sheet.</summary>
    public bool HasRoom => jars.Count < MaxPieces && sheets.Count < MaxPieces;

    /// <summary>The container, or null when nothing was ever weighed into one of that name.</summary>
    public Jar? FindJar(string id) => jars.GetValueOrDefault(id);

    /// <summary>The sheet, or null when nothing was ever coated on one of that name.</summary>
    public Sheet? FindSheet(string id) => sheets.GetValueOrDefault(id);

    /// <summary>The container; an unknown one is a clean one from the shelf, about 62 g.</summary>
    public Jar TakeJar(string id, DateTime now)
    {
        if (!jars.TryGetValue(id, out Jar? jar))
        {
            double tare = Math.Round(Scatter.Normal(Scatter.For("jar", id), 62, 0.4), 4);
            jar = new Jar(id, tare, now);
            jars.Add(id, jar);
        }

        return jar;
    }

    /// <summary>Takes note of a sheet that was coated for the first time.</summary>
    public void AddSheet(Sheet sheet) => sheets.Add(sheet.Id, sheet);
}
