using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>
/// Weighs the materials of a slurry into its container, each in a phase of its own, and judges R08 to R11 on the masses
/// really weighed in. What is over its tolerance is never scooped back: a person decides.
/// </summary>
internal sealed class Weighing(BatchContext context, SlurryFormula formula)
{
    private const string Question =
        "what is really in the container, and is it used, corrected or scrapped?";

    private readonly string _prefix = BatchContext.Prefix(formula.Layer);

    /// <summary>Step id of the last material of the charge.</summary>
    public string LastOfCharge => ChargeId(formula.Charge.Length - 1);

    /// <summary>Step id of the dilution.</summary>
    public string OfDilution => $"{_prefix}/dilution/{formula.Dilution.Material}";

    public IEnumerable<Step> Charge()
    {
        for (int i = 0; i < formula.Charge.Length; i++)
        {
            foreach (Step step in Weigh(ChargeId(i), formula.Charge[i], WeighPart.Charge))
            {
                yield return step;
            }
        }

        string id = $"{_prefix}/weigh-in";
        DecideStep check = new(
            id,
            $"{formula.Layer}: composition as weighed",
            _ => [new ChecksJudged(context.Batch, id, RuleStage.WeighIn, Composition())]);
        foreach (Step step in context.Guarded(
            check, "the composition is outside its limits: scrap the charge?", Options))
        {
            yield return step;
        }
    }

    public IEnumerable<Step> Dilution() => Weigh(OfDilution, formula.Dilution, WeighPart.Dilution);

    // What went into a container cannot be taken out again, so nothing is weighed in twice.
    private ImmutableArray<AnswerOption> Options => [Offer.Remake(formula.Layer), Offer.GiveUp];

    private IEnumerable<Step> Weigh(string id, Ingredient ingredient, WeighPart part)
    {
        string lot = context.Order.Lot(ingredient.Material)?.Lot ?? ingredient.Material;
        return context
            .Scanned(id, $"the lot of {ingredient.Material}", lot)
            .Concat(context.Guarded(Phase(id, ingredient, part), Question, Options));
    }

    private string ChargeId(int index) => string.Create(
        CultureInfo.InvariantCulture, $"{_prefix}/weigh/{index + 1:00}-{formula.Charge[index].Material}");

    private PhaseStep Phase(string id, Ingredient ingredient, WeighPart part)
    {
        decimal tolerance = context.Site.Weighing.Of(ingredient).Value;
        return new PhaseStep(
            id,
            $"{formula.Layer}: weigh {ingredient.Mass} {ingredient.Material}",
            Unit.Balance,
            PhaseKind.Weigh,
            [
                new("ContainerId", context.Container(formula.Layer)),
                new("Material", ingredient.Material),
                new("TargetMass", (double)ingredient.Mass.Value),
                new("Tolerance", (double)tolerance),
            ],
            result => Conclude(id, ingredient, part, tolerance, result))
        {
            Claim = new UnitClaim(Unit.Balance, $"{_prefix}/{(part == WeighPart.Charge ? "weigh" : "dilution")}"),
        };
    }

    private ImmutableArray<BatchEvent> Conclude(
        string id, Ingredient ingredient, WeighPart part, decimal tolerance, PhaseResult result)
    {
        ResultReader read = new(result);
        read.Require(read.Flag("Stable"), "the reading was not stable");
        MaterialWeighed weighed = new(
            context.Batch,
            id,
            result.Id,
            formula.Layer,
            context.Container(formula.Layer),
            ingredient.Material,
            part == WeighPart.Dilution,
            ingredient.Mass.Value,
            tolerance,
            read.Number("Net"),
            read.Number("Tare"),
            read.Number("Gross"),
            read.Number("CheckWeight"),
            read.Text("BalanceId"),
            read.Time("CalDue"))
        {
            StartedAt = result.StartedAt,
            EndedAt = result.EndedAt,
            Lot = context.Order.Lot(ingredient.Material)?.Lot,
        };
        return context.Facts(
            id,
            result,
            read,
            weighed,
            RuleStage.WeighIn,
            () => WeighInRules.CheckOne(formula.Layer, ingredient, AsJudged(weighed), context.Site));
    }

    // Each mass was judged when it was taken; here only the composition (R..) is of interest.
    private ImmutableArray<RuleCheck> Composition()
    {
        WeighedMass[] masses =
        [
            .. Enumerable.Range(0, formula.Charge.Length)
                .Select(i => AsJudged(context.State.Outcome<MaterialWeighed>(ChargeId(i)))),
        ];
        return
        [
            .. WeighInRules.Check(formula, masses, context.Site)
                .Where(c => c.Rule.StartsWith('R')),
        ];
    }

    private static WeighedMass AsJudged(MaterialWeighed e) => new(
        e.Material,
        e.Dilution ? WeighPart.Dilution : WeighPart.Charge,
        new(e.NetG),
        Stable: true,
        e.CalibrationDue,
        e.EndedAt);
}
