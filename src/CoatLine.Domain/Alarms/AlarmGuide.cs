using System.Collections.Frozen;
using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Alarms;

/// <summary>How soon a person must respond (ISA-18.2 §10: priority by consequence and time).</summary>
public enum AlarmPriority
{
    /// <summary>Severity below 600: within the shift.</summary>
    Low,

    /// <summary>Severity 600 to 799: within the hour; product is at stake.</summary>
    Medium,

    /// <summary>Severity 800 to 899: within minutes; the phase is at stake.</summary>
    High,

    /// <summary>Severity 900 to 1000: at once; people or the machine are at stake.</summary>
    Urgent,
}

/// <summary>What a person needs to know of an alarm (ISA-18.2 §9, rationalization).</summary>
/// <param name="Name">Name in the tag contract.</param>
/// <param name="Severity">OPC UA severity, 1 to 1000.</param>
/// <param name="Cause">What it says, a sentence.</param>
/// <param name="UnitDoes">What the unit does by itself, a sentence.</param>
/// <param name="Response">What the operator must do, an imperative sentence.</param>
public sealed record AlarmEntry(string Name, int Severity, string Cause, string UnitDoes, string Response)
{
    /// <summary>Least severity of an alarm that may not be shelved: phase, machine or people are at stake.</summary>
    public const int NeverShelved = 800;

    /// <summary>How soon a person must respond.</summary>
    public AlarmPriority Priority => PriorityOf(Severity);

    /// <summary>The priority of a severity.</summary>
    public static AlarmPriority PriorityOf(int severity) => severity switch
    {
        >= 900 => AlarmPriority.Urgent,
        >= NeverShelved => AlarmPriority.High,
        >= 600 => AlarmPriority.Medium,
        _ => AlarmPriority.Low,
    };
}

/// <summary>Every alarm of the tag contract with its cause and the response that it requires (domain D).</summary>
public static class AlarmGuide
{
    private const string Aborts = "It aborts the phase.";
    private const string Warns = "It only warns.";

    private static readonly ImmutableArray<AlarmEntry> OfEveryUnit =
    [
        new("InterlockLost", 800, "An interlock opened while a phase ran.", Aborts,
            "Close the interlock, look at the material, then clear the unit and answer the batch's question."),
        new("PowerLost", 800, "The power failed while a phase ran.", Aborts,
            "Look at the unit and the material, then clear the unit and answer the batch's question."),
    ];

    private static readonly ImmutableArray<AlarmEntry> OfGauges =
    [
        new("CalExpired", 700, "The calibration is past its date.", "It goes on measuring; the MES blocks the value.",
            "Calibrate the instrument, or use another one, and measure again."),
    ];

