using System.Collections.Immutable;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Recipes;

/// <summary>
/// A sub-layer of the anode. Never called first or second: the source's "first slurry" ([0087]) makes the second
/// sub-layer.
/// </summary>
public enum SubLayer
{
    /// <summary>On the foil: coat 1, two carbons and silver ([0087]).</summary>
    Base,

    /// <summary>Against the solid electrolyte: coat 2, the small carbon and silver ([0088]).</summary>
    Top,
}

/// <summary>What a recipe may be made for.</summary>
public enum RecipeClass
{
    /// <summary>May become product; every hard rule binds.</summary>
    Production,

    /// <summary>A trial, such as a comparative example; can never be released as product.</summary>
    Engineering,
}

/// <summary>What an ingredient is for.</summary>
public enum MaterialKind
{
    /// <summary>A carbon, active.</summary>
    Carbon,

    /// <summary>Silver particles, active.</summary>
    Silver,

    /// <summary>Binder dissolved in solvent.</summary>
    BinderSolution,

    /// <summary>Solvent.</summary>
    Solvent,
}

/// <summary>How a D50 was measured. Rules judge primary particles only: the size of an aggregate from light scattering
/// would falsely break R06.</summary>
public enum D50Method
{
    /// <summary>Primary-particle size from electron microscopy.</summary>
    PrimaryParticle = 1,

    /// <summary>Size of aggregates from light scattering: recorded, never judged.</summary>
    LightScattering = 2,
}

/// <summary>The two stages of mixing; the number is what <c>StageId</c> carries in the tag contract.</summary>
public enum MixStageKind
{
    /// <summary>Before the dilution: 12 cycles ([0084]–[0091]).</summary>
    PreDilution = 1,

    /// <summary>After the dilution: 5 cycles ([0084]–[0091]).</summary>
    PostDilution = 2,
}

/// <summary>One material of a slurry and how much of it is weighed in.</summary>
/// <param name="Material">Material code, e.g. <c>cb-40</c>.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Mass">Target, 0 &lt; m ≤ 310 g.</param>
/// <param name="D50">Primary-particle size (<see cref="D50Method.PrimaryParticle"/>); carbons have one, others none.
/// </param>
/// <param name="CarbonType">E.g. <c>carbon black</c>; carbons only.</param>
/// <param name="BinderWeightFraction">Binder in its solution, 0 to 1; binder solutions only.</param>
/// <param name="OxygenAtPercent">Oxygen in at % by XPS, 0 to 100; null when not stated.</param>
public sealed record Ingredient(
    string Material,
    MaterialKind Kind,
    Grams Mass,
    Nanometres? D50,
    string? CarbonType,
    decimal? BinderWeightFraction,
    decimal? OxygenAtPercent);

/// <summary>A number of equal mix cycles. "12 times for 3 minutes" is twelve cycles, not one of 36 minutes.</summary>
/// <param name="Kind">Before or after the dilution.</param>
/// <param name="Cycles">Number of cycles, 1 to 30.</param>
/// <param name="CycleTime">Length of one cycle at speed, ramp excluded.</param>
/// <param name="Speed">Revolution speed.</param>
public sealed record MixStage(MixStageKind Kind, int Cycles, Seconds CycleTime, RevolutionsPerMinute Speed);

/// <summary>One slurry: what is weighed in, mixed, diluted and mixed again.</summary>
/// <param name="Layer">The sub-layer that it makes.</param>
/// <param name="Charge">What is weighed in before mixing, in order.</param>
/// <param name="Dilution">The solvent added between the two stages.</param>
/// <param name="PreDilution">Mixing before the dilution.</param>
/// <param name="PostDilution">Mixing after it.</param>
public sealed record SlurryFormula(
    SubLayer Layer,
    ImmutableArray<Ingredient> Charge,
    Ingredient Dilution,
    MixStage PreDilution,
    MixStage PostDilution)
{
    /// <summary>The carbons of the charge, smallest D50 first.</summary>
    public ImmutableArray<Ingredient> Carbons =>
        [.. Charge.Where(i => i.Kind == MaterialKind.Carbon).OrderBy(i => i.D50?.Value ?? decimal.MaxValue)];
}

/// <summary>Initial charge capacities of a cell ([0071]–[0072]).</summary>
/// <param name="NegativeMah">b: of the negative electrode in mAh, above 0.</param>
/// <param name="PositiveMah">a: of the positive electrode in mAh, above 0.</param>
public sealed record CellDesign(decimal NegativeMah, decimal PositiveMah);

/// <summary>A master recipe as read, with the site parameters that it was read under.</summary>
/// <param name="Id">Recipe id, e.g. <c>embodiment-4</c>.</param>
/// <param name="Version">From 1.</param>
/// <param name="Title">One line for a person.</param>
/// <param name="Class">Production or engineering.</param>
/// <param name="Slurries">In the order of coating: Base before Top; a single-layer recipe has only Base.</param>
/// <param name="Site">The site parameters.</param>
/// <param name="ContentHash">SHA-256 over the canonical form, 64 lower-case hexadecimal digits: the same for the same
/// content, whatever its spacing, comments and key order.</param>
public sealed record Recipe(
    string Id,
    int Version,
    string Title,
    RecipeClass Class,
    ImmutableArray<SlurryFormula> Slurries,
    SiteParameters Site,
    string ContentHash)
{
    /// <summary>The cell that the electrode is meant for; null when the recipe does not say.</summary>
    public CellDesign? Cell { get; init; }

    /// <summary>The slurry of a sub-layer, or null when the recipe has none.</summary>
    public SlurryFormula? Slurry(SubLayer layer) => Slurries.FirstOrDefault(s => s.Layer == layer);
}
