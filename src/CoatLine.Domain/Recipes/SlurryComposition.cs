using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Recipes;

/// <summary>What follows from a formula and the material densities. Nothing is rounded.</summary>
/// <param name="Charge">Mass before the dilution.</param>
/// <param name="Final">Mass after it.</param>
/// <param name="Carbon">All carbons.</param>
/// <param name="FirstCarbon">The carbon with the smallest D50; all of it, should two lots have that size.</param>
/// <param name="SecondCarbon">The carbon with the next larger D50; 0 g when there is none.</param>
/// <param name="Silver">Silver.</param>
/// <param name="BinderSolids">Dry binder.</param>
/// <param name="SolidsVolume">Volume of the solids in cm³.</param>
/// <param name="SolventBeforeVolume">Volume of the solvent before the dilution in cm³.</param>
/// <param name="SolventAfterVolume">Volume of the solvent after it in cm³.</param>
public sealed record SlurryComposition(
    Grams Charge,
    Grams Final,
    Grams Carbon,
    Grams FirstCarbon,
    Grams SecondCarbon,
    Grams Silver,
    Grams BinderSolids,
    decimal SolidsVolume,
    decimal SolventBeforeVolume,
    decimal SolventAfterVolume)
{
    /// <summary>Active material: carbons and silver, binder excluded.</summary>
    public Grams Active => new(Carbon.Value + Silver.Value);

    /// <summary>Everything that stays after drying.</summary>
    public Grams Solids => new(Active.Value + BinderSolids.Value);

    /// <summary>Solids in wt % before the dilution.</summary>
    public decimal SolidsPercentBefore => 100m * Solids.Value / Charge.Value;

    /// <summary>Solids in wt % after the dilution.</summary>
    public decimal SolidsPercentAfter => 100m * Solids.Value / Final.Value;

    /// <summary>Silver in wt % of the active material.</summary>
    public decimal SilverPercentOfActive => 100m * Silver.Value / Active.Value;

    /// <summary>Silver in wt % of the dry film.</summary>
    public decimal SilverPercentOfDry => 100m * Silver.Value / Solids.Value;

    /// <summary>Binder in wt % of the dry film.</summary>
    public decimal BinderPercentOfDry => 100m * BinderSolids.Value / Solids.Value;

    /// <summary>First carbon as a fraction of first and second; 1 when there is no second.</summary>
    public decimal FirstCarbonFraction => FirstCarbon.Value / (FirstCarbon.Value + SecondCarbon.Value);

    /// <summary>Density of the solids without pores.</summary>
    public GramsPerCubicCentimetre SolidsDensity => new(Solids.Value / SolidsVolume);

    /// <summary>Density of the slurry that is coated.</summary>
    public GramsPerCubicCentimetre SlurryDensity => new(Final.Value / (SolidsVolume + SolventAfterVolume));

    /// <summary>Solids by volume before the dilution, as a fraction.</summary>
    public decimal SolidsVolumeFractionBefore => SolidsVolume / (SolidsVolume + SolventBeforeVolume);

    /// <summary>φ: solids by volume of the slurry that is coated, as a fraction.</summary>
    public decimal SolidsVolumeFraction => SolidsVolume / (SolidsVolume + SolventAfterVolume);

    /// <summary>Computes the composition of a formula.</summary>
    /// <param name="formula">At least one carbon, as the recipe reader ensures.</param>
    /// <param name="densities">Material densities, above 0.</param>
    /// <exception cref="DivideByZeroException">A property was read that means nothing without solids.</exception>
    public static SlurryComposition Of(SlurryFormula formula, MaterialDensities densities)
    {
        decimal carbon = Sum(formula, MaterialKind.Carbon);
        decimal silver = Sum(formula, MaterialKind.Silver);
        decimal binder = formula.Charge
            .Where(i => i.Kind == MaterialKind.BinderSolution)
            .Sum(i => i.Mass.Value * (i.BinderWeightFraction ?? 0m));
        decimal charge = formula.Charge.Sum(i => i.Mass.Value);
        decimal final = charge + formula.Dilution.Mass.Value;
        decimal solids = carbon + silver + binder;
        CarbonSplit split = CarbonSplit.Of(formula);
        return new SlurryComposition(
            new(charge),
            new(final),
            new(carbon),
            split.FirstMass,
            split.SecondMass,
            new(silver),
            new(binder),
            (carbon / densities.Carbon.Value) + (silver / densities.Silver.Value) + (binder / densities.Binder.Value),
            (charge - solids) / densities.Solvent.Value,
            (final - solids) / densities.Solvent.Value);
    }

    private static decimal Sum(SlurryFormula formula, MaterialKind kind) =>
        formula.Charge.Where(i => i.Kind == kind).Sum(i => i.Mass.Value);
}
