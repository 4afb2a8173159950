using CoatLine.Simulator.Physics;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.World;

namespace CoatLine.Simulator.Balance;

/// <summary>Weighs discs punched from places of the sheet that the sheet's identity decides.</summary>
internal sealed class PunchRun : SegmentedRun
{
    private const double SetUpSeconds = 15;
    private const double SecondsPerDisc = 20;

    /// <summary>Repeatability of the weighing and scatter of the foil under the disc, mg (1σ).</summary>
    private const double SigmaMg = 0.015;

    /// <summary>Discs are punched well inside the coat: this fraction of it stays free at each side.</summary>
    private const double Rim = 0.2;

    private readonly Sheet sheet;
    private readonly Parameters parameters;
    private readonly DateTime calibrationDue;
    private readonly double[] masses;

    public PunchRun(Sheet sheet, Parameters parameters, Scatter scatter, DateTime calibrationDue, DateTime now)
        : base(now, 5)
    {
        this.sheet = sheet;
        this.parameters = parameters;
        this.calibrationDue = calibrationDue;
        Random random = scatter.For(sheet.Identity("punch", BalanceProgram.WeighPunch));
        masses = [.. Places(random, parameters.Whole("SampleCount")).Select(p => Disc(p.U, p.V, random))];
        Plan(new Segment("set up", SetUpSeconds), new Segment("weigh", SecondsPerDisc * masses.Length));
    }

    public override double CountedSeconds => Seconds;

    private int Weighed => IsDone ? masses.Length
        : Current == "weigh" ? (int)(InSegment / SecondsPerDisc)
        : 0;

    public override void Finish(PhaseEnd end, ResultWriter results)
    {
        sheet.HeldBy = null;
        if (end == PhaseEnd.Completed)
        {
            sheet.CountMeasurement(BalanceProgram.WeighPunch);
        }

        results.Set("PunchMass", masses[..Weighed]);
        results.Set("PunchArea", parameters.Number("PunchArea"));
        results.Set("CalDue", calibrationDue);
        results.Set("BalanceId", "BAL-01");
    }

    public override void WriteLive(LiveWriter live)
    {
        live.Set("Gross", Weighed > 0 ? masses[Weighed - 1] / 1000 : 0, 5);
        live.Set("Stable", Weighed > 0);
    }

    protected override void Move(string segment, double seconds)
    {
    }

    /// <summary>The middle for an odd count, then pairs of opposite places: a tilt of the coat evens out.</summary>
    private static IEnumerable<(double U, double V)> Places(Random random, int count)
    {
        if (count % 2 == 1)
        {
            yield return (0.5, 0.5);
        }

        for (int pair = 0; pair < count / 2; pair++)
        {
            double u = Scatter.Between(random, Rim, 1 - Rim);
            double v = Scatter.Between(random, Rim, 1 - Rim);
            yield return (u, v);
            yield return (1 - u, 1 - v);
        }
    }

    private double Disc(double u, double v, Random random)
    {
        double x = Coat.WidthMm * u;
        double y = sheet.Coats[0].StrokeMm * v;
        double perArea = sheet.Coats.Sum(c => c.ArealMass(x, y) * (1 + c.Nmp));
        double mass = (perArea * parameters.Number("PunchArea")) + Scatter.Normal(random, 0, SigmaMg);
        return Math.Max(0, Math.Round(mass, 3));
    }
}
