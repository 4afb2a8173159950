namespace CoatLine.Domain.Execution;

/// <summary>The units (ISA-88 equipment units and gauges) of a coating line, as named in the tag contract.</summary>
public enum Unit
{
    /// <summary>Balance at the weigh-in and punch station.</summary>
    Balance,

    /// <summary>Planetary mixer.</summary>
    Mixer,

    /// <summary>Doctor-blade coater.</summary>
    Coater,

    /// <summary>Dryer.</summary>
    Dryer,

    /// <summary>Thickness gauge.</summary>
    ThicknessGauge,

    /// <summary>Warm isostatic press.</summary>
    Press,

    /// <summary>Confocal profilometer (Sa, Sz per ISO 25178).</summary>
    Profilometer,
}
