using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Dryer;

/// <summary>One drying: purge, ramp, segment 1, ramp and evacuation, segment 2, cooling.</summary>
internal sealed class DryRun : SegmentedRun
{
    private const double StepSeconds = 2;
    private const double PurgeSeconds = 60;
    private const double SafeToTouchDegC = 40;
    private const double RippleDegC = 0.4;
    private const double RipplePeriodSeconds = 240;
    private const double SampleTau = 45;
    private const double PumpTau = 20;
    private const double AirKpa = 101.3;
    private const double FlowPerHour = 240;
    private const double PumpFlowPerHour = 40;
    private const double FullFlowPerHour = 400;
    private const double CoolingTau = 900;
    private const double HoldLelPercent = 25;
    private const double TripLelPercent = 50;

    /// <summary>Alarm bit: vapour at half of the lower explosive limit; the dryer trips.</summary>
    public const int LelTripBit = 0;

    /// <summary>Alarm bit: vapour at a quarter of it; heat off, full exhaust, held.</summary>
    public const int LelHiBit = 4;

    private const string First = "1";
    private const string RampToSecond = "ramp 2";
    private const string Second = "2";
    private const string Cool = "cool";

    private readonly Sheet sheet;
    private readonly Parameters parameters;
    private readonly LineFaults faults;
    private readonly bool hasVacuum;
    private readonly double zoneOffset;
    private readonly SegmentExtremes first = new();
    private readonly SegmentExtremes second = new();
    private double setDegC = SlurryHeat.AmbientDegC;
    private double sampleDegC = SlurryHeat.AmbientDegC;
    private double pressureKpa = AirKpa;
    private double lowestKpa = AirKpa;
    private DateTime? heldAt;
    private double lel;
    private double highestLel;
    private double firstSeconds;
    private double secondSeconds;

    public DryRun(Sheet sheet, Parameters parameters, Scatter scatter, LineFaults faults, DateTime now)
        : base(now, StepSeconds)
    {
        this.sheet = sheet;
        this.parameters = parameters;
        this.faults = faults;
        zoneOffset = Scatter.Normal(scatter.For(sheet.Identity("dry", 0)), 0, 0.3);
        double time1 = parameters.Number("Segment1Time");
        double time2 = parameters.Number("Segment2Time");
        hasVacuum = time2 > 0 && parameters.Number("Segment2PressureSP") < AirKpa;
        double perSecond = parameters.Number("RampSP") / 60;
        double after1 = time1 > 0 ? parameters.Number("Segment1TempSP") : SlurryHeat.AmbientDegC;
        double after2 = time2 > 0 ? parameters.Number("Segment2TempSP") : after1;
        double evacuation = hasVacuum ? 6 * PumpTau : 0;
        Plan(
            new Segment("purge", PurgeSeconds),
            new Segment("ramp 1", Math.Abs(after1 - SlurryHeat.AmbientDegC) / perSecond),
            new Segment(First, time1),
            new Segment(RampToSecond, Math.Max(evacuation, Math.Abs(after2 - after1) / perSecond)),
            new Segment(Second, time2),
            new Segment(Cool, Math.Max(0, after2 - SafeToTouchDegC) / perSecond));
    }

    public override double CountedSeconds => Math.Round(firstSeconds + secondSeconds, 3);

    public override Trip? Danger => Vapour >= TripLelPercent
        ? new Trip(LelTripBit, "solvent vapour at half of the lower explosive limit")
        : null;

    public override uint Warnings => Vapour >= HoldLelPercent ? 1u << LelHiBit : 0;

    /// <summary>Vapour in the chamber, % of the lower explosive limit.</summary>
    private double Vapour => lel + faults.ExtraLelPercent;

    private double Zone1 => setDegC + zoneOffset + (RippleDegC * Math.Sin(2 * Math.PI * Seconds / RipplePeriodSeconds));

    private double Zone2 => setDegC - zoneOffset + (RippleDegC * Math.Cos(2 * Math.PI * Seconds / RipplePeriodSeconds));

