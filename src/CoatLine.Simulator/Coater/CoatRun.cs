using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Coater;

/// <summary>One coat: slurry before the blade, then the stroke.</summary>
internal sealed class CoatRun : SegmentedRun
{
    /// <summary>Alarm bit: the blade struck the coated layer.</summary>
    public const int BladeOverloadBit = 1;

    /// <summary>Alarm bit: the blade stands askew.</summary>
    public const int GapDeviationBit = 3;

    private const double MostTiltUm = 2;
    private const double FillSeconds = 10;
    private const double StepSeconds = 0.1;
    private const double ShortestCoatMm = 10;
    private const string Stroke = "stroke";

    private readonly Jar jar;
    private readonly Sheet sheet;
    private readonly Parameters parameters;
    private readonly CoatPlan plan;
    private readonly double speed;
    private readonly double slurryAgeSeconds;
    private readonly double worstVacuum;
    private readonly double worstDewPoint;
    private double positionMm;

    public CoatRun(
        Jar jar, Sheet sheet, Parameters parameters, Scatter scatter, LineFaults faults, DateTime now)
        : base(now, StepSeconds)
    {
        this.jar = jar;
        this.sheet = sheet;
        this.parameters = parameters;
        Random random = scatter.For(sheet.Identity("coat", 0));
        speed = Math.Round(Scatter.Normal(random, parameters.Number("SpeedSP"), 0.03), 3);
        slurryAgeSeconds = Math.Round((now - jar.LastMixed!.Value).TotalSeconds, 1);
        worstVacuum = Math.Round(Scatter.Between(random, -82, -78), 1);
        worstDewPoint = Math.Round(Scatter.Between(random, -43, -40), 1);
        plan = CoatPlan.Draw(jar, sheet, parameters, faults.GapTiltUm, random);
        Plan(new Segment("fill", FillSeconds), new Segment(Stroke, parameters.Number("StrokeSP") / speed));
    }

    public override uint Warnings =>
        Math.Abs(plan.GapLeftUm - plan.GapRightUm) > MostTiltUm ? 1u << GapDeviationBit : 0;

    public override double CountedSeconds => Math.Round(positionMm / speed, 3);

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        jar.HeldBy = null;
        sheet.HeldBy = null;
        double stroke = end == PhaseEnd.Completed ? parameters.Number("StrokeSP") : Math.Round(positionMm, 1);
        if (stroke >= ShortestCoatMm && !sheet.IsScratched)
        {
            Coat coat = plan.Lay(stroke);
            jar.Draw(coat.Mean(coat.WetUm) * 1e-4 * coat.AreaM2 * 1e4 * coat.Slurry.Density
                * CoaterProgram.SpreadPerCoat);
            sheet.Lay(coat);
        }

        results.Set("ContainerId", jar.Id);
        results.Set("SheetId", sheet.Id);
        results.Set("FoilRollId", sheet.FoilRollId);
        results.Set("BladeId", parameters.Text("BladeId"));
        results.Set("CoatIndex", parameters.Whole("CoatIndex"));
        results.Set("GapLeft", Math.Round(plan.GapLeftUm, 1));
        results.Set("GapRight", Math.Round(plan.GapRightUm, 1));
        results.Set("SpeedMean", Math.Round(speed, 2));
        results.Set("Stroke", stroke);
        results.Set("BedVacuumWorst", worstVacuum);
        results.Set("DewPointWorst", worstDewPoint);
        results.Set("SlurryAge", slurryAgeSeconds);
    }

    public override void WriteLive(LiveWriter live)
    {
        live.Set("GapLeft", plan.GapLeftUm, 1);
        live.Set("GapRight", plan.GapRightUm, 1);
        live.Set("SpeedPV", Current == Stroke && !IsDone ? speed : 0);
        live.Set("Position", positionMm, 1);
        live.Set("BedTemp", SlurryHeat.AmbientDegC);
        live.Set("BedVacuum", worstVacuum - 1, 1);
        live.Set("DewPoint", worstDewPoint - 0.5, 1);
        live.Set("NmpRoomPpm", 2.5);
        live.Set("GuardClosed", true);
    }

    protected override void Move(string segment, double seconds)
    {
        if (segment != Stroke)
        {
            return;
        }

        if (plan.StrikesLayer)
        {
            sheet.IsScratched = true;
            Tripped = new Trip(BladeOverloadBit, "the blade struck the coated layer");
            return;
        }

        positionMm += speed * seconds;
    }
}