    private static readonly FrozenDictionary<Unit, ImmutableArray<AlarmEntry>> ByUnit =
        new Dictionary<Unit, ImmutableArray<AlarmEntry>>
        {
            [Unit.Mixer] =
            [
                new("LidOpen", 950, "The lid of the mixer is open.", Aborts, "Keep clear of the rotor; close the lid."),
                new("Imbalance", 900, "Rotor and counterweight are out of balance.", Aborts,
                    "Check the gross mass and set the dial to it."),
                new("OverSpeed", 900, "The rotor is faster than it may be.", Aborts,
                    "Lock the mixer out and call maintenance."),
                new("SlurryTempHiHi", 800, "The slurry is at 60 °C or above.", Aborts,
                    "Let the container rest chilled and decide what becomes of the slurry."),
                new("MotorOverheat", 750, "The motor is too hot.", Aborts,
                    "Let the motor cool down before the next cycle."),
                new("ContainerMismatch", 700, "The container is not the one asked for.", "It refuses the cycle.",
                    "Put the container of the batch into the holder."),
                new("SpeedDev", 600, "The speed is off by more than 2 % for 5 s.", Warns,
                    "Look at the speed of the next cycles and call maintenance if it stays."),
                new("SlurryTempHi", 500, "The slurry is at 50 °C or above.", Warns,
                    "Prepare a chilled block for the rest."),
            ],
            [Unit.Coater] =
            [
                new("GuardOpen", 900, "The guard of the coater is open.", Aborts,
                    "Keep hands off the blade; close the guard."),
                new("BladeOverload", 850, "The blade meets resistance.", Aborts,
                    "Lift the blade, look at it and at the sheet; scrap the sheet."),
                new("NmpHi", 850, "NMP in the room is at 20 ppm or above.", Aborts,
                    "Leave the room, ventilate, and find the source."),
                new("GapDeviation", 700, "Left and right gap differ by more than 2 µm.", Warns,
                    "Level the blade before the next stroke."),
                new("VacuumLow", 700, "The vacuum under the foil is too weak.", Aborts,
                    "Look for a fold or a hole in the foil and at the pump."),
                new("FoilMissing", 700, "There is no foil on the bed.", "It refuses the stroke.",
                    "Put foil on the bed."),
                new("SpeedDev", 600, "The speed of the stroke is off.", Warns, "Look at the film; call maintenance."),
                new("DewPointHi", 500, "The room is too humid.", Warns, "Look at the dry room before the next coat."),
            ],
            [Unit.Dryer] =
            [
                new("LelTrip", 1000, "Solvent vapour is at 50 % of its lower explosive limit or above.",
                    "It trips: heat off, full exhaust, phase aborted.",
                    "Keep out, let nobody switch anything on, and call the safety officer."),
                new("OverTempLimiter", 950, "The temperature limiter has tripped.", Aborts,
                    "Lock the dryer out and call maintenance."),
                new("FanFail", 950, "The exhaust fan has failed.", Aborts,
                    "Keep the door closed and call maintenance."),
                new("ExhaustLow", 900, "The exhaust is too weak.", Aborts, "Look at filter and flap of the exhaust."),
                new("LelHi", 850, "Solvent vapour is at 25 % of its lower explosive limit or above.",
                    "It holds: heat off, full exhaust, no restart by itself.",
                    "Wait until it is below 10 %, find out why, then let the phase go on or stop it."),
                new("OverTemp", 800, "A zone is 10 K above its set point.", Aborts,
                    "Look at the sheet and call maintenance."),
                new("DoorOpen", 700, "The door is open.", Aborts, "Close the door and dry the sheet again."),
                new("SensorDisagree", 600, "Two sensors differ by more than 5 K.", Warns,
                    "Have the sensors compared before the next drying."),
            ],
            [Unit.Press] =
            [
                new("Overpressure", 1000, "The pressure is above its limit.", "It releases and aborts the phase.",
                    "Keep away from the press and call the safety officer."),
                new("CoverPinLost", 1000, "Cover or pin is not locked under pressure.",
                    "It releases and aborts the phase.",
                    "Keep away from the press and call the safety officer."),
                new("RuptureDisc", 1000, "The rupture disc has opened.", "It is without pressure and aborts the phase.",
                    "Keep away from the press and call the safety officer."),
                new("PressureDrop", 800, "The pressure falls by more than 5 MPa/min.", Aborts,
                    "Look for a leaking bag; a dwell is not resumed after that."),
                new("DwellShort", 700, "The dwell ended before its time.", Warns,
                    "Decide whether the sheet is pressed once more or scrapped."),
                new("TempDev", 600, "The medium is off by more than 5 K.", "Its seconds do not count as dwell.",
                    "Look at the heating of the medium."),
            ],
            [Unit.Balance] = OfGauges,
            [Unit.ThicknessGauge] = OfGauges,
            [Unit.Profilometer] = OfGauges,
        }.ToFrozenDictionary();

    /// <summary>The alarms of a unit.</summary>
    public static ImmutableArray<AlarmEntry> Of(Unit unit) => [.. ByUnit[unit], .. OfEveryUnit];

    /// <summary>The alarm of a name; one that the guide does not know says so and is as severe as it was reported.
    /// </summary>
    public static AlarmEntry Of(Unit unit, string name, int severity) =>
        Of(unit).FirstOrDefault(e => e.Name == name)
        ?? new AlarmEntry(name, severity, "The tag contract does not know this alarm.", "It is not known what it does.",
            "Go to the unit and find out what it means.");
}
