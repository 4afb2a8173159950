using System.Collections.Immutable;
using static CoatLine.Domain.Rules.Bounds;
using static CoatLine.Domain.Rules.RuleDefinition;
using static CoatLine.Domain.Rules.RuleStage;

namespace CoatLine.Domain.Rules;

/// <summary>The rules on materials and means, R13 to R25; most of them are judged when a lot is received.</summary>
public static class MaterialCatalogue
{
    /// <summary>R13: elements beside silver that alloy with lithium.</summary>
    public static readonly RuleDefinition AlloyElement = Advisory(
        "R13", "other alloying element", "", "", Any, "[0040]", [Recipe]) with
    {
        Words = ["Au", "Pt", "Pd", "Si", "Al", "Bi", "Sn", "In", "Zn"],
    };

    /// <summary>R14: particle size of silver; the source does not limit itself to it.</summary>
    public static readonly RuleDefinition SilverD50 = Advisory(
        "R14", "silver particle d50", "d", "nm", Between(20m, 1000m), "[0039]", [LotReceipt]);

    /// <summary>R15: amorphous carbons only; a lot may combine several.</summary>
    public static readonly RuleDefinition CarbonType = Hard(
        "R15", "carbon type, amorphous", "", "", Any, "[0053], cl.13/14", [LotReceipt]) with
    {
        Words =
        [
            "carbon black", "acetylene black", "furnace black", "ketjen black", "activated carbon", "graphene",
        ],
    };

    /// <summary>R16: up to 2 a particle is point-like, above that linear.</summary>
    public static readonly RuleDefinition AspectRatio = Advisory(
        "R16", "carbon aspect ratio", "a", "", AtLeast(1m), "[0054], cl.7/8", [LotReceipt],
        Between(1m, 2m), Between(1m, 1.2m));

    /// <summary>R17: oxygen in a carbon by XPS; it may not have been measured.</summary>
    public static readonly RuleDefinition CarbonOxygen = Advisory(
        "R17", "oxygen in the carbon", "x", "at%", Between(2m, 10m), "[0056], [0059]", [LotReceipt]);

    /// <summary>R19: acid treatment of a carbon, where the site does it itself.</summary>
    public static readonly RuleDefinition AcidTreatment = Hard(
        "R19", "acid treatment", "", "", Any, "[0058]", [LotReceipt]) with
    {
        Words = ["H2SO4", "HNO3", "KMnO4"],
        Parts = [new("acid treatment temperature", "T", "°C", Between(25m, 60m))],
    };

    /// <summary>R21: binder.</summary>
    public static readonly RuleDefinition Binder = Advisory(
        "R21", "binder", "", "", Any, "[0061]", [Recipe]) with
    {
        Words = ["SBR", "PTFE", "PVDF", "PE"],
    };

    /// <summary>R22: solvent; NMP in the examples.</summary>
    public static readonly RuleDefinition Solvent = Advisory(
        "R22", "solvent", "", "", Any, "[0075]", [Recipe]) with
    {
        Words = ["NMP", "polar", "non-polar", "solvent-free"],
    };

    /// <summary>R23: coating method; a doctor blade on this line.</summary>
    public static readonly RuleDefinition CoatingMethod = Advisory(
        "R23", "coating method", "", "", Any, "[0075]", [Recipe]) with
    {
        Words =
        [
            "screen printing", "metal-mask printing", "electrostatic", "dip", "spray", "roll", "doctor blade",
            "gravure",
        ],
    };

    /// <summary>R24: metals of the collector, also as an alloy or a clad.</summary>
    public static readonly RuleDefinition Collector = Hard(
        "R24", "collector metal", "", "", Any, "[0033]", [LotReceipt]) with
    {
        Words = ["Cu", "stainless", "Ti", "Fe", "Co", "Ni"],
        PreferredWords = ["stainless"],
    };

    /// <summary>R25: film on the collector, where there is one.</summary>
    public static readonly RuleDefinition CollectorFilm = Advisory(
        "R25", "film on the collector", "", "", Any, "[0063]–[0064]", [LotReceipt]) with
    {
        Words = ["Si", "Mg", "Al", "Pb", "Ag", "Sn", "C", "Ti sulfide", "Fe sulfide"],
        Parts = [new("film thickness", "t", "nm", Between(1m, 500m), [Between(5m, 100m)])],
    };

    /// <summary>These rules, by id.</summary>
    internal static ImmutableArray<RuleDefinition> All { get; } =
    [
        AlloyElement, SilverD50, CarbonType, AspectRatio, CarbonOxygen, AcidTreatment, Binder, Solvent, CoatingMethod,
        Collector, CollectorFilm,
    ];
}
