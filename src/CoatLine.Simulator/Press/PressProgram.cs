using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Press;

/// <summary>The warm isostatic press. Its medium stays warm for hours, so a second cycle heats less.</summary>
internal sealed class PressProgram(LineWorld world) : UnitProgram
{
    private const int CoverUpBit = 0;
    private const int PinOutBit = 1;
    private const int ReleaseOpenBit = 2;
    private const double MediumTau = 4 * 3600;

    private double mediumDegC = SlurryHeat.AmbientDegC;
    private DateTime mediumAt;

    public override string Unit => "Press";

    /// <summary>Cover and pin stay locked until the pressure is gone.</summary>
    public override double StandstillSeconds => 5;

    public override IReadOnlyList<PhaseSpec> Phases { get; } =
    [
        new(50, "SheetId", "BagId", "PressureSP", "PressureBand", "TempSP", "TempBand", "DwellSP", "RampSP"),
    ];

    public override IReadOnlyList<string> InterlockTexts { get; } =
        ["the cover is up", "the locking pin is out", "the release valve is open"];

    public override Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        string id = parameters.Text("SheetId");
        return world.FindSheet(id) switch
        {
            null or { Coats.Count: 0 } => Wrong($"sheet '{id}' is not here or was never coated"),
            { HeldBy: { } holder } => Wrong($"sheet '{id}' is in use at the {holder}"),
            { IsFirm: false } => Wrong($"sheet '{id}' is still wet"),
            _ when parameters.Text("BagId").Length == 0 => Wrong($"no bag is named for sheet '{id}'"),
            _ => null,
        };
    }

    public override PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        Sheet sheet = world.FindSheet(parameters.Text("SheetId"))!;
        sheet.HeldBy = Unit;
        return new PressRun(sheet, parameters, world.Faults, MediumAt(now), now, SetMedium);
    }

    public override void WriteIdleLive(LiveWriter live)
    {
        live.Set("PressurePV", 0.0);
        live.Set("MediumTempPV", MediumAt(live.At), 1);
        live.Set("DwellElapsed", 0.0);
        live.Set("TankLevel", 82.0);
        live.Set("CoverDown", !IsSet(CoverUpBit));
        live.Set("PinIn", !IsSet(PinOutBit));
        live.Set("ReleaseClosed", !IsSet(ReleaseOpenBit));
    }

    private double MediumAt(DateTime now) =>
        SlurryHeat.Resting(mediumDegC, MediumTau, Math.Max(0, (now - mediumAt).TotalSeconds));

    private void SetMedium(double degC, DateTime at)
    {
        mediumDegC = degC;
        mediumAt = at;
    }
}
