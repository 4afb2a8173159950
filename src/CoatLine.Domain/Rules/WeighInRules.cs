using System.Collections.Immutable;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>When a material goes into the container.</summary>
public enum WeighPart
{
    /// <summary>Before the first mix cycle.</summary>
    Charge,

    /// <summary>Between the two mix stages.</summary>
    Dilution,
}

/// <summary>What the balance reported of one weighing.</summary>
/// <param name="Material">Material code.</param>
/// <param name="Part">Charge or dilution.</param>
/// <param name="Net">Net mass; null when not of good quality.</param>
/// <param name="Stable">Whether the balance vouched for a stable reading.</param>
/// <param name="CalibrationDue">When the balance needs its calibration; null when not known.</param>
/// <param name="WeighedAt">When it was weighed, line time.</param>
public sealed record WeighedMass(
    string Material,
    WeighPart Part,
    Grams? Net,
    bool Stable,
    DateTimeOffset? CalibrationDue,
    DateTimeOffset WeighedAt);

/// <summary>The rules of stage WI: R08 to R11 on the masses really weighed in, and the weighings themselves.</summary>
public static class WeighInRules
{
    /// <summary>Judges with the default site tolerances.</summary>
    public static ImmutableArray<RuleCheck> Check(SlurryFormula formula, IReadOnlyList<WeighedMass> actual) =>
        Check(formula, actual, SiteParameters.Default);

    /// <summary>
    /// Judges every weighing of a slurry against target and tolerance (S01) and calibration (S02), then R08 to R11 on
    /// the actual masses. Materials not yet weighed are not measured.
    /// </summary>
    /// <param name="formula">The formula.</param>
    /// <param name="actual">The weighings so far, at most one per material and part.</param>
    /// <param name="site">Site parameters.</param>
    public static ImmutableArray<RuleCheck> Check(
        SlurryFormula formula, IReadOnlyList<WeighedMass> actual, SiteParameters site)
    {
        List<(Ingredient Wanted, WeighPart Part)> wanted =
            [.. formula.Charge.Select(i => (i, WeighPart.Charge)), (formula.Dilution, WeighPart.Dilution)];
        ImmutableArray<RuleCheck>.Builder checks = ImmutableArray.CreateBuilder<RuleCheck>();
        foreach ((Ingredient ingredient, WeighPart part) in wanted)
        {
            WeighedMass[] found = [.. actual.Where(w => w.Material == ingredient.Material && w.Part == part)];
            if (found.Length == 1)
            {
                checks.AddRange(CheckOne(formula.Layer, ingredient, found[0], site));
            }
            else
            {
                checks.Add(Judge.NotMeasured(
                    RuleFor(ingredient, site),
                    Subject(formula.Layer, ingredient.Material),
                    $"was taken {found.Length} times, not once"));
            }
        }

        foreach (WeighedMass stranger in actual.Where(w => !wanted.Exists(p => Matches(p.Wanted, p.Part, w))))
        {
            checks.Add(Judge.Failed(
                RuleCatalogue.WeighedMass,
                Subject(formula.Layer, stranger.Material),
                stranger.Net?.Value,
                "is of a material that the formula does not have there"));
        }

        checks.AddRange(Content(formula, actual));
        return checks.ToImmutable();
    }

    /// <summary>Judges one weighing: S01 and S02.</summary>
    /// <param name="layer">The sub-layer of the slurry.</param>
    /// <param name="ingredient">The ingredient with its target.</param>
    /// <param name="weighed">The weighing.</param>
    /// <param name="site">Site parameters.</param>
    public static ImmutableArray<RuleCheck> CheckOne(
        SubLayer layer, Ingredient ingredient, WeighedMass weighed, SiteParameters site)
    {
        string subject = Subject(layer, ingredient.Material);
        RuleDefinition rule = RuleFor(ingredient, site);
        RuleCheck mass = weighed.Material != ingredient.Material
            ? Judge.Failed(rule, subject, weighed.Net?.Value, $"is of {weighed.Material}, not {ingredient.Material}")
            : Judge.Value(rule, subject, Good(weighed));
        return [mass, GaugeRules.Calibrated("balance for " + subject, weighed.CalibrationDue, weighed.WeighedAt)];
    }

    private static IEnumerable<RuleCheck> Content(SlurryFormula formula, IReadOnlyList<WeighedMass> actual)
    {
        string layer = RecipeRules.Name(formula.Layer);
        CarbonSplit split = CarbonSplit.Of(formula);
        decimal? first = Sum(split.First, actual);
        decimal? second = Sum(split.Second, actual);
        decimal? silver = Sum(formula.Charge.Where(i => i.Kind == MaterialKind.Silver), actual);
        decimal? carbon = Sum(formula.Carbons, actual);
        if (split.Second.Length > 0)
        {
            yield return first + second is > 0m
                ? RecipeRules.FirstCarbonFraction(layer, first!.Value, second!.Value)
                : Judge.NotMeasured(RuleCatalogue.FirstCarbonFraction, layer, "has no weighed masses");
        }

        yield return Judge.Value(RuleCatalogue.SilverInEach, layer, silver);
        if (formula.Layer == SubLayer.Top)
        {
            // Whatever is not of the formula counts as a strange carbon too: it is not known to be anything else.
            int others = split.Second.Length + actual.Count(w => !formula.Charge.Append(formula.Dilution)
                .Any(i => i.Material == w.Material));
            yield return Judge.Value(RuleCatalogue.TopCarbon, layer, others);
        }

        yield return silver + carbon is decimal active and > 0m
            ? Judge.Ratio(RuleCatalogue.SilverPercent, layer, 100m * silver!.Value, active)
            : Judge.NotMeasured(RuleCatalogue.SilverPercent, layer, "has no weighed masses");
    }

    private static decimal? Sum(IEnumerable<Ingredient> ingredients, IReadOnlyList<WeighedMass> actual)
    {
        decimal? sum = 0m;
        foreach (Ingredient ingredient in ingredients)
        {
            WeighedMass? weighed = actual.FirstOrDefault(w => Matches(ingredient, WeighPart.Charge, w));
            sum += weighed is null ? null : Good(weighed);
        }

        return sum;
    }

    private static bool Matches(Ingredient ingredient, WeighPart part, WeighedMass weighed) =>
        weighed.Material == ingredient.Material && weighed.Part == part;

    private static decimal? Good(WeighedMass weighed) => weighed.Stable ? weighed.Net?.Value : null;

    private static RuleDefinition RuleFor(Ingredient ingredient, SiteParameters site)
    {
        decimal tolerance = site.Weighing.Of(ingredient).Value;
        return RuleCatalogue.WeighedMass with
        {
            Limits = Bounds.Between(ingredient.Mass.Value - tolerance, ingredient.Mass.Value + tolerance),
        };
    }

    private static string Subject(SubLayer layer, string material) => $"{RecipeRules.Name(layer)} {material}";
}
