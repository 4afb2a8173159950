using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.Dryer;

/// <summary>Tags of the dryer.</summary>
internal static class DryerTags
{
    /// <summary>Parameters, results and live values.</summary>
    public static UnitContract Contract { get; } = new(
        Unit.Dryer,
        phases:
        [
            new PhaseContract(
                PhaseKind.Dry,
                parameters:
                [
                    Text("SheetId", "coated sheet in the chamber"),
                    Real("Segment1TempSP", "°C", 20, 150, "temperature of segment 1"),
                    Real("Segment1Time", "s", 0, 86400, "time at temperature in segment 1; 0 skips it"),
                    Real("Segment2TempSP", "°C", 20, 150, "temperature of segment 2"),
                    Real("Segment2Time", "s", 0, 86400, "time at temperature in segment 2; 0 skips it"),
                    Real(
                        "Segment2PressureSP", "kPa", 0, 110,
                        "absolute pressure of segment 2; 101.3 or more means no vacuum"),
                    Real("RampSP", "K/min", 0.1, 20, "heating and cooling ramp"),
                ],
                results:
                [
                    Text("SheetId", "Sheet dried"),
                    Real("Segment1TempMin", "°C", 0, 200, "Lowest temperature in segment 1 after its ramp"),
                    Real("Segment1TempMax", "°C", 0, 200, "Highest temperature in segment 1 after its ramp"),
                    Real("Segment2TempMin", "°C", 0, 200, "Lowest temperature in segment 2 after its ramp"),
                    Real("Segment2TempMax", "°C", 0, 200, "Highest temperature in segment 2 after its ramp"),
                    Real("Segment1Seconds", "s", 0, 86400, "Time at temperature in segment 1"),
                    Real("Segment2Seconds", "s", 0, 86400, "Time at temperature in segment 2"),
                    Real("PressureMin", "kPa", 0, 110, "Lowest absolute pressure"),
                    Real("LelMax", "%", 0, 100, "Highest NMP vapour content; percent of the lower explosive limit"),
                    Real("ResidualNmp", "ppm", 0, 1000000, "Residual NMP; parts per million by mass of the dry film"),
                ]),
        ],
        live:
        [
            Real("Zone1Temp", "°C", 0, 200, "Temperature of zone 1"),
            Real("Zone2Temp", "°C", 0, 200, "Temperature of zone 2"),
            Real("SampleTemp", "°C", 0, 200, "Temperature of the sheet"),
            Real("ExhaustFlow", "m³/h", 0, 2000, "Exhaust flow"),
            Real("Lel", "%", 0, 100, "NMP vapour content; percent of the lower explosive limit"),
            Real("Pressure", "kPa", 0, 110, "Absolute pressure in the chamber"),
            Whole("SegmentIndex", 0, 2, "Running segment; 0 none"),
            Real("Remaining", "s", 0, 86400, "Time left to the end of the running segment; ramp excluded"),
            Flag("DoorClosed", "Door is closed"),
            Flag("FanRun", "Exhaust fan runs"),
            Flag("PurgeDone", "Chamber is purged"),
        ]);
}
