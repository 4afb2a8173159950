using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Planning;

/// <summary>
/// Plans the gap of coat 2 from the measured Base. The blade is referenced to the foil at H2, so the Top comes out
/// as <c>T(x) = β·(H2 − B(x))</c>, thinnest where the Base is thickest, and <c>R = Bmax / (β·(H2 − Bmax))</c>.
/// </summary>
public static class GapPlanner
{
    private const int BisectionSteps = 100;

    // No guard band that leaves any ratio in the limits moves an edge by more than their quotient, so this is ample.
    private const double WidestSearch = 100d;

    /// <summary>Plans from a dried Base with the uncertainty solved at each edge of the window.</summary>
    /// <param name="baseDried">The Base, dried.</param>
    /// <param name="top">The formula of the Top slurry.</param>
    /// <param name="site">Site parameters.</param>
    /// <exception cref="ArgumentException">The profile is not of a dried Base, or has no thickness.</exception>
    public static GapPlan Plan(ThicknessProfile baseDried, SlurryFormula top, SiteParameters site) =>
        SelfConsistent(Ask(baseDried, top, site));

    /// <summary>The question that a dried Base and a Top slurry pose with the guard band of the site.</summary>
    /// <exception cref="ArgumentException">The profile is not of a dried Base, or the slurry not of a Top.</exception>
    public static GapQuestion Ask(ThicknessProfile baseDried, SlurryFormula top, SiteParameters site) =>
        baseDried.Layer == SubLayer.Base && baseDried.State == LayerState.Dried && top.Layer == SubLayer.Top
            ? new GapQuestion(baseDried.Max, Beta(top, site), site, site.Planning.PlanningZ)
            : throw new ArgumentException("a gap is planned from a dried Base for a Top slurry", nameof(baseDried));

    /// <summary><c>β = k·φ2/(1−ε1)</c>: dry Top per clearance.</summary>
    public static decimal Beta(SlurryFormula top, SiteParameters site) => Gain(top with { Layer = SubLayer.Top }, site);

    /// <summary><c>k·φ/(1−ε)</c>: dry thickness of a coat per gap, or per clearance for Top, µm/µm.</summary>
    public static decimal Gain(SlurryFormula slurry, SiteParameters site)
    {
        decimal phi = SlurryComposition.Of(slurry, site.Densities).SolidsVolumeFraction;
        return site.Coating.WetFilmFactor * phi / (1m - site.Porosity(slurry.Layer).Before);
    }

    /// <summary>w: what pressing multiplies the ratio by, <c>[(1−ε1)/(1−ε1')]⁻¹·[(1−ε2)/(1−ε2')]</c>, 1 Top, 2 Base.
    /// </summary>
    public static decimal PressingFactor(SiteParameters site) => site.Base.ThicknessFactor / site.Top.ThicknessFactor;

    /// <summary>Standard uncertainty of ln R at a gap above the foil:
    /// <c>u² = u_β² + (u_H/(H2−Bmax))² + (u_B·[1/Bmax + 1/(H2−Bmax)])²</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gap is not above the Base.</exception>
    public static double Uncertainty(Micrometres baseMax, Micrometres gap, PlanningParameters planning) =>
        Uncertainty(baseMax, gap, BladeDatum.Foil, planning);

    /// <summary>The same above any datum: on the coated surface the gap is the clearance, and the Base does not move
    /// it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The blade would touch the Base.</exception>
    public static double Uncertainty(
        Micrometres baseMax, Micrometres gap, BladeDatum datum, PlanningParameters planning)
    {
        double clearance = (double)(datum == BladeDatum.Foil ? gap.Value - baseMax.Value : gap.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clearance, nameof(gap));
        return Uncertainty((double)baseMax.Value, clearance, datum, planning);
    }

    /// <summary>Plans with the uncertainty solved at each edge of the window, the foil being the datum.</summary>
    /// <param name="baseMax">Greatest dried thickness of the Base, above 0.</param>
    /// <param name="beta">β, above 0.</param>
    /// <param name="site">Site parameters.</param>
    /// <param name="z">Guard band in standard uncertainties, ≥ 0.</param>
    public static GapPlan SelfConsistent(Micrometres baseMax, decimal beta, SiteParameters site, decimal z) =>
        SelfConsistent(new GapQuestion(baseMax, beta, site, z));

