namespace CoatLine.Domain.Spc;

/// <summary>What a lot counts for in statistics.</summary>
public enum LotStanding
{
    /// <summary>Measured soundly and made by the rules: it counts.</summary>
    Valid,

    /// <summary>A measurement or a run that proves nothing: left out.</summary>
    Invalid,

    /// <summary>Released by a waiver, so not what the process is meant to make: left out.</summary>
    Waived,
}

/// <summary>One value of one lot, in the order of making.</summary>
/// <param name="Lot">Lot id.</param>
/// <param name="Value">A finite number in the unit of the chart.</param>
/// <param name="Standing">Only valid lots make limits, signals and capability.</param>
public sealed record LotValue(string Lot, double Value, LotStanding Standing = LotStanding.Valid)
{
    /// <summary>A finite number in the unit of the chart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public double Value { get; } = double.IsFinite(Value)
        ? Value
        : throw new ArgumentOutOfRangeException(nameof(Value), Value, "a chart holds finite numbers only");
}

/// <summary>
/// What the process itself shows: its centre and what lies within three of its own standard deviations. It says
/// nothing of what a customer allows; that is a <see cref="SpecificationLimits"/>, and neither is ever the other.
/// </summary>
/// <param name="Lower">Lower control limit.</param>
/// <param name="Centre">Centre line.</param>
/// <param name="Upper">Upper control limit.</param>
public sealed record ControlLimits(double Lower, double Centre, double Upper)
{
    private const double SigmasToLimit = 3d;

    /// <summary>Standard deviation of the plotted statistic: a third of the way from the centre to the upper limit.
    /// </summary>
    public double Sigma => (Upper - Centre) / SigmasToLimit;

    /// <summary>Whether a value is within the limits, both inclusive.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}

/// <summary>What a customer or a rule allows, whatever the process does.</summary>
public sealed record SpecificationLimits
{
    /// <summary>Creates limits with one end or two.</summary>
    /// <param name="lower">Lower end; null when there is none.</param>
    /// <param name="upper">Upper end; null when there is none.</param>
    /// <exception cref="ArgumentException">There is no end at all, or the lower is not below the upper.</exception>
    public SpecificationLimits(double? lower, double? upper)
    {
        if (lower is null && upper is null)
        {
            throw new ArgumentException("a specification has at least one end", nameof(upper));
        }

        if (lower >= upper)
        {
            throw new ArgumentException("the lower end must be below the upper", nameof(lower));
        }

        Lower = lower;
        Upper = upper;
    }

    /// <summary>Lower end; null when there is none.</summary>
    public double? Lower { get; }

    /// <summary>Upper end; null when there is none.</summary>
    public double? Upper { get; }
}
