using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Dryer;

/// <summary>The batch dryer: two temperature segments, the second under vacuum when wanted.</summary>
internal sealed class DryerProgram(LineWorld world) : UnitProgram
{
    private const int DoorOpenBit = 0;
    private const int FanFailBit = 1;

    public override string Unit => "Dryer";

    public override IReadOnlyList<PhaseSpec> Phases { get; } =
    [
        new(
            30, "SheetId", "Segment1TempSP", "Segment1Time", "Segment2TempSP", "Segment2Time", "Segment2PressureSP",
            "RampSP"),
    ];

    public override IReadOnlyList<string> InterlockTexts { get; } = ["the door is open", "the exhaust fan has failed"];

    public override Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        string id = parameters.Text("SheetId");
        return world.FindSheet(id) switch
        {
            null or { Coats.Count: 0 } => Wrong($"sheet '{id}' is not here or was never coated"),
            { HeldBy: { } holder } => Wrong($"sheet '{id}' is in use at the {holder}"),
            _ => null,
        };
    }

    public override PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        Sheet sheet = world.FindSheet(parameters.Text("SheetId"))!;
        sheet.HeldBy = Unit;
        return new DryRun(sheet, parameters, world.Scatter, world.Faults, now);
    }

    public override void WriteIdleLive(LiveWriter live)
    {
        live.Set("Zone1Temp", SlurryHeat.AmbientDegC);
        live.Set("Zone2Temp", SlurryHeat.AmbientDegC);
        live.Set("SampleTemp", SlurryHeat.AmbientDegC);
        live.Set("ExhaustFlow", IsSet(FanFailBit) ? 0.0 : 60.0);
        live.Set("Lel", 0.0);
        live.Set("Pressure", 101.3);
        live.SetWhole("SegmentIndex", 0);
        live.Set("Remaining", 0.0);
        live.Set("DoorClosed", !IsSet(DoorOpenBit));
        live.Set("FanRun", !IsSet(FanFailBit));
        live.Set("PurgeDone", false);
    }
}
