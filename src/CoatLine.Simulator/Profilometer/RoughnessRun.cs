using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Profilometer;

/// <summary>Measures Sa and Sz of samples of one sheet.</summary>
internal sealed class RoughnessRun : SegmentedRun
{
    private const double SetUpSeconds = 15;
    private const double SecondsPerSample = 30;
    private const double SaScatterUm = 0.008;
    private const double SzScatterUm = 0.03;

    private readonly Sheet sheet;
    private readonly DateTime calibrationDue;
    private readonly double[] sa;
    private readonly double[] sz;

    public RoughnessRun(Sheet sheet, Parameters parameters, Scatter scatter, DateTime calibrationDue, DateTime now)
        : base(now, 5)
    {
        this.sheet = sheet;
        this.calibrationDue = calibrationDue;
        Random random = scatter.For(sheet.Identity("roughness", ProfilometerProgram.MeasureRoughness));
        Coat thick = sheet.Coats[0];
        Microstructure layer = thick.Slurry.Microstructure;
        double meanSa = Roughness.Sa(layer, thick.Dispersion, sheet.YieldedMpa);
        double meanSz = Roughness.Sz(layer, thick.Dispersion, sheet.YieldedMpa);
        int count = parameters.Whole("SampleCount");
        sa = new double[count];
        sz = new double[count];
        for (int i = 0; i < count; i++)
        {
            sa[i] = Math.Round(meanSa + Scatter.Between(random, -SaScatterUm, SaScatterUm), 3);
            sz[i] = Math.Round(meanSz + Scatter.Between(random, -SzScatterUm, SzScatterUm), 3);
        }

        Plan(new Segment("set up", SetUpSeconds), new Segment("measure", SecondsPerSample * count));
    }

    public override double CountedSeconds => Seconds;

    private int Measured => IsDone ? sa.Length
        : Current == "measure" ? (int)(InSegment / SecondsPerSample)
        : 0;

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        sheet.HeldBy = null;
        if (end == PhaseEnd.Completed)
        {
            sheet.CountMeasurement(ProfilometerProgram.MeasureRoughness);
        }

        results.Set("SheetId", sheet.Id);
        results.Set("SampleId", Enumerable.Range(1, Measured).ToArray());
        results.Set("Sa", sa[..Measured]);
        results.Set("Sz", sz[..Measured]);
        results.Set("Filter", "S-filter 0.8 µm, L-filter 0.25 mm");
        results.Set("GaugeId", "CP-01");
        results.Set("CalDue", calibrationDue);
    }

    public override void WriteLive(LiveWriter live)
    {
        live.Set("Sa", Measured > 0 ? sa[Measured - 1] : 0, 3);
        live.Set("Sz", Measured > 0 ? sz[Measured - 1] : 0, 3);
    }

    protected override void Move(string segment, double seconds)
    {
    }
}
