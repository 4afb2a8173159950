using System.Collections.Immutable;
using static CoatLine.Domain.Rules.Bounds;
using static CoatLine.Domain.Rules.RuleDefinition;
using static CoatLine.Domain.Rules.RuleStage;

namespace CoatLine.Domain.Rules;

/// <summary>The rules on what a laboratory reports, R20, R39 and R50 to R52.</summary>
public static class LaboratoryCatalogue
{
    /// <summary>R20: composition of the layer by XPS; measured, never derived from the recipe.</summary>
    public static readonly RuleDefinition LayerXps = Advisory(
        "R20", "layer composition by XPS", "", "at%", Any, "[0060]", [Lab]) with
    {
        Parts =
        [
            new("oxygen", "O", "at%", Between(2m, 10m), [Between(2.5m, 5m)]),
            new("carbon", "C", "at%", Between(65m, 85m), [Between(74m, 85m)]),
            new("silver", "Ag", "at%", Between(0.5m, 5m), [Between(0.5m, 3m)]),
            new("fluorine", "F", "at%", Between(5m, 25m), [Between(10m, 20m)]),
            new("sulfur", "S", "at%", Between(0.01m, 1m), [Between(0.01m, 0.5m)]),
        ],
    };

    /// <summary>R39: how much of the voids pressing takes away; the source has no limit, the site warns below one.
    /// </summary>
    public static readonly RuleDefinition VoidReduction = Advisory(
        "R39", "void reduction (ε0−ε1)/ε0", "v", "%", AtLeast(33m), "[0095]–[0096], Table 1; site statistics",
        [AfterWip]);

    /// <summary>R50: initial charge capacity of the negative electrode, b, over that of the positive one, a.</summary>
    public static readonly RuleDefinition CapacityRatio = Hard(
        "R50", "capacity ratio b/a", "r", "", AboveUpTo(0.01m, 0.5m), "[0071]–[0072]", [Recipe, Lab],
        AboveUpTo(0.01m, 0.4m), AboveUpTo(0.01m, 0.3m), AboveUpTo(0.01m, 0.2m), AboveUpTo(0.01m, 0.1m));

    /// <summary>R51: silver in the lithium–silver alloy that charging deposits.</summary>
    public static readonly RuleDefinition AlloySilver = Advisory(
        "R51", "silver in the deposited Li–Ag", "x", "wt%", AboveUpTo(20m, 60m), "[0035]", [Lab]);

    /// <summary>R52: how a cell is tested; another method gives no comparable result.</summary>
    public static readonly RuleDefinition CellTest = Hard(
        "R52", "cell test method", "", "", Any, "[0103]–[0105]", [Lab]) with
    {
        Parts =
        [
            new("test temperature", "T", "°C", Exactly(60m)),
            new("charge rate", "c", "C", Exactly(0.33m)),
            new("charge voltage", "U", "V", Exactly(4.25m)),
            new("cut-off rate at constant voltage", "c", "C", Exactly(0.1m)),
            new("discharge rate", "c", "C", Exactly(0.33m)),
            new("discharge voltage", "U", "V", Exactly(3.0m)),
        ],
    };

    /// <summary>These rules, by id.</summary>
    internal static ImmutableArray<RuleDefinition> All { get; } =
        [LayerXps, VoidReduction, CapacityRatio, AlloySilver, CellTest];
}
