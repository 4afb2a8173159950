using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>
/// The rules of stage D: R30 dried and predicted pressed, R33, R34, and R08 over the whole layer. Porosity is recorded
/// before pressing but not judged: R35 applies after it.
/// </summary>
public static class DriedRules
{
    /// <summary>Judges a dried electrode. Pure.</summary>
    /// <param name="recipe">The recipe it was made by, with its site parameters.</param>
    /// <param name="dried">What was measured.</param>
    /// <returns>Every check, passes too. A Fail among them blocks the press.</returns>
    public static ImmutableArray<RuleCheck> Check(Recipe recipe, DriedMeasurement dried)
    {
        ImmutableArray<RuleCheck>.Builder checks = ImmutableArray.CreateBuilder<RuleCheck>();
        if (recipe.Slurry(SubLayer.Top) is not null)
        {
            checks.AddRange(Ratios(dried, recipe.Site));
        }

        checks.AddRange(TotalThickness(dried.Whole));
        SheetSolids? solids = SheetSolids.Of(recipe, dried);
        checks.Add(Judge.Value(RuleCatalogue.SilverLoading, "whole layer", solids?.SilverLoading.Value));
        if (solids is not { SecondCarbonMass.Value: 0m })
        {
            checks.Add(solids is null
                ? Judge.NotMeasured(RuleCatalogue.FirstCarbonFraction, "whole layer", "has no areal mass")
                : RecipeRules.FirstCarbonFraction(
                    "whole layer", solids.FirstCarbonMass.Value, solids.SecondCarbonMass.Value));
        }

        return checks.ToImmutable();
    }

    /// <summary>Whether a check judged what the press will make of the sheet, and not the sheet.</summary>
    public static bool IsPrediction(RuleCheck check) =>
        check.Subject.StartsWith("predicted pressed", StringComparison.Ordinal);

    /// <summary>R33 on the thickest and on the thinnest point.</summary>
    internal static IEnumerable<RuleCheck> TotalThickness(ThicknessProfile whole)
    {
        string state = ThicknessProfile.Word(whole.State);
        yield return Judge.Value(
            RuleCatalogue.TotalThickness, $"{state}, thickest at point {whole.Thickest.Id}", whole.Max.Value);
        yield return Judge.Value(
            RuleCatalogue.TotalThickness, $"{state}, thinnest at point {whole.Thinnest.Id}", whole.Min.Value);
    }

    private static ImmutableArray<RuleCheck> Ratios(DriedMeasurement dried, SiteParameters site)
    {
        RuleDefinition rule = RuleCatalogue.ThicknessRatio;
        if (dried.Total is null)
        {
            return [Judge.NotMeasured(rule, "dried", "has no profile of the whole layer")];
        }

        return ThicknessProfile.TrySubtract(dried.Total, dried.Base, out ThicknessProfile? top, out string? refusal)
            ? [.. CoatRules.CheckRatio(dried.Base, top, site), .. CoatRules.CheckPredicted(dried.Base, top, site)]
            : [Judge.NotMeasured(rule, "dried", $"is refused: {refusal}")];
    }
}
