using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Profilometer;

/// <summary>The confocal profilometer.</summary>
internal sealed class ProfilometerProgram(LineWorld world, DateTime installed) : UnitProgram
{
    /// <summary>Phase number of measuring roughness.</summary>
    public const int MeasureRoughness = 60;

    public override string Unit => "Profilometer";

    public override IReadOnlyList<PhaseSpec> Phases { get; } = [new(MeasureRoughness, "SheetId", "SampleCount")];

    public override IReadOnlyList<string> InterlockTexts { get; } = ["the cover is open"];

    public override Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        string id = parameters.Text("SheetId");
        return world.FindSheet(id) switch
        {
            null or { Coats.Count: 0 } => Wrong($"sheet '{id}' is not here or was never coated"),
            { HeldBy: { } holder } => Wrong($"sheet '{id}' is in use at the {holder}"),
            { IsFirm: false } => Wrong($"sheet '{id}' is still wet"),
            _ => null,
        };
    }

    public override PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        Sheet sheet = world.FindSheet(parameters.Text("SheetId"))!;
        sheet.HeldBy = Unit;
        return new RoughnessRun(sheet, parameters, world.Scatter, installed.Date.AddDays(180), now);
    }

    public override void WriteIdleLive(LiveWriter live)
    {
        live.Set("Sa", 0.0);
        live.Set("Sz", 0.0);
    }
}
