using System.Collections.Immutable;
using CoatLine.Domain.Quantities;

namespace CoatLine.Domain.Rules;

/// <summary>Composition of a layer by XPS in at %. A value that was not measured is null.</summary>
/// <param name="Sample">Sample id.</param>
/// <param name="Oxygen">O.</param>
/// <param name="Carbon">C.</param>
/// <param name="Silver">Ag.</param>
/// <param name="Fluorine">F.</param>
/// <param name="Sulfur">S.</param>
public sealed record XpsSurvey(
    string Sample, decimal? Oxygen, decimal? Carbon, decimal? Silver, decimal? Fluorine, decimal? Sulfur);

/// <summary>How a cell was tested. A value that was not recorded is null.</summary>
/// <param name="Temperature">Temperature of the test.</param>
/// <param name="ChargeRateC">Constant-current charge rate.</param>
/// <param name="ChargeVoltageV">Voltage up to which it was charged and at which it was held.</param>
/// <param name="CutOffRateC">Rate at which holding ended.</param>
/// <param name="DischargeRateC">Constant-current discharge rate.</param>
/// <param name="DischargeVoltageV">Voltage down to which it was discharged.</param>
public sealed record CellTestMethod(
    DegreesCelsius? Temperature,
    decimal? ChargeRateC,
    decimal? ChargeVoltageV,
    decimal? CutOffRateC,
    decimal? DischargeRateC,
    decimal? DischargeVoltageV);

/// <summary>Result of a cell test. A value that was not measured is null.</summary>
/// <param name="Cell">Cell id.</param>
/// <param name="Method">How it was tested.</param>
/// <param name="NegativeCapacityMah">b: initial charge capacity of the negative electrode.</param>
/// <param name="PositiveCapacityMah">a: initial charge capacity of the positive electrode.</param>
/// <param name="AlloySilverPercent">Silver in the deposited lithium–silver alloy, wt %.</param>
public sealed record CellTestResult(
    string Cell,
    CellTestMethod Method,
    decimal? NegativeCapacityMah,
    decimal? PositiveCapacityMah,
    decimal? AlloySilverPercent);

/// <summary>Both sub-layers at one place of a cross section, pressed.</summary>
/// <param name="Base">Thickness of Base there.</param>
/// <param name="Top">Thickness of Top there.</param>
public sealed record SemCut(Micrometres Base, Micrometres Top);

/// <summary>Cross sections of a pressed electrode in the electron microscope.</summary>
/// <param name="Sample">Sample id.</param>
/// <param name="Cuts">Every place measured, at least one.</param>
public sealed record SemSplit(string Sample, ImmutableArray<SemCut> Cuts);

/// <summary>The rules of stage LAB. Pure.</summary>
public static class LabRules
{
    /// <summary>R20 on every element; one that was not measured is a note. Never judged on a recipe: what XPS sees of
    /// a layer is not what was weighed in.</summary>
    public static ImmutableArray<RuleCheck> Check(XpsSurvey survey)
    {
        RuleCheck Element(string name, decimal? value) =>
            Judge.Optional(LaboratoryCatalogue.LayerXps.Of(name), survey.Sample, value);
        return
        [
            Element("oxygen", survey.Oxygen),
            Element("carbon", survey.Carbon),
            Element("silver", survey.Silver),
            Element("fluorine", survey.Fluorine),
            Element("sulfur", survey.Sulfur),
        ];
    }

    /// <summary>R50 and R51 on the result, R52 on the method.</summary>
    public static ImmutableArray<RuleCheck> Check(CellTestResult result) =>
    [
        CapacityRatio(result.Cell, result.NegativeCapacityMah, result.PositiveCapacityMah),
        Judge.Optional(LaboratoryCatalogue.AlloySilver, result.Cell, result.AlloySilverPercent),
        .. Check(result.Cell, result.Method),
    ];

    /// <summary>R30 on what a cross section shows: the thickest Base over the thinnest Top ([0052]). The profiles of
    /// the pressed electrode can only be split by prediction; here both are seen.</summary>
    public static ImmutableArray<RuleCheck> Check(SemSplit split) =>
        split.Cuts.IsDefaultOrEmpty || split.Cuts.Min(c => c.Top.Value) <= 0m
            ? [Judge.NotMeasured(RuleCatalogue.ThicknessRatio, Subject(split), "has no Top at one of the places")]
            :
            [
                Judge.Ratio(
                    RuleCatalogue.ThicknessRatio,
                    Subject(split),
                    split.Cuts.Max(c => c.Base.Value),
                    split.Cuts.Min(c => c.Top.Value)),
            ];

    /// <summary>R50: b/a, also for a cell that is only designed.</summary>
    /// <param name="subject">Cell id or recipe id.</param>
    /// <param name="negativeMah">b: initial charge capacity of the negative electrode in mAh; null when not known.
    /// </param>
    /// <param name="positiveMah">a: of the positive electrode in mAh; null when not known.</param>
    public static RuleCheck CapacityRatio(string subject, decimal? negativeMah, decimal? positiveMah) =>
        negativeMah is { } b && positiveMah is { } a and > 0m
            ? Judge.Ratio(LaboratoryCatalogue.CapacityRatio, subject, b, a)
            : Judge.NotMeasured(LaboratoryCatalogue.CapacityRatio, subject, "has no two capacities");

    /// <summary>R52: each of the six numbers exactly.</summary>
    public static ImmutableArray<RuleCheck> Check(string cell, CellTestMethod method)
    {
        RuleCheck Part(string title, decimal? value) =>
            Judge.Value(LaboratoryCatalogue.CellTest.Of(title), cell, value);
        return
        [
            Part("test temperature", method.Temperature?.Value),
            Part("charge rate", method.ChargeRateC),
            Part("charge voltage", method.ChargeVoltageV),
            Part("cut-off rate at constant voltage", method.CutOffRateC),
            Part("discharge rate", method.DischargeRateC),
            Part("discharge voltage", method.DischargeVoltageV),
        ];
    }

    private static string Subject(SemSplit split) => $"{split.Sample}, cross section";
}
