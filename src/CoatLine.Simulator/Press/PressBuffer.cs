namespace CoatLine.Simulator.Press;

/// <summary>
/// The press's own buffer: pressure and temperature at even distances over the whole cycle, whoever listens. When it is
/// full every other sample goes and the distance doubles.
/// </summary>
internal sealed class PressBuffer
{
    /// <summary>The most samples, by the tag contract.</summary>
    public const int MaxSamples = 1000;

    private readonly List<(double Seconds, double Mpa, double DegC)> samples = [];
    private double distance = 10;
    private double next;

    public double[] Seconds => [.. samples.Select(s => Math.Round(s.Seconds, 3))];

    public double[] Mpa => [.. samples.Select(s => Math.Round(s.Mpa, 2))];

    public double[] DegC => [.. samples.Select(s => Math.Round(s.DegC, 2))];

    /// <summary>Takes a sample when one is due.</summary>
    public void Take(double seconds, double mpa, double degC)
    {
        if (seconds < next)
        {
            return;
        }

        samples.Add((seconds, mpa, degC));
        if (samples.Count == MaxSamples)
        {
            distance *= 2;
            (double, double, double)[] kept = [.. samples.Where((_, i) => i % 2 == 0)];
            samples.Clear();
            samples.AddRange(kept);
        }

        next = samples[^1].Seconds + distance;
    }

    /// <summary>Loses what was sampled in between, both ends included.</summary>
    public void Lose(double from, double to) => samples.RemoveAll(s => s.Seconds >= from && s.Seconds <= to);
}
