using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator.Plc;

/// <summary>Writes below <c>Result.</c> of one unit, all with the line time of the phase's end.</summary>
internal sealed class ResultWriter(TagImage image, DateTime at)
{
    /// <summary>Sets one result value.</summary>
    public void Set(string name, object value) => image.Set("Result." + name, value, at);
}

/// <summary>Writes below <c>Live.</c> of one unit, all with the line time of the scan.</summary>
internal sealed class LiveWriter(TagImage image, DateTime at)
{
    /// <summary>Line time of the scan.</summary>
    public DateTime At { get; } = at;

    /// <summary>Sets one live value, rounded to what the display of such a machine resolves.</summary>
    public void Set(string name, double value, int digits = 2) =>
        image.Set("Live." + name, Math.Round(value, digits), At);

    /// <summary>Sets one live switch.</summary>
    public void Set(string name, bool value) => image.Set("Live." + name, value, At);

    /// <summary>Sets one live whole number.</summary>
    public void SetWhole(string name, int value) => image.Set("Live." + name, value, At);
}
