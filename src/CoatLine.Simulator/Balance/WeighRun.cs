using System.Globalization;
using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Balance;

/// <summary>Weighs one material into a container: tare reading, dispensing, stable reading.</summary>
internal sealed class WeighRun : SegmentedRun
{
    private const double TareSeconds = 10;
    private const double DispenseSeconds = 25;
    private const double SettleSeconds = 10;

    /// <summary>The last grains fall within a sixth of the tolerance (1σ), as a good dispenser does.</summary>
    private const double SigmaPerTolerance = 1.0 / 6;

    private readonly Jar jar;
    private readonly Parameters parameters;
    private readonly DateTime calibrationDue;
    private readonly double tare;
    private readonly double net;
    private readonly double checkWeight;

    public WeighRun(Jar jar, Parameters parameters, Scatter scatter, DateTime calibrationDue, DateTime now)
        : base(now, 1)
    {
        this.jar = jar;
        this.parameters = parameters;
        this.calibrationDue = calibrationDue;
        string before = jar.ContentGrams.ToString("F4", CultureInfo.InvariantCulture);
        Random random = scatter.For("weigh", jar.Id, parameters.Text("Material"), before);
        double sigma = parameters.Number("Tolerance") * SigmaPerTolerance;
        tare = Math.Round(jar.GrossGrams, 4);
        net = Math.Max(0, Math.Round(Scatter.Normal(random, parameters.Number("TargetMass"), sigma), 4));
        checkWeight = Math.Round(Scatter.Normal(random, 100, 0.0003), 4);
        Plan(
            new Segment("tare", TareSeconds),
            new Segment("dispense", DispenseSeconds),
            new Segment("settle", SettleSeconds));
    }

    public override double CountedSeconds => Seconds;

    private double Dispensed => Current switch
    {
        "tare" => 0,
        "dispense" => net * InSegment / SegmentSeconds,
        _ => net,
    };

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        // What has fallen in when the phase is broken off stays in.
        double fallen = Math.Round(Dispensed, 4);
        jar.HeldBy = null;
        jar.Add(Material.Of(parameters.Text("Material"))!, fallen, Instant);
        results.Set("Tare", tare);
        results.Set("Net", fallen);
        results.Set("Gross", Math.Round(tare + fallen, 4));
        results.Set("Stable", end == PhaseEnd.Completed);
        results.Set("CheckWeight", checkWeight);
        results.Set("CalDue", calibrationDue);
        results.Set("BalanceId", "BAL-01");
    }

    public override void WriteLive(LiveWriter live)
    {
        live.Set("Gross", tare + Dispensed, 4);
        live.Set("Stable", Current is "tare" || IsDone);
    }

    protected override void Move(string segment, double seconds)
    {
    }
}
