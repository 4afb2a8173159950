using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Balance;

/// <summary>The balance: weighs material into containers, and discs punched from sheets.</summary>
internal sealed class BalanceProgram(LineWorld world, DateTime installed) : UnitProgram
{
    /// <summary>Phase number of weighing in.</summary>
    public const int Weigh = 1;

    /// <summary>Phase number of weighing punched discs.</summary>
    public const int WeighPunch = 2;

    private const double MaxGrossGrams = 310;

    public override string Unit => "Balance";

    public override IReadOnlyList<PhaseSpec> Phases { get; } =
    [
        new(Weigh, "ContainerId", "Material", "TargetMass", "Tolerance"),
        new(WeighPunch, "SheetId", "PunchArea", "SampleCount"),
    ];

    public override IReadOnlyList<string> InterlockTexts { get; } = ["the draught shield is open"];

    /// <summary>Date on which the calibration expires: half a year after the line was set up.</summary>
    public DateTime CalibrationDue { get; } = installed.Date.AddDays(180);

    public override Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now) =>
        phase.Number == Weigh ? CheckWeigh(parameters) : CheckPunch(parameters);

    public override PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        if (phase.Number == WeighPunch)
        {
            Sheet sheet = world.FindSheet(parameters.Text("SheetId"))!;
            sheet.HeldBy = Unit;
            return new PunchRun(sheet, parameters, world.Scatter, CalibrationDue, now);
        }

        Jar jar = world.TakeJar(parameters.Text("ContainerId"), now);
        jar.HeldBy = Unit;
        return new WeighRun(jar, parameters, world.Scatter, CalibrationDue, now);
    }

    public override void WriteIdleLive(LiveWriter live)
    {
        live.Set("Gross", 0.0);
        live.Set("Stable", true);
    }

    private Refusal? CheckWeigh(Parameters parameters)
    {
        string id = parameters.Text("ContainerId");
        string material = parameters.Text("Material");
        if (id.Length == 0)
        {
            return Wrong($"no container is named");
        }

        if (Material.Of(material) is null)
        {
            return Wrong($"material '{material}' is not stocked here");
        }

        Jar? jar = world.FindJar(id);
        if (jar is null && !world.HasRoom)
        {
            return Wrong($"there is no room for another container");
        }

        if (jar?.HeldBy is { } holder)
        {
            return Wrong($"container '{id}' is in use at the {holder}");
        }

        double gross = (jar?.GrossGrams ?? 0) + parameters.Number("TargetMass");
        return gross > MaxGrossGrams ? Unsafe($"{gross:F1} g would be above {MaxGrossGrams} g") : null;
    }

    private Refusal? CheckPunch(Parameters parameters)
    {
        string id = parameters.Text("SheetId");
        return world.FindSheet(id) switch
        {
            null => Wrong($"sheet '{id}' is not here or was never coated"),
            { HeldBy: { } holder } => Wrong($"sheet '{id}' is in use at the {holder}"),
            { IsFirm: false } => Wrong($"sheet '{id}' is still wet"),
            _ => null,
        };
    }
}
