using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Equipment.Tags;

/// <summary>An alarm of the contract.</summary>
/// <param name="Bit">Bit of the unit's <c>Alarm.Word</c>, 0 to 31.</param>
/// <param name="Name">Its name, which is the ConditionName where a server has conditions.</param>
/// <param name="Severity">OPC UA severity 1 to 1000, both ends included; 1000 is worst.</param>
internal readonly record struct AlarmDefinition(int Bit, string Name, int Severity);

/// <summary>The alarms of every unit, as <c>plc-tags/coatline-alarms.csv</c> has them; a test holds the two in step.
/// </summary>
internal static class AlarmContract
{
    private static readonly AlarmDefinition InterlockLost = new(30, nameof(InterlockLost), 800);
    private static readonly AlarmDefinition PowerLost = new(31, nameof(PowerLost), 800);

    private static readonly ImmutableArray<AlarmDefinition> OfGauge = [new(0, "CalExpired", 700)];

    private static readonly ImmutableArray<AlarmDefinition> OfMixer =
    [
        new(0, "LidOpen", 950),
        new(1, "Imbalance", 900),
        new(2, "OverSpeed", 900),
        new(3, "SlurryTempHiHi", 800),
        new(4, "MotorOverheat", 750),
        new(5, "ContainerMismatch", 700),
        new(6, "SpeedDev", 600),
        new(7, "SlurryTempHi", 500),
    ];

    private static readonly ImmutableArray<AlarmDefinition> OfCoater =
    [
        new(0, "GuardOpen", 900),
        new(1, "BladeOverload", 850),
        new(2, "NmpHi", 850),
        new(3, "GapDeviation", 700),
        new(4, "VacuumLow", 700),
        new(5, "FoilMissing", 700),
        new(6, "SpeedDev", 600),
        new(7, "DewPointHi", 500),
    ];

    private static readonly ImmutableArray<AlarmDefinition> OfDryer =
    [
        new(0, "LelTrip", 1000),
        new(1, "OverTempLimiter", 950),
        new(2, "FanFail", 950),
        new(3, "ExhaustLow", 900),
        new(4, "LelHi", 850),
        new(5, "OverTemp", 800),
        new(6, "DoorOpen", 700),
        new(7, "SensorDisagree", 600),
    ];

    private static readonly ImmutableArray<AlarmDefinition> OfPress =
    [
        new(0, "Overpressure", 1000),
        new(1, "CoverPinLost", 1000),
        new(2, "RuptureDisc", 1000),
        new(3, "PressureDrop", 800),
        new(4, "DwellShort", 700),
        new(5, "TempDev", 600),
    ];

    /// <summary>The alarms of a unit, in the order of their bits.</summary>
    public static ImmutableArray<AlarmDefinition> Of(Unit unit) =>
    [
        .. unit switch
        {
            Unit.Mixer => OfMixer,
            Unit.Coater => OfCoater,
            Unit.Dryer => OfDryer,
            Unit.Press => OfPress,
            _ => OfGauge,
        },
        InterlockLost,
        PowerLost,
    ];

    /// <summary>The alarm of a bit; one that the contract does not know is named by its number, as severe as can be,
    /// since nobody knows what it means.</summary>
    public static AlarmDefinition Of(Unit unit, int bit)
    {
        foreach (AlarmDefinition alarm in Of(unit))
        {
            if (alarm.Bit == bit)
            {
                return alarm;
            }
        }

        return new AlarmDefinition(bit, $"Bit{bit}", WorstSeverity);
    }

    private const int WorstSeverity = 1000;
}
