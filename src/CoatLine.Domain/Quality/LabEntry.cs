using System.Collections.Immutable;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Quality;

/// <summary>What a laboratory did.</summary>
public enum LabKind
{
    /// <summary>Composition of the layer by XPS ([0060]).</summary>
    Xps,

    /// <summary>A cell made with the electrode was charged and discharged ([0103]–[0105]).</summary>
    CellTest,

    /// <summary>Base and Top seen apart in cross sections of the pressed electrode.</summary>
    SemSplit,
}

/// <summary>A number that a laboratory reports, or says that it did not measure.</summary>
/// <param name="Name">What it is, e.g. <c>oxygen</c>.</param>
/// <param name="Value">The number; null when it was not measured.</param>
/// <param name="Unit">Its unit.</param>
public sealed record LabValue(string Name, decimal? Value, string Unit);

/// <summary>One sample that a laboratory reports on, judged.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Sheet">Sheet that the sample is of.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Sample">Sample or cell id.</param>
/// <param name="MeasuredAt">When, as the laboratory says.</param>
/// <param name="Values">Every number reported.</param>
/// <param name="Checks">The rules of stage LAB on them, passes too.</param>
public sealed record LabEntry(
    string Batch,
    string Sheet,
    LabKind Kind,
    string Sample,
    DateTimeOffset MeasuredAt,
    ImmutableArray<LabValue> Values,
    ImmutableArray<RuleCheck> Checks)
{
    /// <summary>A survey by XPS, judged by R20.</summary>
    public static LabEntry Of(string batch, string sheet, DateTimeOffset at, XpsSurvey survey) => new(
        batch,
        sheet,
        LabKind.Xps,
        survey.Sample,
        at,
        [
            new("oxygen", survey.Oxygen, "at%"),
            new("carbon", survey.Carbon, "at%"),
            new("silver", survey.Silver, "at%"),
            new("fluorine", survey.Fluorine, "at%"),
            new("sulfur", survey.Sulfur, "at%"),
        ],
        LabRules.Check(survey));

    /// <summary>A cell test, judged by R50, R51 and R52.</summary>
    public static LabEntry Of(string batch, string sheet, DateTimeOffset at, CellTestResult result) => new(
        batch,
        sheet,
        LabKind.CellTest,
        result.Cell,
        at,
        [
            new("temperature", result.Method.Temperature?.Value, "°C"),
            new("charge_rate", result.Method.ChargeRateC, "C"),
            new("charge_voltage", result.Method.ChargeVoltageV, "V"),
            new("cut_off_rate", result.Method.CutOffRateC, "C"),
            new("discharge_rate", result.Method.DischargeRateC, "C"),
            new("discharge_voltage", result.Method.DischargeVoltageV, "V"),
            new("negative_capacity", result.NegativeCapacityMah, "mAh"),
            new("positive_capacity", result.PositiveCapacityMah, "mAh"),
            new("alloy_silver", result.AlloySilverPercent, "wt%"),
        ],
        LabRules.Check(result));

    /// <summary>Cross sections, judged by R30: they show what the pressed profiles only predict.</summary>
    public static LabEntry Of(string batch, string sheet, DateTimeOffset at, SemSplit split) => new(
        batch,
        sheet,
        LabKind.SemSplit,
        split.Sample,
        at,
        [
            .. split.Cuts.SelectMany((cut, i) => (LabValue[])
            [
                new(FormattableString.Invariant($"base_{i + 1}"), cut.Base.Value, "µm"),
                new(FormattableString.Invariant($"top_{i + 1}"), cut.Top.Value, "µm"),
            ]),
        ],
        LabRules.Check(split));
}