    /// <summary>Plans with the uncertainty solved at each edge of the window: at an edge the guard band is as wide as
    /// the uncertainty of that very gap asks for.</summary>
    public static GapPlan SelfConsistent(GapQuestion question)
    {
        GapProblem problem = new(question);
        double u = problem.Uncertainty(problem.Clearance(problem.Target));
        if (problem.RatioLow > problem.RatioHigh)
        {
            return problem.Infeasible(u);
        }

        double least = problem.Clearance(problem.RatioHigh);
        double greatest = problem.Clearance(problem.RatioLow);
        double Guard(double clearance) => problem.Z * problem.Uncertainty(clearance);

        // ln R + z·u falls with the clearance, so the lower edge is where it comes down to ln RU.
        double low = Bisect(
            least,
            WidestSearch * greatest,
            c => Math.Log(problem.Ratio(c)) + Guard(c) > Math.Log(problem.RatioHigh));

        // Wherever a permissible gap exists, ln R − z·u falls from the lower edge on; so if it is below ln RL there,
        // it is below it everywhere.
        bool Above(double c) => Math.Log(problem.Ratio(c)) - Guard(c) >= Math.Log(problem.RatioLow);
        return Above(low) ? problem.Feasible(u, low, Bisect(low, greatest, Above)) : problem.Infeasible(u);
    }

    /// <summary>Plans with the uncertainty of the gap aimed at for the whole window.</summary>
    public static GapPlan AtTarget(GapQuestion question)
    {
        GapProblem problem = new(question);
        return AtUncertainty(question, problem.Uncertainty(problem.Clearance(problem.Target)));
    }

    /// <summary>Plans with one uncertainty for the whole window, the foil being the datum.</summary>
    /// <param name="baseMax">Greatest dried thickness of the Base, above 0.</param>
    /// <param name="beta">β, above 0.</param>
    /// <param name="site">Site parameters.</param>
    /// <param name="u">Standard uncertainty of ln R, ≥ 0.</param>
    /// <param name="z">Guard band in standard uncertainties, ≥ 0.</param>
    public static GapPlan AtUncertainty(Micrometres baseMax, decimal beta, SiteParameters site, double u, decimal z) =>
        AtUncertainty(new GapQuestion(baseMax, beta, site, z), u);

    /// <summary>Plans with one uncertainty for the whole window.</summary>
    /// <param name="question">The question.</param>
    /// <param name="u">Standard uncertainty of ln R, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The uncertainty is below 0 or not finite.</exception>
    public static GapPlan AtUncertainty(GapQuestion question, double u)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(u);
        GapProblem problem = new(question);
        double guard = Math.Exp(problem.Z * u);
        double ratioLow = problem.RatioLow * guard;
        double ratioHigh = problem.RatioHigh / guard;
        return ratioLow <= ratioHigh
            ? problem.Feasible(u, problem.Clearance(ratioHigh), problem.Clearance(ratioLow))
            : problem.Infeasible(u);
    }

    internal static double Uncertainty(double baseMax, double clearance, BladeDatum datum, PlanningParameters planning)
    {
        double beta = (double)planning.BetaUncertainty;
        double gap = (double)planning.GapUncertainty.Value / clearance;

        // On the coated surface an error of the Base does not move the blade.
        double moved = datum == BladeDatum.Foil ? 1d / clearance : 0d;
        double onBase = (double)planning.BaseUncertainty.Value * ((1d / baseMax) + moved);
        return Math.Sqrt((beta * beta) + (gap * gap) + (onBase * onBase));
    }

    // The place where a condition that holds at the low end ceases to hold; the low end itself where it never holds.
    private static double Bisect(double low, double high, Func<double, bool> holds)
    {
        if (!holds(low))
        {
            return low;
        }

        for (int step = 0; step < BisectionSteps; step++)
        {
            double middle = (low + high) / 2d;
            (low, high) = holds(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }
}
