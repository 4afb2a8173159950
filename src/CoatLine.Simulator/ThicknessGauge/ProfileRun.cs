using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.ThicknessGauge;

/// <summary>Measures a profile: zero check, then one point after the other, row by row along the stroke.</summary>
internal sealed class ProfileRun : SegmentedRun
{
    private const double ZeroSeconds = 15;
    private const double SecondsPerPoint = 10;

    /// <summary>Repeatability of one reading, µm (1σ).</summary>
    private const double SigmaUm = 0.12;

    private const double ClassUm = 0.2;

    private readonly Sheet sheet;
    private readonly DateTime calibrationDue;
    private readonly double zeroUm;
    private readonly GridPoint[] points;

    public ProfileRun(Sheet sheet, Parameters parameters, Scatter scatter, DateTime calibrationDue, DateTime now)
        : base(now, 5)
    {
        this.sheet = sheet;
        this.calibrationDue = calibrationDue;
        Random random = scatter.For(sheet.Identity("profile", ThicknessGaugeProgram.MeasureProfile));
        zeroUm = Math.Round(Scatter.Normal(random, 0, 0.03), 2);
        int count = parameters.Whole("PointCount");
        double margin = parameters.Number("EdgeMargin");
        points = [.. Grid(count, margin, sheet.Coats[0].StrokeMm).Select(p => p with
        {
            Um = Math.Max(0, Math.Round(sheet.ThicknessUm(p.X, p.Y) + Scatter.Normal(random, 0, SigmaUm), 2)),
        })];
        Plan(new Segment("zero", ZeroSeconds), new Segment("measure", SecondsPerPoint * count));
    }

    public override double CountedSeconds => Seconds;

    private int Measured => IsDone ? points.Length
        : Current == "measure" ? (int)(InSegment / SecondsPerPoint)
        : 0;

    /// <summary>
    /// The grid: the most square one with exactly so many points (3 × 3 for 9, 3 across × 5 along for 15), the outer
    /// points at the margin; a side with one point has it in the middle.
    /// </summary>
    public static IEnumerable<GridPoint> Grid(int count, double marginMm, double strokeMm)
    {
        int across = Enumerable.Range(1, (int)Math.Sqrt(count)).Last(n => count % n == 0);
        int along = count / across;
        for (int i = 0; i < count; i++)
        {
            yield return new GridPoint(
                i + 1,
                Place(i % across, across, marginMm, Coat.WidthMm),
                Place(i / across, along, marginMm, strokeMm),
                0);
        }
    }

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        sheet.HeldBy = null;
        if (end == PhaseEnd.Completed)
        {
            sheet.CountMeasurement(ThicknessGaugeProgram.MeasureProfile);
        }

        GridPoint[] measured = points[..Measured];
        results.Set("SheetId", sheet.Id);
        results.Set("PointId", measured.Select(p => p.Id).ToArray());
        results.Set("X", measured.Select(p => p.X).ToArray());
        results.Set("Y", measured.Select(p => p.Y).ToArray());
        results.Set("Thickness", measured.Select(p => p.Um).ToArray());
        results.Set("GaugeId", "TG-01");
        results.Set("GaugeClass", ClassUm);
        results.Set("ZeroCheck", zeroUm);
        results.Set("CalDue", calibrationDue);
    }

    public override void WriteLive(LiveWriter live) =>
        live.Set("Thickness", Measured > 0 ? points[Measured - 1].Um : 0);

    protected override void Move(string segment, double seconds)
    {
    }

    private static double Place(int index, int count, double margin, double length) => Math.Round(
        count == 1 ? length / 2 : margin + (index * (length - (2 * margin)) / (count - 1)), 2);
}

/// <summary>A point of the grid with its reading.</summary>
/// <param name="Id">Number, row by row from 1.</param>
/// <param name="X">Across the coat, from its left edge, mm.</param>
/// <param name="Y">Along the stroke, from its start, mm.</param>
/// <param name="Um">Thickness above the foil, µm.</param>
internal sealed record GridPoint(int Id, double X, double Y, double Um);
