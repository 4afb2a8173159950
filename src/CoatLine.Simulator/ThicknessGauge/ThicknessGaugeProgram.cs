using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.ThicknessGauge;

/// <summary>The thickness gauge: measures the coating above the foil at the points of a registered grid.</summary>
internal sealed class ThicknessGaugeProgram(LineWorld world, DateTime installed) : UnitProgram
{
    /// <summary>Phase number of measuring a profile.</summary>
    public const int MeasureProfile = 40;

    public override string Unit => "ThicknessGauge";

    public override IReadOnlyList<PhaseSpec> Phases { get; } =
        [new(MeasureProfile, "SheetId", "PointCount", "EdgeMargin")];

    public override IReadOnlyList<string> InterlockTexts { get; } = ["the gauge is not over the table"];

    public override Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        string id = parameters.Text("SheetId");
        double margin = parameters.Number("EdgeMargin");
        return world.FindSheet(id) switch
        {
            null or { Coats.Count: 0 } => Wrong($"sheet '{id}' is not here or was never coated"),
            { HeldBy: { } holder } => Wrong($"sheet '{id}' is in use at the {holder}"),
            { IsFirm: false } => Wrong($"sheet '{id}' is still wet"),
            { } sheet when 2 * margin >= Math.Min(Coat.WidthMm, sheet.Coats[0].StrokeMm) =>
                Wrong($"EdgeMargin {margin} mm leaves nothing of sheet '{id}'"),
            _ => null,
        };
    }

    public override PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        Sheet sheet = world.FindSheet(parameters.Text("SheetId"))!;
        sheet.HeldBy = Unit;
        return new ProfileRun(sheet, parameters, world.Scatter, installed.Date.AddDays(180), now);
    }

    public override void WriteIdleLive(LiveWriter live) => live.Set("Thickness", 0.0);
}
