using System.Collections.Immutable;
using CoatLine.Domain.Spc;

namespace CoatLine.Plots;

/// <summary>One lot of a control chart.</summary>
/// <param name="Lot">Lot id.</param>
/// <param name="Location">Its value, or the mean of its readings, in the unit of the chart.</param>
/// <param name="Range">Its moving range, or the range of its readings; null for the first of single values.</param>
public sealed record ChartedLot(string Lot, double Location, double? Range);

/// <summary>What a picture of a control chart shows; made by <see cref="Individuals"/> or <see cref="Subgroups"/>.
/// </summary>
/// <param name="Quantity">What is charted, e.g. <c>porosity after pressing</c>.</param>
/// <param name="Unit">Its unit; <c>–</c> for a pure number.</param>
/// <param name="LocationName">What the upper chart shows.</param>
/// <param name="RangeName">What the lower chart shows.</param>
/// <param name="Lots">The valid lots in the order of making, at least two.</param>
/// <param name="Location">Control limits of the upper chart.</param>
/// <param name="Range">Control limits of the lower chart.</param>
/// <param name="IsProvisional">Whether too few lots made the limits to rely on them.</param>
/// <param name="Signals">What the tests see.</param>
public sealed record ControlChartView(
    string Quantity,
    string Unit,
    string LocationName,
    string RangeName,
    ImmutableArray<ChartedLot> Lots,
    ControlLimits Location,
    ControlLimits Range,
    bool IsProvisional,
    ImmutableArray<ChartSignal> Signals)
{
    /// <summary>Sentences below the title: capability, and which lots were left out.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Whether the values are ln R, so that limits are named as R as well.</summary>
    public bool IsLnRatio { get; init; }

    /// <summary>An individuals and moving-range chart.</summary>
    /// <param name="quantity">What is charted.</param>
    /// <param name="unit">Its unit; <c>–</c> for a pure number.</param>
    /// <param name="lots">Lots in the order of making; those that are not valid are passed over.</param>
    /// <param name="limits">Control limits.</param>
    /// <param name="signals">What the tests see.</param>
    public static ControlChartView Individuals(
        string quantity,
        string unit,
        IReadOnlyList<LotValue> lots,
        IndividualsLimits limits,
        ImmutableArray<ChartSignal> signals)
    {
        LotValue[] valid = [.. lots.Where(static l => l.Standing == LotStanding.Valid)];
        return new ControlChartView(
            quantity,
            unit,
            quantity,
            "moving range",
            [
                .. valid.Select((l, i) => new ChartedLot(
                    l.Lot, l.Value, i == 0 ? null : Math.Abs(l.Value - valid[i - 1].Value))),
            ],
            limits.Values,
            limits.Ranges,
            limits.IsProvisional,
            signals);
    }

    /// <summary>A mean and range chart.</summary>
    /// <param name="quantity">What is charted.</param>
    /// <param name="unit">Its unit; <c>–</c> for a pure number.</param>
    /// <param name="subgroups">Subgroups in the order of making; those that are not valid are passed over.</param>
    /// <param name="limits">Control limits.</param>
    /// <param name="signals">What the tests see.</param>
    public static ControlChartView Subgroups(
        string quantity,
        string unit,
        IReadOnlyList<Subgroup> subgroups,
        SubgroupLimits limits,
        ImmutableArray<ChartSignal> signals) => new(
            quantity,
            unit,
            $"mean of {limits.Size} sites",
            $"range of {limits.Size} sites",
            [
                .. subgroups.Where(static s => s.Standing == LotStanding.Valid)
                    .Select(static s => new ChartedLot(s.Lot, s.Mean, s.Range)),
            ],
            limits.Means,
            limits.Ranges,
            limits.IsProvisional,
            signals);
}