    private double TargetDegC => Current switch
    {
        "purge" => SlurryHeat.AmbientDegC,
        "ramp 1" or First => parameters.Number("Segment1TempSP"),
        Cool => SafeToTouchDegC,
        _ => parameters.Number("Segment2Time") > 0 ? parameters.Number("Segment2TempSP") : setDegC,
    };

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        sheet.HeldBy = null;
        results.Set("SheetId", sheet.Id);
        results.Set("Segment1TempMin", Math.Round(first.Low, 1));
        results.Set("Segment1TempMax", Math.Round(first.High, 1));
        results.Set("Segment2TempMin", Math.Round(second.Low, 1));
        results.Set("Segment2TempMax", Math.Round(second.High, 1));
        results.Set("Segment1Seconds", Math.Round(firstSeconds, 3));
        results.Set("Segment2Seconds", Math.Round(secondSeconds, 3));
        results.Set("PressureMin", Math.Round(lowestKpa, 2));
        results.Set("LelMax", Math.Round(highestLel, 2));
        results.Set("ResidualNmp", Math.Round(Math.Min(1e6, sheet.Nmp * 1e6), 0));
    }

    public override void WriteLive(LiveWriter live)
    {
        bool inSegment = !IsDone && Current is First or Second;
        live.Set("Zone1Temp", heldAt is { } held ? Cooled(setDegC, held, live.At) : Zone1, 1);
        live.Set("Zone2Temp", heldAt is { } since ? Cooled(setDegC, since, live.At) : Zone2, 1);
        live.Set("SampleTemp", heldAt is { } then ? Cooled(sampleDegC, then, live.At) : sampleDegC, 1);
        live.Set("ExhaustFlow", heldAt is not null ? FullFlowPerHour
            : pressureKpa < Evaporation.VacuumBelowKpa ? PumpFlowPerHour : FlowPerHour);
        live.Set("Lel", Vapour);
        live.Set("Pressure", pressureKpa, 1);
        live.SetWhole("SegmentIndex", inSegment ? (Current == First ? 1 : 2) : 0);
        live.Set("Remaining", inSegment ? SegmentSeconds - InSegment : 0, 0);
        live.Set("DoorClosed", true);
        live.Set("FanRun", true);
        live.Set("PurgeDone", Current != "purge");
    }

    protected override void Move(string segment, double seconds)
    {
        double ramp = parameters.Number("RampSP") / 60 * seconds;
        setDegC += Math.Clamp(TargetDegC - setDegC, -ramp, ramp);
        sampleDegC = setDegC + ((sampleDegC - setDegC) * Math.Exp(-seconds / SampleTau));
        double pressureTarget = hasVacuum && (segment is RampToSecond or Second)
            ? parameters.Number("Segment2PressureSP")
            : AirKpa;
        pressureKpa = pressureTarget + ((pressureKpa - pressureTarget) * Math.Exp(-seconds / PumpTau));
        lowestKpa = Math.Min(lowestKpa, pressureKpa);
        Evaporate(seconds);
        if (segment == First)
        {
            firstSeconds += seconds;
            first.Take(Zone1, Zone2);
        }
        else if (segment == Second)
        {
            secondSeconds += seconds;
            second.Take(Zone1, Zone2);
        }
    }

    private void Evaporate(double seconds)
    {
        double gone = 0;
        foreach (Coat coat in sheet.Coats)
        {
            double left = Evaporation.After(coat.Nmp, sampleDegC, pressureKpa, coat.FloorInAir, seconds);
            gone += (coat.Nmp - left) * coat.DryGrams;
            coat.Nmp = left;
        }

        double flow = (pressureKpa < Evaporation.VacuumBelowKpa ? PumpFlowPerHour : FlowPerHour) / 3600;
        lel = 100 * gone / seconds / flow / Evaporation.LelGramsPerM3;
        highestLel = Math.Max(highestLel, Vapour);
        MustHold = Vapour >= HoldLelPercent;
    }

    // Heat is off and the exhaust is fully open: the sheet gives off nothing worth counting any more.
    protected override void OnPaused(DateTime at) => (heldAt, lel) = (at, 0);

    protected override void OnResumed(DateTime at)
    {
        if (heldAt is { } held)
        {
            (setDegC, sampleDegC) = (Cooled(setDegC, held, at), Cooled(sampleDegC, held, at));
        }

        heldAt = null;
    }

    private static double Cooled(double degC, DateTime from, DateTime to) => SlurryHeat.AmbientDegC
        + ((degC - SlurryHeat.AmbientDegC) * Math.Exp(-Math.Max(0, (to - from).TotalSeconds) / CoolingTau));

    /// <summary>Lowest and highest zone temperature of a segment; 0 when it was never entered.</summary>
    private sealed class SegmentExtremes
    {
        private bool any;

        public double Low { get; private set; }

        public double High { get; private set; }

        public void Take(double zone1, double zone2)
        {
            double low = Math.Min(zone1, zone2);
            double high = Math.Max(zone1, zone2);
            Low = any ? Math.Min(Low, low) : low;
            High = any ? Math.Max(High, high) : high;
            any = true;
        }
    }
}
