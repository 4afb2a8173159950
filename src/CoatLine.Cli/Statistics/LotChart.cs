using System.Collections.Immutable;
using CoatLine.Domain.Spc;
using CoatLine.Plots;

namespace CoatLine.Cli.Statistics;

/// <summary>A lot that is not in a chart.</summary>
/// <param name="Lot">Batch id.</param>
/// <param name="Why">Why not.</param>
internal sealed record LeftOut(string Lot, LotExclusion Why)
{
    public override string ToString() => $"{Lot} {Word}";

    private string Word => Why == LotExclusion.NotMeasured ? "not measured" : Why.ToString().ToLowerInvariant();
}

/// <summary>A control chart of lots with what was left out and, where a rule limits the quantity, its capability.
/// </summary>
/// <param name="Quantity">What is charted.</param>
/// <param name="View">The chart.</param>
/// <param name="Capability">The capability; null without a limit, or where there is no spread.</param>
/// <param name="LeftOut">The lots that do not count, in the order of making.</param>
/// <param name="Recipes">Recipes of the lots that count.</param>
internal sealed record LotChart(
    ChartQuantity Quantity,
    ControlChartView View,
    ProcessCapability? Capability,
    ImmutableArray<LeftOut> LeftOut,
    ImmutableArray<string> Recipes)
{
    /// <summary>Makes a chart with limits of its own lots and Nelson's tests 1, 2, 3, 5 and 6.</summary>
    /// <exception cref="CommandFailedException">Too few lots count, or their sites differ in number.</exception>
    public static LotChart Of(ChartQuantity quantity, ImmutableArray<LotFacts> lots)
    {
        LotFacts[] valid = [.. lots.Where(l => quantity.ExclusionOf(l) == LotExclusion.None)];
        ImmutableArray<LeftOut> others =
        [
            .. lots.Select(l => new LeftOut(l.Lot, quantity.ExclusionOf(l)))
                .Where(static l => l.Why != LotExclusion.None),
        ];
        (ControlChartView view, ProcessCapability? capability) =
            quantity.IsBySite ? (BySite(quantity, valid, others), null) : ByLot(quantity, valid, others);
        return new LotChart(
            quantity, view, capability, others, [.. valid.Select(static l => l.RecipeId).Distinct().Order()]);
    }

    private static ControlChartView BySite(
        ChartQuantity quantity, LotFacts[] valid, ImmutableArray<LeftOut> others)
    {
        Subgroup[] sheets = [.. valid.Select(quantity.SubgroupOf)];
        return SubgroupLimits.TryOf(sheets, out SubgroupLimits? limits, out string? refusal)
            ? ControlChartView.Subgroups(
                quantity.Title, quantity.Unit, sheets, limits, limits.Judge(sheets, NelsonRules.Default))
            : throw Refused(quantity, refusal, others);
    }

    private static (ControlChartView View, ProcessCapability? Capability) ByLot(
        ChartQuantity quantity, LotFacts[] valid, ImmutableArray<LeftOut> others)
    {
        LotValue[] values = [.. valid.Select(quantity.ValueOf)];
        if (!IndividualsLimits.TryOf(values, out IndividualsLimits? limits, out string? refusal))
        {
            throw Refused(quantity, refusal, others);
        }

        ControlChartView view =
            ControlChartView.Individuals(quantity.Title, quantity.Unit, values, limits, limits.Judge(values)) with
            {
                IsLnRatio = quantity.IsLnRatio,
            };
        ProcessCapability? capability = null;
        if (quantity.Specification is { } specification)
        {
            ProcessCapability.TryOf(values, specification, out capability, out _);
        }

        return (view, capability);
    }

    private static CommandFailedException Refused(
        ChartQuantity quantity, string refusal, ImmutableArray<LeftOut> others)
    {
        string left = others.IsEmpty ? "" : $"; left out: {string.Join(", ", others)}";
        return CommandFailedException.Refused($"{quantity.Name}: {refusal}{left}");
    }
}
