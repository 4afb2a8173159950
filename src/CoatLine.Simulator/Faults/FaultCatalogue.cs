using System.Collections.Immutable;

namespace CoatLine.Simulator.Faults;

/// <summary>What a kind of fault is about and takes.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Unit">The only unit that it can be of; empty for any, null for the whole line.</param>
/// <param name="TakesTag">Whether it is about one tag.</param>
/// <param name="Amount">What its amount is, with unit; null where it takes none.</param>
/// <param name="Least">Least amount, inclusive.</param>
/// <param name="Most">Greatest amount, inclusive.</param>
/// <param name="Effect">What the line does, in words.</param>
public sealed record FaultEntry(
    FaultKind Kind, string? Unit, bool TakesTag, string? Amount, double Least, double Most, string Effect);

/// <summary>The kinds of fault, and whether a fault is one of them.</summary>
public static class FaultCatalogue
{
    /// <summary>Longest duration of a fault, line seconds, inclusive.</summary>
    public const double LongestS = 86_400;

    /// <summary>Any unit.</summary>
    private const string Any = "";

    /// <summary>The units of the line.</summary>
    public static ImmutableArray<string> Units { get; } =
        ["Balance", "Mixer", "Coater", "Dryer", "ThicknessGauge", "Press", "Profilometer"];

    /// <summary>Every kind, in the order of <see cref="FaultKind"/>.</summary>
    public static ImmutableArray<FaultEntry> All { get; } =
    [
        new(FaultKind.LinkCut, null, false, null, 0, 0, "no connection stands; the PLCs go on"),
        new(FaultKind.PlcRestart, Any, false, null, 0, 0, "a phase under way ends Aborted, PowerLost 800"),
        new(FaultKind.PlcMemoryLoss, Any, false, null, 0, 0, "ids, result and epoch are gone; the phase is broken off"),
        new(FaultKind.StuckTag, Any, true, null, 0, 0, "a live value stands, its time moves"),
        new(FaultKind.BadQualityTag, Any, true, null, 0, 0, "the tag is BadSensorFailure"),
        new(FaultKind.StuckHeartbeat, Any, false, null, 0, 0, "Heartbeat.Plc stands"),
        new(FaultKind.LidOpen, "Mixer", false, null, 0, 0, "LidOpen 950; a running cycle ends Aborted"),
        new(FaultKind.Imbalance, "Mixer", false, null, 0, 0, "Imbalance 900; a running cycle ends Aborted"),
        new(
            FaultKind.SlurryOverheating, "Mixer", false, "°C/min", 0.1, 100,
            "the slurry heats up; at 60 °C SlurryTempHiHi 800, Aborted"),
        new(FaultKind.GapTilt, "Coater", false, "µm", 0.1, 100, "left and right differ; above 2 µm GapDeviation 700"),
        new(FaultKind.VacuumLoss, "Coater", false, null, 0, 0, "VacuumLow 700; a running stroke ends Aborted"),
        new(
            FaultKind.LelRise, "Dryer", false, "%LEL", 0.1, 100,
            "from 25 % LelHi 850 and Held; from 50 % LelTrip 1000"),
        new(
            FaultKind.BagLeak, "Press", false, "MPa/min", 0.1, 1000,
            "pressure falls; above 5 MPa/min PressureDrop 800, Aborted"),
        new(FaultKind.ShortDwell, "Press", false, "s", 1, 86_400, "the dwell ends early, DwellShort 700"),
        new(FaultKind.RefusedRequest, Any, false, "Ack.Code", 2, 8, "every request is refused with this code"),
        new(FaultKind.LateAck, Any, false, "s", 0.1, 3600, "the answer comes late"),
        new(FaultKind.DuplicateCompletion, Any, false, null, 0, 0, "the latched result goes and comes again"),
        new(FaultKind.WrongEcho, Any, false, null, 0, 0, "the first number of a request is latched 1 too high"),
        new(FaultKind.PressTraceLost, "Press", false, "s", 0, 86_400, "the buffer has a gap of 120 s from there"),
    ];

    /// <summary>What a kind takes.</summary>
    public static FaultEntry Of(FaultKind kind) => All[(int)kind];

    /// <summary>The fault with the unit that its kind implies.</summary>
    public static Fault Complete(Fault fault) =>
        fault.Unit is null && Of(fault.Kind).Unit is { Length: > 0 } only ? fault with { Unit = only } : fault;

    /// <summary>What is wrong with a fault, each naming its field and limit; empty when it can be put on.</summary>
    public static IEnumerable<string> Errors(Fault fault)
    {
        FaultEntry entry = Of(fault.Kind);
        switch (entry.Unit)
        {
            case null when fault.Unit is not null:
                yield return $"unit: {fault.Kind} is of the whole line and takes none";
                break;
            case "" when fault.Unit is null || !Units.Contains(fault.Unit):
                yield return $"unit must be one of {string.Join(", ", Units)}, not '{fault.Unit}'";
                break;
            case { Length: > 0 } only when fault.Unit != only:
                yield return $"unit: {fault.Kind} is of the {only} only, not of '{fault.Unit}'";
                break;
        }

        if (entry.TakesTag != fault.Tag is not null)
        {
            yield return entry.TakesTag ? $"tag: {fault.Kind} needs one" : $"tag: {fault.Kind} takes none";
        }

        if (entry.Amount is { } what)
        {
            if (fault.Amount is not { } amount || !(amount >= entry.Least && amount <= entry.Most))
            {
                yield return FormattableString.Invariant(
                    $"amount ({what}) must be {entry.Least} to {entry.Most}, not {fault.Amount}");
            }
        }
        else if (fault.Amount is not null)
        {
            yield return $"amount: {fault.Kind} takes none";
        }

        if (fault.ForS is { } seconds && !(seconds > 0 && seconds <= LongestS))
        {
            yield return FormattableString.Invariant($"for must be above 0 and at most {LongestS} s, not {seconds}");
        }
    }
}
