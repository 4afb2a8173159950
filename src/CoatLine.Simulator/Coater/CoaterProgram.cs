using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Coater;

/// <summary>The doctor-blade coater: lays coat 1 on the foil and coat 2 on coat 1.</summary>
internal sealed class CoaterProgram(LineWorld world) : UnitProgram
{
    /// <summary>Slurry spread per slurry that stays in the coat: the rest is left in the applicator.</summary>
    public const double SpreadPerCoat = 1.10;

    private const int GuardOpenBit = 0;
    private const int VacuumLowBit = 1;

    public override string Unit => "Coater";

    public override IReadOnlyList<PhaseSpec> Phases { get; } =
    [
        new(
            20, "ContainerId", "SheetId", "FoilRollId", "BladeId", "FoilSide", "CoatIndex", "GapDatum", "GapSP",
            "SpeedSP", "StrokeSP"),
    ];

    public override IReadOnlyList<string> InterlockTexts { get; } = ["the guard is open", "no vacuum under the foil"];

    public override Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        string named = (parameters.Text("SheetId"), parameters.Text("FoilRollId"), parameters.Text("BladeId")) switch
        {
            ("", _, _) => "SheetId",
            (_, "", _) => "FoilRollId",
            (_, _, "") => "BladeId",
            _ => string.Empty,
        };
        return named.Length > 0
            ? Wrong($"{named} is empty")
            : CheckSheet(parameters) ?? CheckSlurry(parameters);
    }

    public override PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        Jar jar = world.FindJar(parameters.Text("ContainerId"))!;
        Sheet? sheet = world.FindSheet(parameters.Text("SheetId"));
        if (sheet is null)
        {
            sheet = new Sheet(
                parameters.Text("SheetId"), parameters.Text("FoilRollId"), parameters.Whole("FoilSide"));
            world.AddSheet(sheet);
        }

        jar.HeldBy = Unit;
        sheet.HeldBy = Unit;
        return new CoatRun(jar, sheet, parameters, world.Scatter, world.Faults, now);
    }

    public override void WriteIdleLive(LiveWriter live)
    {
        live.Set("GapLeft", 0.0);
        live.Set("GapRight", 0.0);
        live.Set("SpeedPV", 0.0);
        live.Set("Position", 0.0);
        live.Set("BedTemp", SlurryHeat.AmbientDegC);
        live.Set("BedVacuum", IsSet(VacuumLowBit) ? -5.0 : -82.0);
        live.Set("DewPoint", -42.0);
        live.Set("NmpRoomPpm", 1.2);
        live.Set("GuardClosed", !IsSet(GuardOpenBit));
    }

    private Refusal? CheckSheet(Parameters parameters)
    {
        string id = parameters.Text("SheetId");
        Sheet? sheet = world.FindSheet(id);
        int coated = sheet?.Coats.Count ?? 0;
        int index = parameters.Whole("CoatIndex");
        if (coated != index - 1)
        {
            return Wrong($"coat {index} wants a sheet with {index - 1} coats; '{id}' has {coated}");
        }

        return sheet switch
        {
            null when world.HasRoom => null,
            null => Wrong($"there is no room for another sheet"),
            { HeldBy: { } holder } => Wrong($"sheet '{id}' is in use at the {holder}"),
            { IsScratched: true } => Wrong($"the blade has struck sheet '{id}'"),
            { IsFirm: false } => Wrong($"coat 1 of sheet '{id}' is still wet"),
            _ when sheet.FoilRollId != parameters.Text("FoilRollId") =>
                Wrong($"sheet '{id}' was cut from foil roll '{sheet.FoilRollId}'"),
            _ when sheet.FoilSide != parameters.Whole("FoilSide") =>
                Wrong($"sheet '{id}' was coated on side {sheet.FoilSide}"),
            _ => null,
        };
    }

    private Refusal? CheckSlurry(Parameters parameters)
    {
        string id = parameters.Text("ContainerId");
        if (world.FindJar(id) is not { } jar || jar.ContentGrams <= 0)
        {
            return Wrong($"container '{id}' is not here or is empty");
        }

        if (jar.HeldBy is { } holder)
        {
            return Wrong($"container '{id}' is in use at the {holder}");
        }

        if (jar.LastMixed is null || !jar.HasSolids)
        {
            return Wrong($"container '{id}' holds no mixed slurry");
        }

        double wetUm = parameters.Number("GapSP")
            * Film.WetPerGap(parameters.Number("SpeedSP"), jar.Composition.Viscosity);
        double areaCm2 = Coat.WidthMm * parameters.Number("StrokeSP") / 100;
        double needed = wetUm * 1e-4 * areaCm2 * jar.Composition.Density * SpreadPerCoat;
        return needed > jar.ContentGrams
            ? Wrong($"container '{id}' holds {jar.ContentGrams:F1} g; the coat needs {needed:F1} g")
            : null;
    }
}
