using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Materials;

/// <summary>
/// How much slurry a jar has left, and for how many sheets: weighed in, less what the coats took, less what stays in
/// the jar. A coat takes k · opening · width · stroke · density, and what stays on the blade; the opening is the gap
/// above the foil for coat 1 and the clearance above Base for coat 2. Pure.
/// </summary>
/// <param name="Layer">The sub-layer that the slurry makes.</param>
/// <param name="WeighedIn">By the balance.</param>
/// <param name="Drawn">By the coats so far.</param>
/// <param name="Dead">What stays in the jar.</param>
/// <param name="PerSheet">What the next sheet takes at most, above 0.</param>
public sealed record SlurryBalance(SubLayer Layer, Grams WeighedIn, Grams Drawn, Grams Dead, Grams PerSheet)
{
    private const decimal CentimetresPerMicrometre = 0.0001m;
    private const decimal SquareMillimetresPerSquareCentimetre = 100m;

    /// <summary>What can still be coated; never below 0.</summary>
    public Grams Left => new(Math.Max(0m, WeighedIn.Value - Drawn.Value - Dead.Value));

    /// <summary>Whole sheets that it is enough for.</summary>
    public int SheetsLeft => (int)decimal.Floor(Left.Value / PerSheet.Value);

    /// <summary>Wet mass that one coat takes out of its jar.</summary>
    /// <param name="opening">Gap above the foil, or clearance above Base.</param>
    /// <param name="stroke">Length of the coat.</param>
    /// <param name="density">Density of the slurry.</param>
    /// <param name="coating">Wet film per opening, width, and what stays on the blade.</param>
    public static Grams WetMass(
        Micrometres opening, Millimetres stroke, GramsPerCubicCentimetre density, CoatingParameters coating)
    {
        decimal area = coating.Width.Value * stroke.Value / SquareMillimetresPerSquareCentimetre;
        decimal film = coating.WetFilmFactor * opening.Value * CentimetresPerMicrometre;
        return new(film * area * density.Value * coating.DrawFactor);
    }

    /// <summary>Whole sheets that the slurries of a recipe are enough for, as the formula has them.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="site">Site parameters.</param>
    public static int SheetsPossible(Recipe recipe, SiteParameters site) =>
        recipe.Slurries.Min(s => Fresh(recipe, s, site).SheetsLeft);

    /// <summary>A slurry as its formula has it, with nothing drawn.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="formula">One of its slurries.</param>
    /// <param name="site">Site parameters.</param>
    public static SlurryBalance Fresh(Recipe recipe, SlurryFormula formula, SiteParameters site)
    {
        SlurryComposition slurry = SlurryComposition.Of(formula, site.Densities);
        return new SlurryBalance(
            formula.Layer,
            slurry.Final,
            new(0m),
            new(site.Coating.JarDeadVolume.Value * slurry.SlurryDensity.Value),
            WetMass(
                formula.Layer == SubLayer.Base ? site.Coating.BladeGapBase : WidestClearance(recipe, formula, site),
                site.Coating.Stroke,
                slurry.SlurryDensity,
                site.Coating));
    }

    /// <summary>The jar of a sub-layer after the facts of its batch: the one weighed into last.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="layer">The sub-layer; the recipe has a slurry for it.</param>
    /// <param name="facts">The facts of one batch, in order.</param>
    /// <exception cref="ArgumentException">The recipe has no such slurry.</exception>
    public static SlurryBalance Of(Recipe recipe, SubLayer layer, IReadOnlyCollection<BatchEvent> facts)
    {
        SlurryFormula formula = recipe.Slurry(layer)
            ?? throw new ArgumentException($"{recipe.Id} has no slurry for {layer}", nameof(layer));
        SlurryBalance fresh = Fresh(recipe, formula, recipe.Site);
        GramsPerCubicCentimetre density = SlurryComposition.Of(formula, recipe.Site.Densities).SlurryDensity;
        MaterialWeighed[] weighed = [.. facts.OfType<MaterialWeighed>().Where(w => w.Layer == layer)];

        // A slurry that was made again is in another jar.
        string? jar = weighed.LastOrDefault()?.Container;
        ImmutableDictionary<string, decimal> bases = BaseMeans(facts);
        return fresh with
        {
            WeighedIn = new(weighed.Where(w => w.Container == jar).Sum(static w => w.NetG)),
            Drawn = new(facts.OfType<CoatCompleted>()
                .Where(c => c.Layer == layer && c.Container == jar)
                .Sum(c => WetMass(Opening(c, bases), new(c.StrokeMm), density, recipe.Site.Coating).Value)),
        };
    }

    // Where Base was not measured the whole gap counts: rather too much drawn than a sheet short.
    private static Micrometres Opening(CoatCompleted coat, ImmutableDictionary<string, decimal> bases) => new(Math.Max(
        0m,
        ((coat.GapLeftUm + coat.GapRightUm) / 2m)
            - (coat.CoatIndex == 1 ? 0m : bases.GetValueOrDefault(coat.Sheet))));

    private static ImmutableDictionary<string, decimal> BaseMeans(IEnumerable<BatchEvent> facts) => facts
        .OfType<ProfileRegistered>()
        .Where(p => p is { Layer: SubLayer.Base, State: LayerState.Dried, Points.IsDefaultOrEmpty: false })
        .GroupBy(p => p.Sheet)
        .ToImmutableDictionary(g => g.Key, g => g.Last().Points.Average(p => p.ThicknessUm));

    // Before Base is measured: the clearance that gives the thickest Top that the ratio allows, on Base as planned.
    private static Micrometres WidestClearance(Recipe recipe, SlurryFormula top, SiteParameters site)
    {
        if (recipe.Slurry(SubLayer.Base) is not { } lower)
        {
            return site.Coating.BladeGapBase;
        }

        decimal dried = site.Coating.BladeGapBase.Value * DriedPerOpening(lower, site);
        return new(dried / RuleCatalogue.ThicknessRatio.Limits.Low!.Value / DriedPerOpening(top, site));
    }

    private static decimal DriedPerOpening(SlurryFormula formula, SiteParameters site) =>
        site.Coating.WetFilmFactor
        * SlurryComposition.Of(formula, site.Densities).SolidsVolumeFraction
        / (1m - site.Porosity(formula.Layer).Before);
}
