using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.Mixer;

/// <summary>Tags of the planetary mixer.</summary>
internal static class MixerTags
{
    /// <summary>Parameters, results and live values.</summary>
    public static UnitContract Contract { get; } = new(
        Unit.Mixer,
        phases:
        [
            new PhaseContract(
                PhaseKind.MixCycle,
                parameters:
                [
                    Text("ContainerId", "container in the cup holder"),
                    Real("RevSpeedSP", "rpm", 0, 2000, "revolution speed"),
                    Real("StepTimeSP", "s", 1, 1800, "time at speed; the ramp does not count"),
                    Whole("StageId", 1, 2, "1 PreDilution; 2 PostDilution"),
                    Whole("CycleIndex", 1, 30, "number of this cycle in its stage; for the record only"),
                    Real("BalanceDial", "g", 0, 310, "counterweight dial; within 5 g of the gross mass"),
                ],
                results:
                [
                    Text("ContainerId", "Container that was mixed"),
                    Whole("StageId", 1, 2, "Stage as requested"),
                    Whole("CycleIndex", 1, 30, "Cycle as requested"),
                    Real("RevSpeedMean", "rpm", 0, 2200, "Mean speed; ramp excluded"),
                    Real("RevSpeedMin", "rpm", 0, 2200, "Lowest speed; ramp excluded"),
                    Real("RevSpeedMax", "rpm", 0, 2200, "Highest speed; ramp excluded"),
                    Real("StepSeconds", "s", 0, 1800, "Time at speed; ramp excluded"),
                    Real("RampSeconds", "s", 0, 60, "Time from standstill to speed"),
                    Real("SlurryTempStart", "°C", 0, 120, "Slurry temperature at start"),
                    Real("SlurryTempPeak", "°C", 0, 120, "Highest slurry temperature"),
                    Real("SlurryTempEnd", "°C", 0, 120, "Slurry temperature at the end"),
                    Real("VibrationMax", "mm/s", 0, 20, "Highest vibration"),
                ]),
        ],
        live:
        [
            Real("RevSpeedPV", "rpm", 0, 2200, "Actual revolution speed"),
            Real("StepElapsed", "s", 0, 1800, "Time at speed so far; ramp excluded"),
            Real("SlurryTemp", "°C", 0, 120, "Slurry temperature by infrared sensor"),
            Real("MotorTemp", "°C", 0, 150, "Motor temperature"),
            Real("Vibration", "mm/s", 0, 20, "Vibration velocity"),
            Real("VacuumPV", "kPa", 0, 110, "Absolute pressure in the chamber"),
            Real("GrossMass", "g", 0, 310, "Mass of container and contents"),
            Flag("LidClosed", "Lid is closed"),
            Flag("LidLocked", "Lid is locked"),
        ]);
}
