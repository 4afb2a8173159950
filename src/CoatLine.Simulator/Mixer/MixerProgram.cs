using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Mixer;

/// <summary>The planetary mixer: one cycle at a time; between cycles the container rests chilled.</summary>
internal sealed class MixerProgram(LineWorld world) : UnitProgram
{
    private const int LidOpenBit = 0;
    private const double DialToleranceGrams = 5;
    private const double MaxGrossGrams = 310;
    private const double TooHotDegC = 60;
    private const double MotorTau = 30 * 60;

    private Jar? loaded;
    private double motorDegC = SlurryHeat.AmbientDegC;
    private DateTime motorAt;

    public override string Unit => "Mixer";

    /// <summary>The rotor needs 5 s to a stand.</summary>
    public override double StandstillSeconds => 5;

    public override IReadOnlyList<PhaseSpec> Phases { get; } =
    [
        new(10, "ContainerId", "RevSpeedSP", "StepTimeSP", "StageId", "CycleIndex", "BalanceDial"),
    ];

    public override IReadOnlyList<string> InterlockTexts { get; } = ["the lid is open"];

    public override Refusal? Check(PhaseSpec phase, Parameters parameters, DateTime now)
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

        double dial = parameters.Number("BalanceDial");
        if (Math.Abs(dial - jar.GrossGrams) > DialToleranceGrams)
        {
            return Unsafe(
                $"BalanceDial {dial:F1} g is over {DialToleranceGrams} g off the gross mass {jar.GrossGrams:F1} g");
        }

        return (jar.GrossGrams > MaxGrossGrams, jar.TemperatureAt(now)) switch
        {
            (true, _) => Unsafe($"gross mass {jar.GrossGrams:F1} g is above {MaxGrossGrams} g"),
            (_, >= TooHotDegC) => Unsafe($"slurry is at {jar.TemperatureAt(now):F1} °C, limit {TooHotDegC} °C"),
            _ => null,
        };
    }

    public override PhaseRun Begin(PhaseSpec phase, Parameters parameters, DateTime now)
    {
        loaded = world.FindJar(parameters.Text("ContainerId"))!;
        loaded.HeldBy = Unit;
        return new MixRun(loaded, parameters, world.Scatter, world.Faults, MotorAt(now), now, SetMotor);
    }

    public override void WriteIdleLive(LiveWriter live)
    {
        live.Set("RevSpeedPV", 0.0);
        live.Set("StepElapsed", 0.0);
        live.Set("SlurryTemp", loaded?.TemperatureAt(live.At) ?? SlurryHeat.AmbientDegC);
        live.Set("MotorTemp", MotorAt(live.At), 1);
        live.Set("Vibration", 0.0);
        live.Set("VacuumPV", 101.3);
        live.Set("GrossMass", loaded?.GrossGrams ?? 0);
        live.Set("LidClosed", !IsSet(LidOpenBit));
        live.Set("LidLocked", false);
    }

    private double MotorAt(DateTime now) =>
        SlurryHeat.Resting(motorDegC, MotorTau, Math.Max(0, (now - motorAt).TotalSeconds));

    private void SetMotor(double degC, DateTime at)
    {
        motorDegC = degC;
        motorAt = at;
    }
}
