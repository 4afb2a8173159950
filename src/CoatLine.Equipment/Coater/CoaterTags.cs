using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.Coater;

/// <summary>Tags of the doctor-blade coater.</summary>
internal static class CoaterTags
{
    /// <summary>Parameters, results and live values.</summary>
    public static UnitContract Contract { get; } = new(
        Unit.Coater,
        phases:
        [
            new PhaseContract(
                PhaseKind.Coat,
                parameters:
                [
                    Text("ContainerId", "container with the slurry"),
                    Text("SheetId", "sheet on the vacuum bed; new for coat 1"),
                    Text("FoilRollId", "foil roll the sheet was cut from"),
                    Text("BladeId", "blade in the applicator"),
                    Whole("FoilSide", 1, 2, "1 side A; 2 side B"),
                    Whole("CoatIndex", 1, 2, "1 on the foil; 2 on coat 1"),
                    Whole("GapDatum", 1, 2, "gap is above 1 the foil; 2 the coated surface"),
                    Real("GapSP", "µm", 0, 1000, "blade gap above the datum"),
                    Real("SpeedSP", "mm/s", 10, 30, "coating speed"),
                    Real("StrokeSP", "mm", 10, 1000, "coated length"),
                ],
                results:
                [
                    Text("ContainerId", "Container coated from"),
                    Text("SheetId", "Sheet coated"),
                    Text("FoilRollId", "Foil roll"),
                    Text("BladeId", "Blade"),
                    Whole("CoatIndex", 1, 2, "Coat as requested"),
                    Real("GapLeft", "µm", 0, 1000, "Mean gap at the left end of the blade above the datum"),
                    Real("GapRight", "µm", 0, 1000, "Mean gap at the right end of the blade above the datum"),
                    Real("SpeedMean", "mm/s", 0, 40, "Mean coating speed"),
                    Real("Stroke", "mm", 0, 1000, "Coated length"),
                    Real("BedVacuumWorst", "kPa", -100, 0, "Weakest vacuum under the foil; relative to the room"),
                    Real("DewPointWorst", "°C", -80, 30, "Highest dew point of the room"),
                    Real("SlurryAge", "s", 0, 604800, "Age of the slurry at start; since its last mix cycle ended"),
                ]),
        ],
        live:
        [
            Real("GapLeft", "µm", 0, 1000, "Gap at the left end of the blade"),
            Real("GapRight", "µm", 0, 1000, "Gap at the right end of the blade"),
            Real("SpeedPV", "mm/s", 0, 40, "Actual speed"),
            Real("Position", "mm", 0, 1000, "Position of the blade from the start of the stroke"),
            Real("BedTemp", "°C", 0, 150, "Bed temperature"),
            Real("BedVacuum", "kPa", -100, 0, "Vacuum under the foil; relative to the room"),
            Real("DewPoint", "°C", -80, 30, "Dew point of the room"),
            Real("NmpRoomPpm", "ppm", 0, 1000, "NMP vapour in the room"),
            Flag("GuardClosed", "Guard is closed"),
        ]);
}
