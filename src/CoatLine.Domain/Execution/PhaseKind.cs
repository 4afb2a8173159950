namespace CoatLine.Domain.Execution;

/// <summary>The equipment phases of the tag contract; the number is what <c>Request.Phase</c> carries.</summary>
public enum PhaseKind
{
    /// <summary>Weigh one material into a container (Balance).</summary>
    Weigh = 1,

    /// <summary>Weigh punched discs of a sheet for its areal mass (Balance).</summary>
    WeighPunch = 2,

    /// <summary>One mix cycle (Mixer).</summary>
    MixCycle = 10,

    /// <summary>One coat on a sheet (Coater).</summary>
    Coat = 20,

    /// <summary>Dry a coated sheet through its temperature segments (Dryer).</summary>
    Dry = 30,

    /// <summary>Measure the thickness above the foil at registered points (ThicknessGauge).</summary>
    MeasureProfile = 40,

    /// <summary>One warm isostatic press cycle (Press).</summary>
    PressCycle = 50,

    /// <summary>Measure Sa and Sz of samples (Profilometer).</summary>
    MeasureRoughness = 60,
}
