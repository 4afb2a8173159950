using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.Press;

/// <summary>Tags of the warm isostatic press.</summary>
internal static class PressTags
{
    /// <summary>Parameters, results and live values.</summary>
    public static UnitContract Contract { get; } = new(
        Unit.Press,
        phases:
        [
            new PhaseContract(
                PhaseKind.PressCycle,
                parameters:
                [
                    Text("SheetId", "sheet in the bag"),
                    Text("BagId", "vacuum-sealed bag"),
                    Real("PressureSP", "MPa", 0, 600, "dwell pressure"),
                    Real("PressureBand", "MPa", 0, 50, "pressure band; plus or minus"),
                    Real("TempSP", "°C", 20, 150, "medium temperature"),
                    Real("TempBand", "K", 0, 20, "temperature band; plus or minus"),
                    Real("DwellSP", "s", 1, 86400, "dwell; only seconds inside both bands count"),
                    Real("RampSP", "MPa/min", 1, 1000, "pressure ramp up"),
                ],
                results:
                [
                    Text("SheetId", "Sheet pressed"),
                    Text("BagId", "Bag"),
                    Real("PressureMin", "MPa", 0, 600, "Lowest pressure in the dwell"),
                    Real("PressureMax", "MPa", 0, 600, "Highest pressure in the dwell"),
                    Real("PressureMean", "MPa", 0, 600, "Mean pressure in the dwell"),
                    Real("TempMin", "°C", 0, 150, "Lowest medium temperature in the dwell"),
                    Real("TempMax", "°C", 0, 150, "Highest medium temperature in the dwell"),
                    Real("DwellSeconds", "s", 0, 86400, "Seconds inside both bands"),
                    Whole("RepumpCount", 0, 1000, "Times that the pump topped the pressure up in the dwell"),
                    Real("DecompRateMax", "MPa/min", 0, 10000, "Fastest pressure release"),
                    Reals("TraceTime", "s", 0, 86400, "Buffer: seconds since Execute; empty or 2 to 1000 even steps"),
                    Reals("TracePressure", "MPa", 0, 600, "Buffer: pressure at each of them"),
                    Reals("TraceTemp", "°C", 0, 150, "Buffer: medium temperature at each of them"),
                ]),
        ],
        live:
        [
            Real("PressurePV", "MPa", 0, 600, "Actual pressure"),
            Real("MediumTempPV", "°C", 0, 150, "Medium temperature"),
            Real("DwellElapsed", "s", 0, 86400, "Seconds inside both bands so far"),
            Real("TankLevel", "%", 0, 100, "Level of the medium in the tank"),
            Flag("CoverDown", "Cover is down"),
            Flag("PinIn", "Locking pin is in"),
            Flag("ReleaseClosed", "Release valve is closed"),
        ]);
}
