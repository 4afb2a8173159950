using System.Globalization;
using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Mixer;

/// <summary>One mix cycle: ramp, then the step time at speed. Only time at speed counts.</summary>
internal sealed class MixRun : SegmentedRun
{
    /// <summary>Alarm bit: slurry at 60 °C; the cycle is aborted.</summary>
    public const int SlurryTempHiHiBit = 3;

    /// <summary>Alarm bit: slurry at 50 °C; a warning.</summary>
    public const int SlurryTempHiBit = 7;

    private const double HiHiDegC = 60;
    private const double HiDegC = 50;
    private const double ReferenceRpm = 2000;
    private const double MotorRiseDegC = 45;
    private const double MotorTau = 30 * 60;
    private const double StepSeconds = 0.25;
    private const string Ramp = "ramp";
    private const string AtSpeed = "at speed";

    private readonly Jar jar;
    private readonly Parameters parameters;
    private readonly LineFaults faults;
    private readonly Action<double, DateTime> keepMotor;
    private readonly double meanRpm;
    private readonly double wobbleRpm;
    private readonly double rampSeconds;
    private readonly double baseVibration;
    private readonly double startDegC;
    private double degC;
    private double peakDegC;
    private double motorDegC;
    private double counted;

    public MixRun(
        Jar jar,
        Parameters parameters,
        Scatter scatter,
        LineFaults faults,
        double motorDegC,
        DateTime now,
        Action<double, DateTime> keepMotor)
        : base(now, StepSeconds)
    {
        this.jar = jar;
        this.parameters = parameters;
        this.faults = faults;
        this.keepMotor = keepMotor;
        this.motorDegC = motorDegC;
        Random random = scatter.For("mix", jar.Id, parameters.Whole("StageId").ToString(CultureInfo.InvariantCulture),
            parameters.Whole("CycleIndex").ToString(CultureInfo.InvariantCulture));
        double set = parameters.Number("RevSpeedSP");
        meanRpm = Math.Max(0, Scatter.Normal(random, set, 1.5));
        wobbleRpm = Scatter.Between(random, 2, 4);
        rampSeconds = Math.Round(set / ReferenceRpm * Scatter.Between(random, 9.5, 10.5), 1);
        double imbalance = Math.Abs(parameters.Number("BalanceDial") - jar.GrossGrams);
        baseVibration = Scatter.Between(random, 1.0, 1.4) + (0.3 * imbalance);
        startDegC = degC = peakDegC = jar.TemperatureAt(now);
        Plan(new Segment(Ramp, rampSeconds), new Segment(AtSpeed, parameters.Number("StepTimeSP")));
    }

    public override double CountedSeconds => Math.Round(counted, 3);

    public override uint Warnings => degC >= HiDegC ? 1u << SlurryTempHiBit : 0;

    private double Rpm => Current == Ramp && !IsDone ? meanRpm * InSegment / SegmentSeconds : meanRpm;

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        jar.HeldBy = null;
        jar.SetTemperature(degC, Instant);
        jar.LastMixed = Instant;
        keepMotor(motorDegC, Instant);
        results.Set("ContainerId", jar.Id);
        results.Set("StageId", parameters.Whole("StageId"));
        results.Set("CycleIndex", parameters.Whole("CycleIndex"));
        results.Set("RevSpeedMean", counted > 0 ? Math.Round(meanRpm, 1) : 0);
        results.Set("RevSpeedMin", counted > 0 ? Math.Round(Math.Max(0, meanRpm - wobbleRpm), 1) : 0);
        results.Set("RevSpeedMax", counted > 0 ? Math.Round(meanRpm + wobbleRpm, 1) : 0);
        results.Set("StepSeconds", CountedSeconds);
        results.Set("RampSeconds", rampSeconds);
        results.Set("SlurryTempStart", Math.Round(startDegC, 2));
        results.Set("SlurryTempPeak", Math.Round(peakDegC, 2));
        results.Set("SlurryTempEnd", Math.Round(degC, 2));
        results.Set("VibrationMax", Math.Round(baseVibration + 0.3, 2));
    }

    public override void WriteLive(LiveWriter live)
    {
        double wobble = Math.Sin(Seconds) * wobbleRpm * 0.8;
        live.Set("RevSpeedPV", counted > 0 ? Math.Max(0, Rpm + wobble) : Rpm, 1);
        live.Set("StepElapsed", counted, 1);
        live.Set("SlurryTemp", degC);
        live.Set("MotorTemp", motorDegC, 1);
        live.Set("Vibration", meanRpm > 0 ? baseVibration * Rpm / meanRpm : 0);
        live.Set("VacuumPV", 101.3);
        live.Set("GrossMass", jar.GrossGrams);
        live.Set("LidClosed", true);
        live.Set("LidLocked", true);
    }

    protected override void Move(string segment, double seconds)
    {
        // The speed in the middle of the step stands for the whole step.
        double rpm = segment == Ramp ? meanRpm * (InSegment - (seconds / 2)) / SegmentSeconds : meanRpm;
        degC = SlurryHeat.Mixing(degC, rpm, jar.IsDiluted, seconds)
            + (faults.ExtraSlurryDegCPerMinute * seconds / 60);
        peakDegC = Math.Max(peakDegC, degC);
        double motorEnd = SlurryHeat.AmbientDegC + (MotorRiseDegC * rpm / ReferenceRpm);
        motorDegC = motorEnd + ((motorDegC - motorEnd) * Math.Exp(-seconds / MotorTau));
        if (segment == AtSpeed)
        {
            counted += seconds;
            jar.MixedSeconds += seconds * rpm / ReferenceRpm;
        }

        if (degC >= HiHiDegC)
        {
            Tripped = new Trip(SlurryTempHiHiBit, "slurry at 60 °C");
        }
    }

    protected override void OnPaused(DateTime at) => jar.SetTemperature(degC, at);

    protected override void OnResumed(DateTime at)
    {
        degC = jar.TemperatureAt(at);
        double left = parameters.Number("StepTimeSP") - counted;
        Plan(new Segment(Ramp, rampSeconds), new Segment(AtSpeed, left));
    }
}
