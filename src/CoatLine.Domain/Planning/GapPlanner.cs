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
    public static GapPlan Plan(ThicknessProfile baseDried, SlurryFormula top, SiteParameters site)
    {
        if (baseDried.Layer != SubLayer.Base || baseDried.State != LayerState.Dried || top.Layer != SubLayer.Top)
        {
            throw new ArgumentException("a gap is planned from a dried Base for a Top slurry", nameof(baseDried));
        }

        return SelfConsistent(baseDried.Max, Beta(top, site), site, site.Planning.PlanningZ);
    }

    /// <summary><c>β = k·φ2/(1−ε1)</c>: dry Top per clearance.</summary>
    public static decimal Beta(SlurryFormula top, SiteParameters site)
    {
        decimal phi = SlurryComposition.Of(top, site.Densities).SolidsVolumeFraction;
        return site.Coating.WetFilmFactor * phi / (1m - site.Top.Before);
    }

    /// <summary>w: what pressing multiplies the ratio by, <c>[(1−ε1)/(1−ε1')]⁻¹·[(1−ε2)/(1−ε2')]</c>, 1 Top, 2 Base.
    /// </summary>
    public static decimal PressingFactor(SiteParameters site) => site.Base.ThicknessFactor / site.Top.ThicknessFactor;

    /// <summary>Standard uncertainty of ln R at a gap:
    /// <c>u² = u_β² + (u_H/(H2−Bmax))² + (u_B·[1/Bmax + 1/(H2−Bmax)])²</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gap is not above the Base.</exception>
    public static double Uncertainty(Micrometres baseMax, Micrometres gap, PlanningParameters planning)
    {
        double clearance = (double)(gap.Value - baseMax.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clearance, nameof(gap));
        return Uncertainty((double)baseMax.Value, clearance, planning);
    }

    /// <summary>Plans with the uncertainty solved at each edge of the window.</summary>
    /// <param name="baseMax">Greatest dried thickness of the Base, above 0.</param>
    /// <param name="beta">β, above 0.</param>
    /// <param name="site">Site parameters.</param>
    /// <param name="z">Guard band in standard uncertainties, ≥ 0.</param>
    public static GapPlan SelfConsistent(Micrometres baseMax, decimal beta, SiteParameters site, decimal z)
    {
        GapProblem problem = GapProblem.Of(baseMax, beta, PressingFactor(site), z);
        double At(double clearance) => Uncertainty(problem.Base, clearance, site.Planning);

        double least = problem.Clearance(problem.RatioHigh);
        double greatest = problem.Clearance(problem.RatioLow);

        // ln R + z·u falls with the clearance, so the lower edge is where it comes down to ln RU.
        double low = Bisect(
            least,
            WidestSearch * greatest,
            c => Math.Log(problem.Ratio(c)) + (problem.Z * At(c)) > Math.Log(problem.RatioHigh));

        // Wherever a permissible gap exists, ln R − z·u falls from the lower edge on; so if it is below ln RL there,
        // it is below it everywhere.
        bool Above(double c) => Math.Log(problem.Ratio(c)) - (problem.Z * At(c)) >= Math.Log(problem.RatioLow);
        double u = At(problem.Clearance(problem.Target));
        return Above(low)
            ? problem.Feasible(u, low, Bisect(low, greatest, Above), site.Coating.GapResolution)
            : problem.Infeasible(u);
    }

    /// <summary>Plans with one uncertainty for the whole window.</summary>
    /// <param name="baseMax">Greatest dried thickness of the Base, above 0.</param>
    /// <param name="beta">β, above 0.</param>
    /// <param name="site">Site parameters.</param>
    /// <param name="u">Standard uncertainty of ln R, ≥ 0.</param>
    /// <param name="z">Guard band in standard uncertainties, ≥ 0.</param>
    public static GapPlan AtUncertainty(Micrometres baseMax, decimal beta, SiteParameters site, double u, decimal z)
    {
        GapProblem problem = GapProblem.Of(baseMax, beta, PressingFactor(site), z);
        double guard = Math.Exp(problem.Z * u);
        double ratioLow = problem.RatioLow * guard;
        double ratioHigh = problem.RatioHigh / guard;
        return ratioLow > ratioHigh
            ? problem.Infeasible(u)
            : problem.Feasible(
                u, problem.Clearance(ratioHigh), problem.Clearance(ratioLow), site.Coating.GapResolution);
    }

    private static double Uncertainty(double baseMax, double clearance, PlanningParameters planning)
    {
        double beta = (double)planning.BetaUncertainty;
        double gap = (double)planning.GapUncertainty.Value / clearance;
        double onBase = (double)planning.BaseUncertainty.Value * ((1d / baseMax) + (1d / clearance));
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
