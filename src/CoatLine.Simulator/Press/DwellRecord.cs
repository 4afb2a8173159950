namespace CoatLine.Simulator.Press;

/// <summary>What the press recorded during the dwell; all 0 before it began.</summary>
internal sealed class DwellRecord
{
    private double total;
    private double pressureSeconds;

    /// <summary>Seconds inside both bands.</summary>
    public double Seconds { get; private set; }

    public double LowMpa { get; private set; }

    public double HighMpa { get; private set; }

    public double LowDegC { get; private set; }

    public double HighDegC { get; private set; }

    public double MeanMpa => total > 0 ? pressureSeconds / total : 0;

    /// <summary>Adds one step.</summary>
    /// <param name="counted">Seconds of it that were inside both bands.</param>
    /// <param name="seconds">Its length.</param>
    /// <param name="mpa">Pressure.</param>
    /// <param name="degC">Medium temperature.</param>
    public void Take(double counted, double seconds, double mpa, double degC)
    {
        bool isFirst = total == 0;
        Seconds = Math.Round(Seconds + counted, 6);
        total += seconds;
        pressureSeconds += mpa * seconds;
        LowMpa = isFirst ? mpa : Math.Min(LowMpa, mpa);
        HighMpa = isFirst ? mpa : Math.Max(HighMpa, mpa);
        LowDegC = isFirst ? degC : Math.Min(LowDegC, degC);
        HighDegC = isFirst ? degC : Math.Max(HighDegC, degC);
    }
}
