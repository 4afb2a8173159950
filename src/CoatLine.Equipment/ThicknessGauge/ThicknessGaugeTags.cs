using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.ThicknessGauge;

/// <summary>Tags of the thickness gauge.</summary>
internal static class ThicknessGaugeTags
{
    /// <summary>Parameters, results and live values.</summary>
    public static UnitContract Contract { get; } = new(
        Unit.ThicknessGauge,
        phases:
        [
            new PhaseContract(
                PhaseKind.MeasureProfile,
                parameters:
                [
                    Text("SheetId", "sheet on the table"),
                    Whole("PointCount", 1, 25, "number of points on the registered grid"),
                    Real("EdgeMargin", "mm", 0, 100, "distance of the outer points from the edge of the coat"),
                ],
                results:
                [
                    Text("SheetId", "Sheet measured"),
                    Wholes("PointId", 1, 25, "Point numbers; row by row from 1"),
                    Reals("X", "mm", 0, 1000, "Point position across the coat; from its left edge"),
                    Reals("Y", "mm", 0, 1000, "Point position along the stroke; from its start"),
                    Reals("Thickness", "µm", 0, 1000, "Thickness of the coating above the foil at each point"),
                    Text("GaugeId", "Identity of the gauge"),
                    Real("GaugeClass", "µm", 0, 10, "Accuracy class; plus or minus"),
                    Real("ZeroCheck", "µm", -10, 10, "Reading on the zero plate before the first point"),
                    Time("CalDue", "Date on which the calibration of the gauge expires"),
                ]),
        ],
        live:
        [
            Real("Thickness", "µm", 0, 1000, "Reading of the gauge"),
        ]);
}
