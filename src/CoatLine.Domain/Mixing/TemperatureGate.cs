using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Mixing;

/// <summary>What a slurry temperature allows.</summary>
public enum TemperatureZone
{
    /// <summary>No value of good quality: nothing may start.</summary>
    Unknown,

    /// <summary>At or below the start gate: a cycle may start.</summary>
    MayStart,

    /// <summary>Above the start gate: wait until it has cooled.</summary>
    Wait,

    /// <summary>Above the warning limit.</summary>
    Warn,

    /// <summary>Above the stop limit: mixing stops.</summary>
    Stop,
}

/// <summary>The temperature gates of mixing; by default start ≤ 35 °C, warn above 50 °C, stop above 60 °C.</summary>
public static class TemperatureGate
{
    /// <summary>OPC UA severity of the alarm above the stop limit.</summary>
    public const int StopSeverity = 800;

    /// <summary>OPC UA severity of the warning.</summary>
    public const int WarnSeverity = 500;

    /// <summary>Places a temperature.</summary>
    /// <param name="slurry">Slurry temperature; null when not of good quality.</param>
    /// <param name="mixing">The gates.</param>
    public static TemperatureZone Of(DegreesCelsius? slurry, MixingParameters mixing) => slurry switch
    {
        null => TemperatureZone.Unknown,
        { Value: var t } when t > mixing.Stop.Value => TemperatureZone.Stop,
        { Value: var t } when t > mixing.Warn.Value => TemperatureZone.Warn,
        { Value: var t } when t > mixing.Start.Value => TemperatureZone.Wait,
        _ => TemperatureZone.MayStart,
    };
}
