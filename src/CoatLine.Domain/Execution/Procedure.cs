using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Procedures;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution;

/// <summary>
/// The procedure of an electrode (ISA-88): unit procedures of slurry, coat, press and judgement, each of operations,
/// each of phases. It yields steps from the recipe and from the recorded results of earlier steps, and from nothing
/// else; so after a restart it is run from its start again, and steps whose outcome is recorded are passed over.
/// </summary>
public static class Procedure
{
    /// <summary>
    /// The steps of a batch: judge the recipe; Base slurry; coat 1; then, where the recipe has a Top, plan the gap, Top
    /// slurry, coat 2; then press and judgement. Lazy: the outcome of each step must be in the record before the next
    /// one is asked for, and none is asked for after a <see cref="HoldStep"/>.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="batch">Batch id.</param>
    /// <param name="record">The record of the batch.</param>
    public static IEnumerable<Step> Of(Recipe recipe, string batch, BatchRecord record)
    {
        BatchContext context = new(recipe, batch, record);
        DecideStep judge = new(
            "recipe",
            "recipe judged",
            _ => [new ChecksJudged(batch, "recipe", RuleStage.Recipe, RecipeRules.Check(recipe))]);
        IEnumerable<Step> steps = context.Guarded(judge, "the recipe breaks a rule: is the batch given up?");
        foreach (SlurryFormula formula in recipe.Slurries)
        {
            CoatOperations coat = new(context, formula);
            steps = steps
                .Concat(formula.Layer == SubLayer.Top ? coat.PlanGap() : [])
                .Concat(new SlurryOperations(context, formula).Steps())
                .Concat(coat.Steps());
        }

        return steps.Concat(new FinishOperations(context).Steps());
    }
}
