using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Press;

/// <summary>
/// One press cycle: heat the medium, pump up, dwell, release. Only seconds inside both bands count as dwell, so the
/// dwell lasts as long as it takes, up to a limit.
/// </summary>
internal sealed class PressRun : PhaseRun
{
    /// <summary>Alarm bit: the dwell was not reached in twice its time.</summary>
    public const int DwellShortBit = 4;

    /// <summary>Alarm bit: the pressure falls by more than 5 MPa/min.</summary>
    public const int PressureDropBit = 3;

    private const double MostDropMpaPerMinute = 5;
    private const double StepSeconds = 1;
    private const double HeatDegCPerSecond = 4.0 / 60;
    private const double ReleaseMpaPerSecond = 100.0 / 60;
    private const double OverfillMpa = 0.8;
    private const double LeakMpaPerSecond = 0.15 / 60;
    private const double RepumpBelowMpa = 1.5;
    private const double RippleDegC = 0.6;
    private const double RipplePeriodSeconds = 300;

    private readonly Sheet sheet;
    private readonly Parameters parameters;
    private readonly Action<double, DateTime> keepMedium;
    private readonly LineFaults faults;
    private readonly DwellRecord dwell = new();
    private readonly PressBuffer buffer = new();
    private Leg leg = Leg.Heat;
    private double heatedDegC;
    private double pressureMpa;
    private double inDwellLeg;
    private double fastestRelease;
    private int repumps;
    private DateTime pausedAt;
    private double stoodSeconds;

    public PressRun(
        Sheet sheet,
        Parameters parameters,
        LineFaults faults,
        double mediumDegC,
        DateTime now,
        Action<double, DateTime> keepMedium)
        : base(now)
    {
        this.faults = faults;
        this.sheet = sheet;
        this.parameters = parameters;
        this.keepMedium = keepMedium;
        heatedDegC = mediumDegC;
    }

    private enum Leg
    {
        Heat,
        PumpUp,
        Dwell,
        Release,
    }

    public override double CountedSeconds => Math.Round(dwell.Seconds, 3);

    private double SetMpa => parameters.Number("PressureSP");

    private double SetDegC => parameters.Number("TempSP");

    private double MediumDegC => leg == Leg.Heat
        ? heatedDegC
        : heatedDegC + (RippleDegC * Math.Sin(2 * Math.PI * Seconds / RipplePeriodSeconds));

    /// <summary>The dwell as the press means it; a faulty timer means it shorter.</summary>
    private double Wanted => Math.Max(1, parameters.Number("DwellSP") - faults.DwellShortS);

    public override uint Warnings => faults.DwellShortS > 0 && leg == Leg.Release ? 1u << DwellShortBit : 0;

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        sheet.HeldBy = null;
        keepMedium(heatedDegC, Instant);
        results.Set("SheetId", sheet.Id);
        results.Set("BagId", parameters.Text("BagId"));
        results.Set("PressureMin", Math.Round(dwell.LowMpa, 2));
        results.Set("PressureMax", Math.Round(dwell.HighMpa, 2));
        results.Set("PressureMean", Math.Round(dwell.MeanMpa, 2));
        results.Set("TempMin", Math.Round(dwell.LowDegC, 2));
        results.Set("TempMax", Math.Round(dwell.HighDegC, 2));
        results.Set("DwellSeconds", CountedSeconds);
        results.Set("RepumpCount", repumps);
        results.Set("DecompRateMax", Math.Round(fastestRelease, 1));
        if (faults.LostTrace is { } lost)
        {
            buffer.Lose(lost.From, lost.To);
        }

        results.Set("TraceTime", buffer.Seconds);
        results.Set("TracePressure", buffer.Mpa);
        results.Set("TraceTemp", buffer.DegC);
    }

    public override void WriteLive(LiveWriter live)
    {
        live.Set("PressurePV", pressureMpa, 1);
        live.Set("MediumTempPV", MediumDegC, 1);
        live.Set("DwellElapsed", dwell.Seconds, 0);
        live.Set("TankLevel", 82 - (pressureMpa / 100), 1);
        live.Set("CoverDown", true);
        live.Set("PinIn", true);
        live.Set("ReleaseClosed", leg != Leg.Release);
    }

    protected override double NextStep() => leg == Leg.Dwell
        ? Math.Min(StepSeconds, Math.Max(1e-6, Math.Round(Wanted - dwell.Seconds, 6)))
        : StepSeconds;

    protected override void Step(double seconds)
    {
        switch (leg)
        {
            case Leg.Heat:
                double ramp = HeatDegCPerSecond * seconds;
                heatedDegC += Math.Clamp(SetDegC - heatedDegC, -ramp, ramp);
                leg = heatedDegC == SetDegC ? Leg.PumpUp : Leg.Heat;
                break;
            case Leg.PumpUp:
                double full = SetMpa + OverfillMpa;
                pressureMpa = Math.Min(full, pressureMpa + (parameters.Number("RampSP") / 60 * seconds));
                leg = pressureMpa >= full ? Leg.Dwell : Leg.PumpUp;
                break;
            case Leg.Dwell:
                Dwell(seconds);
                break;
            default:
                double release = Math.Min(pressureMpa, ReleaseMpaPerSecond * seconds);
                pressureMpa -= release;
                fastestRelease = Math.Max(fastestRelease, release / seconds * 60);
                IsDone = pressureMpa <= 0;
                break;
        }

        buffer.Take(Seconds + stoodSeconds, pressureMpa, MediumDegC);
        sheet.YieldedMpa = Densification.Yield(sheet.YieldedMpa, pressureMpa, MediumDegC, seconds);
    }

    /// <summary>A cycle that stands keeps its pressure, and its buffer goes on; only the dwell stands.</summary>
    protected override void OnPaused(DateTime at) => pausedAt = at;

    /// <inheritdoc/>
    protected override void OnResumed(DateTime at)
    {
        double stands = Math.Round((at - pausedAt).TotalSeconds, 3);
        for (double second = StepSeconds; second < stands; second += StepSeconds)
        {
            buffer.Take(Seconds + stoodSeconds + second, pressureMpa, MediumDegC);
            sheet.YieldedMpa = Densification.Yield(sheet.YieldedMpa, pressureMpa, MediumDegC, StepSeconds);
        }

        stoodSeconds += stands;
    }

    private void Dwell(double seconds)
    {
        inDwellLeg += seconds;
        pressureMpa -= (LeakMpaPerSecond + (faults.BagLeakMpaPerMinute / 60)) * seconds;
        if (faults.BagLeakMpaPerMinute > MostDropMpaPerMinute)
        {
            Tripped = new Trip(PressureDropBit, "the pressure falls: the bag leaks");
            return;
        }

        if (pressureMpa < SetMpa - RepumpBelowMpa)
        {
            pressureMpa = SetMpa + OverfillMpa;
            repumps++;
        }

        double wanted = Wanted;
        bool inBand = Math.Abs(pressureMpa - SetMpa) <= parameters.Number("PressureBand")
            && Math.Abs(MediumDegC - SetDegC) <= parameters.Number("TempBand");
        dwell.Take(inBand ? seconds : 0, seconds, pressureMpa, MediumDegC);
        if (dwell.Seconds >= wanted - 1e-6)
        {
            leg = Leg.Release;
        }
        else if (inDwellLeg >= (2 * wanted) + 600)
        {
            Tripped = new Trip(DwellShortBit, "the dwell was not reached in twice its time");
        }
    }
}
