namespace CoatLine.Simulator.World;

/// <summary>
/// What goes wrong on the line from outside its own physics; all 0 on a sound line. Set under the line's lock, takes
/// effect with the next step. Not thread-safe.
/// </summary>
internal sealed class LineFaults
{
    /// <summary>Solvent vapour in the dryer beside what the sheet gives off, % of the lower explosive limit.</summary>
    public double ExtraLelPercent { get; set; }

    /// <summary>Heating of a slurry in the mixer beside that of mixing, °C/min.</summary>
    public double ExtraSlurryDegCPerMinute { get; set; }

    /// <summary>By how much the blade stands askew beside its own tilt, µm: right minus left.</summary>
    public double GapTiltUm { get; set; }

    /// <summary>Rate at which a leaking bag loses pressure, MPa/min.</summary>
    public double BagLeakMpaPerMinute { get; set; }

    /// <summary>Seconds by which a press ends its dwell early.</summary>
    public double DwellShortS { get; set; }

    /// <summary>Seconds of a press cycle whose samples its buffer loses; null for none.</summary>
    public (double From, double To)? LostTrace { get; set; }
}
