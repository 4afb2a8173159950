using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Procedures;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution;

/// <summary>
/// The procedure of a batch (ISA-88): unit procedures of slurry, coat, press and judgement, each of operations, each of
/// phases. It yields steps from the recipe, the order, the recorded results of earlier steps and the recorded answers
/// of people, and from nothing else; so after a restart it is run from its start again, and steps whose outcome is
/// recorded are passed over.
/// </summary>
public static class Procedure
{
    /// <summary>Step id of the judgement of the recipe.</summary>
    internal const string RecipeId = "recipe";

    /// <summary>Step id of the judgement of the lots booked.</summary>
    internal const string LotsId = "lots";

    /// <summary>
    /// The steps of a batch: judge the recipe; Base slurry; coat 1 on every sheet, then dry and measure each; where the
    /// recipe has a Top, plan each gap, Top slurry, coat 2 likewise; press and judge each sheet; close. A scrapped
    /// sheet is passed over. Lazy: the outcome of each step must be in the record before the next one is asked for, and
    /// none is asked for after a <see cref="HoldStep"/>.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="batch">Batch id.</param>
    /// <param name="record">The record of the batch.</param>
    public static IEnumerable<Step> Of(Recipe recipe, string batch, BatchRecord record)
    {
        BatchContext context = new(recipe, batch, record);
        IEnumerable<Step> making = context.State.EndedBecause is null ? Making(context) : [];
        return making.Concat(new ClosingOperations(context).Steps());
    }

    private static IEnumerable<Step> Making(BatchContext context)
    {
        DecideStep judge = new(
            RecipeId,
            "recipe judged",
            _ => [new ChecksJudged(
                context.Batch, RecipeId, RuleStage.Recipe, RecipeRules.Check(context.Recipe))]);
        return context
            .Guarded(judge, "the recipe breaks a rule: is the batch given up?", [Offer.GiveUp])
            .Concat(Lots(context))
            .Concat(context.Recipe.Slurries.SelectMany(formula => Layer(context, formula)))
            .Concat(context.Sheets.SelectMany(sheet => new FinishOperations(context, sheet).Steps()
                .Concat(new DispositionOperations(context, sheet).Steps())));
    }

    /// <summary>Where lots are booked: the rules of their receipt on the very lots that meet in this batch.</summary>
    private static IEnumerable<Step> Lots(BatchContext context)
    {
        DecideStep judge = new(
            LotsId,
            "lots judged",
            _ => [new ChecksJudged(
                context.Batch, LotsId, RuleStage.LotReceipt, LotBooking.Judge(context.Recipe, context.Order.Lots))]);
        return context.Order.Lots.IsEmpty
            ? []
            : context.Guarded(judge, "a lot breaks a rule: is the batch given up?", [Offer.GiveUp]);
    }

    /// <summary>
    /// One sub-layer on every sheet. All sheets are coated before the first is dried, so that the slurry does not age
    /// while the dryer runs.
    /// </summary>
    private static IEnumerable<Step> Layer(BatchContext context, SlurryFormula formula)
    {
        CoatOperations[] coats = [.. context.Sheets.Select(sheet => new CoatOperations(context, sheet, formula))];
        return coats.Length == 0
            ? []
            : (formula.Layer == SubLayer.Top ? coats.SelectMany(coat => coat.PlanGap()) : [])
                .Concat(new SlurryOperations(context, formula).Steps())
                .Concat(coats.SelectMany(coat => coat.Coat()))
                .Concat(coats.SelectMany(coat => coat.DryAndMeasure()));
    }
}
