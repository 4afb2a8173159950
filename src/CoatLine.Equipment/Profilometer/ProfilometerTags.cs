using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.Profilometer;

/// <summary>Tags of the confocal profilometer.</summary>
internal static class ProfilometerTags
{
    /// <summary>Parameters, results and live values.</summary>
    public static UnitContract Contract { get; } = new(
        Unit.Profilometer,
        phases:
        [
            new PhaseContract(
                PhaseKind.MeasureRoughness,
                parameters:
                [
                    Text("SheetId", "sheet on the stage"),
                    Whole("SampleCount", 1, 25, "number of samples"),
                ],
                results:
                [
                    Text("SheetId", "Sheet measured"),
                    Wholes("SampleId", 1, 25, "Sample numbers; from 1"),
                    Reals("Sa", "µm", 0, 10, "Arithmetic mean height of each sample; ISO 25178"),
                    Reals("Sz", "µm", 0, 100, "Maximum height of each sample; ISO 25178"),
                    Text("Filter", "Filter as set; S-filter and L-filter nesting index"),
                    Text("GaugeId", "Identity of the profilometer"),
                    Time("CalDue", "Date on which the calibration of the profilometer expires"),
                ]),
        ],
        live:
        [
            Real("Sa", "µm", 0, 10, "Sa of the last sample"),
            Real("Sz", "µm", 0, 100, "Sz of the last sample"),
        ]);
}
