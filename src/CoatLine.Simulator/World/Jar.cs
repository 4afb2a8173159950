using CoatLine.Simulator.Physics;

namespace CoatLine.Simulator.World;

/// <summary>A container with what is in it.</summary>
internal sealed class Jar(string id, double tareGrams, DateTime now)
{
    private readonly Dictionary<string, double> grams = new(StringComparer.Ordinal);
    private double degC = SlurryHeat.AmbientDegC;
    private DateTime degCAt = now;

    /// <summary>Container id.</summary>
    public string Id { get; } = id;

    /// <summary>Mass of the empty container, g.</summary>
    public double TareGrams { get; } = tareGrams;

    /// <summary>Unit that has the container in its grip; null when it is free.</summary>
    public string? HeldBy { get; set; }

    /// <summary>Seconds mixed at 2000 rpm, or what is worth as much.</summary>
    public double MixedSeconds { get; set; }

    /// <summary>Whether solvent was added after mixing had begun.</summary>
    public bool IsDiluted { get; private set; }

    /// <summary>Line time at which it was last mixed; null when never.</summary>
    public DateTime? LastMixed { get; set; }

    /// <summary>Mass of the contents, g.</summary>
    public double ContentGrams => grams.Values.Sum();

    /// <summary>Mass on a balance, g.</summary>
    public double GrossGrams => TareGrams + ContentGrams;

    /// <summary>What the contents are made of.</summary>
    public SlurryComposition Composition => SlurryComposition.Of(grams);

    /// <summary>Whether there is any solid in it, so that it is a slurry at all.</summary>
    public bool HasSolids => Composition.SolidsGrams > 0;

    /// <summary>Puts material in, at room temperature.</summary>
    public void Add(Material material, double added, DateTime now)
    {
        double before = ContentGrams;
        double warm = TemperatureAt(now);
        if (added <= 0)
        {
            return;
        }

        SetTemperature(((warm * before) + (SlurryHeat.AmbientDegC * added)) / (before + added), now);
        grams[material.Code] = grams.GetValueOrDefault(material.Code) + added;
        IsDiluted |= material.Solid is null && MixedSeconds > 0;
    }

    /// <summary>Takes slurry out; a well-mixed jar keeps its composition.</summary>
    public void Draw(double drawn)
    {
        double keep = Math.Max(0, 1 - (drawn / ContentGrams));
        foreach (string code in grams.Keys.ToArray())
        {
            grams[code] *= keep;
        }
    }

    /// <summary>Temperature at a line time, at rest in the chilled block since it was last set, °C.</summary>
    public double TemperatureAt(DateTime now) =>
        SlurryHeat.Resting(degC, SlurryHeat.ChilledTau, Math.Max(0, (now - degCAt).TotalSeconds));

    /// <summary>Sets the temperature that it has at a line time.</summary>
    public void SetTemperature(double value, DateTime now)
    {
        degC = value;
        degCAt = now;
    }
}
