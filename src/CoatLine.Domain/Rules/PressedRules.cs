using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>
/// The rules of stage W: R30 pressed, R33, R35, R36, R37, R38, R39. Claim 15 asks for one or more of porosity, Sa and
/// Sz; here all three are required.
/// </summary>
public static class PressedRules
{
    /// <summary>Judges a pressed electrode. Pure.</summary>
    /// <param name="recipe">The recipe it was made by, with its site parameters.</param>
    /// <param name="pressed">What was measured.</param>
    /// <returns>Every check, passes too.</returns>
    public static ImmutableArray<RuleCheck> Check(Recipe recipe, PressedMeasurement pressed)
    {
        ImmutableArray<RuleCheck>.Builder checks = ImmutableArray.CreateBuilder<RuleCheck>();
        if (recipe.Slurry(SubLayer.Top) is not null)
        {
            checks.AddRange(Ratio(pressed, recipe.Site));
        }

        checks.AddRange(DriedRules.TotalThickness(pressed.Total));
        checks.Add(Porosity(recipe, pressed));
        if (VoidReduction(recipe, pressed) is { } reduction)
        {
            checks.Add(reduction);
        }

        checks.AddRange(Roughness(pressed.Roughness, recipe.Site.Measuring.RoughnessSamples));
        return checks.ToImmutable();
    }

    /// <summary>R35 on the whole layer, at most 40 %, inclusive.</summary>
    internal static RuleCheck Porosity(Recipe recipe, PressedMeasurement pressed)
    {
        bool placed = pressed.Total.State == LayerState.Pressed && pressed.Total.Mean.Value > 0m;
        decimal? porosity = placed ? SheetSolids.Of(recipe, pressed.Dried)?.PorosityAt(pressed.Total.Mean) : null;

        // Solids that do not fit into the measured thickness mean a wrong mass or thickness, not a dense layer.
        return porosity < 0m
            ? Judge.NotMeasured(
                RuleCatalogue.PressedPorosity, "whole layer", "comes out below 0: mass and thickness do not agree")
            : Judge.Value(RuleCatalogue.PressedPorosity, "whole layer", 100m * porosity);
    }

    /// <summary>R39 on the whole layer; null where one of the two porosities does not exist.</summary>
    internal static RuleCheck? VoidReduction(Recipe recipe, PressedMeasurement pressed)
    {
        if (SheetSolids.Of(recipe, pressed.Dried) is not { } solids
            || pressed.Dried.Whole.Mean.Value <= 0m
            || pressed.Total.Mean.Value <= 0m)
        {
            return null;
        }

        decimal before = solids.PorosityAt(pressed.Dried.Whole.Mean);
        decimal after = solids.PorosityAt(pressed.Total.Mean);
        RuleDefinition rule = LaboratoryCatalogue.VoidReduction with
        {
            Limits = Bounds.AtLeast(recipe.Site.Statistics.VoidReductionWarn),
        };
        return before > 0m && after >= 0m
            ? Judge.Ratio(rule, "whole layer", 100m * (before - after), before)
            : null;
    }

    /// <summary>R36, R37 on every sample, never on their mean, and R38 on their number.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="wanted">How many there must be; never fewer than R38 asks for.</param>
    internal static IEnumerable<RuleCheck> Roughness(ImmutableArray<RoughnessSample> samples, int wanted)
    {
        foreach (RoughnessSample sample in samples)
        {
            yield return Judge.Value(RuleCatalogue.MeanRoughness, $"sample {sample.Id}", sample.SaUm);
            yield return Judge.Value(RuleCatalogue.MaxRoughness, $"sample {sample.Id}", sample.SzUm);
        }

        RuleDefinition rule = RuleCatalogue.RoughnessSamples;
        rule = rule with { Limits = Bounds.AtLeast(Math.Max(wanted, rule.Limits.Low!.Value)) };
        int good = samples
            .Where(s => s.SaUm is not null && s.SzUm is not null)
            .Select(s => s.Id)
            .Distinct()
            .Count();
        yield return rule.Limits.Contains(good)
            ? Judge.Value(rule, "electrode", good)
            : Judge.NotMeasured(rule, "electrode", $"are {good}: incomplete");
    }

    private static ImmutableArray<RuleCheck> Ratio(PressedMeasurement pressed, SiteParameters site)
    {
        RuleDefinition rule = RuleCatalogue.ThicknessRatio;
        if (pressed.Dried.Total is null)
        {
            return [Judge.NotMeasured(rule, "pressed", "has no dried profile of the whole layer")];
        }

        if (!ThicknessProfile.TrySubtract(
            pressed.Dried.Total, pressed.Dried.Base, out ThicknessProfile? topDried, out string? refusal)
            || !PressedSplit.TryOf(
                pressed.Total, pressed.Dried.Base, topDried, site, out PressedSplit? split, out refusal))
        {
            return [Judge.NotMeasured(rule, "pressed", $"is refused: {refusal}")];
        }

        return CoatRules.CheckRatio(split.Base, split.Top, site);
    }
}
