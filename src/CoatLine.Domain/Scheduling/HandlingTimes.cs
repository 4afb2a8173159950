using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Scheduling;

/// <summary>
/// What a phase takes beside the times of recipe and site: handling, set-up, ways of the machine (E). A forecast only:
/// nothing is judged by it but whether a plan can hold.
/// </summary>
internal static class HandlingTimes
{
    /// <summary>One weighing into a container.</summary>
    public static readonly Seconds Weigh = new(40m);

    /// <summary>Set-up before discs are weighed, or samples measured.</summary>
    public static readonly Seconds SetUp = new(15m);

    /// <summary>One punched disc.</summary>
    public static readonly Seconds PerDisc = new(20m);

    /// <summary>One point of a profile.</summary>
    public static readonly Seconds PerPoint = new(10m);

    /// <summary>One roughness sample.</summary>
    public static readonly Seconds PerSample = new(30m);

    /// <summary>Sheet on the bed, vacuum, slurry before the blade; lift behind the stroke.</summary>
    public static readonly Seconds Draw = new(15m);

    /// <summary>Purge of the dryer, pumping down and cooling until the sheet can be taken out.</summary>
    public static readonly Seconds Dryer = new(2400m);

    /// <summary>Ramp of the mixer to speed and to a stand.</summary>
    public static readonly Seconds MixerRamps = new(30m);

    /// <summary>Rate at which the medium of the press is heated, K/min.</summary>
    public const decimal PressHeating = 4m;

    /// <summary>Rate at which the press releases, MPa/min.</summary>
    public const decimal PressRelease = 100m;
}
