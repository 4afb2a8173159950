using System.Collections.Immutable;
using static CoatLine.Domain.Rules.Bounds;
using static CoatLine.Domain.Rules.RuleDefinition;
using static CoatLine.Domain.Rules.RuleStage;

namespace CoatLine.Domain.Rules;

/// <summary>
/// Every rule, with limits exactly as the source has them. R.. come from the patent
/// application (paragraph and claim cited), S.. are site rules that keep a batch identifiable and its data sound.
/// </summary>
public static class RuleCatalogue
{
    /// <summary>R01: carbons with different D50 in the layer.</summary>
    public static readonly RuleDefinition TwoCarbons = Hard(
        "R01", "carbons with different D50", "n", "", AtLeast(2m), "cl.1/16, [0044]", [Recipe]);

    /// <summary>R02: D50 of the second carbon over that of the first.</summary>
    public static readonly RuleDefinition D50Ratio = Hard(
        "R02", "D50 ratio second/first carbon", "r", "", Between(1.2m, 4m), "[0046], cl.2", [Recipe, LotReceipt],
        Between(1.5m, 3m), Between(1.8m, 2.7m));

    /// <summary>R03: D50 of the first (smaller) carbon.</summary>
    public static readonly RuleDefinition FirstD50 = Hard(
        "R03", "first carbon D50", "d", "nm", FromBelow(5m, 50m), "[0047], cl.3/4", [Recipe, LotReceipt],
        Between(25m, 45m));

    /// <summary>R04: D50 of the second (larger) carbon.</summary>
    public static readonly RuleDefinition SecondD50 = Hard(
        "R04", "second carbon D50", "d", "nm", Between(50m, 90m), "[0047], cl.3/4", [Recipe, LotReceipt],
        Between(60m, 85m));

    /// <summary>R05: difference of the two D50.</summary>
    public static readonly RuleDefinition D50Difference = Hard(
        "R05", "D50 difference", "Δ", "nm", Between(10m, 50m), "[0048], cl.5", [Recipe, LotReceipt],
        Between(20m, 45m), Between(30m, 40m));

    /// <summary>R06: D50 of any carbon, a third one included.</summary>
    public static readonly RuleDefinition AnyD50 = Hard(
        "R06", "carbon D50", "d", "nm", Below(100m), "[0047], cl.6/18", [Recipe, LotReceipt]);

    /// <summary>R08: first carbon as a weight fraction of first and second; 2:8 to 8:2.</summary>
    public static readonly RuleDefinition FirstCarbonFraction = Hard(
        "R08", "first carbon of first + second", "x", "", Between(0.2m, 0.8m), "[0049], cl.9",
        [Recipe, WeighIn, Dried], Between(0.5m, 0.8m));

    /// <summary>R09: silver in each sub-layer.</summary>
    public static readonly RuleDefinition SilverInEach = Hard(
        "R09", "silver in the sub-layer", "m", "g", Above(0m), "[0051], cl.10", [Recipe, WeighIn]);

    /// <summary>R10: Top holds the first carbon and silver, no other carbon.</summary>
    public static readonly RuleDefinition TopCarbon = Hard(
        "R10", "carbons in Top other than the first carbon", "n", "", Exactly(0m), "[0051], cl.10",
        [Recipe, WeighIn]);

    /// <summary>R11: silver by weight of the active material, binder excluded.</summary>
    public static readonly RuleDefinition SilverPercent = Hard(
        "R11", "silver of active material", "x", "wt%", AboveUpTo(10m, 50m), "[0037]", [Recipe, WeighIn],
        AboveUpTo(20m, 30m));

    /// <summary>R12: active material other than silver.</summary>
    public static readonly RuleDefinition OtherActivePercent = Advisory(
        "R12", "active material other than silver", "x", "wt%", AtLeast(50m), "[0049]", [Recipe], AtLeast(70m));

    /// <summary>R30: greatest thickness of Base over least thickness of Top.</summary>
    public static readonly RuleDefinition ThicknessRatio = Hard(
        "R30", "max(Base)/min(Top)", "R", "", Between(5m, 10m), "[0052], cl.11", [AfterCoat2, Dried, AfterWip],
        Between(6m, 10m), Between(7m, 10m), Between(8m, 10m), Between(9m, 10m));

    /// <summary>R31: Base touches the collector, Top the electrolyte.</summary>
    public static readonly RuleDefinition LayerOrder = Hard(
        "R31", "sub-layers out of order", "n", "", Exactly(0m), "[0051], cl.10", [Recipe, AfterCoat2]);

    /// <summary>R33: total thickness of the layer.</summary>
    public static readonly RuleDefinition TotalThickness = Hard(
        "R33", "total thickness", "t", "µm", Between(1m, 100m), "[0062]", [Dried, AfterWip]);

    /// <summary>R34: silver per area.</summary>
    public static readonly RuleDefinition SilverLoading = Hard(
        "R34", "silver loading", "x", "mg/cm²", Between(0.05m, 5m), "[0038]", [Dried], Between(0.1m, 2m));

    /// <summary>R35: porosity of the whole layer, after pressing only.</summary>
    public static readonly RuleDefinition PressedPorosity = Hard(
        "R35", "porosity after pressing", "ε", "%", AtMost(40m), "[0041], cl.15", [AfterWip]);

    /// <summary>R36: arithmetic mean roughness of every sample.</summary>
    public static readonly RuleDefinition MeanRoughness = Hard(
        "R36", "roughness Sa", "Sa", "µm", Below(0.1m), "[0042], cl.15", [AfterWip]);

    /// <summary>R37: maximum height roughness of every sample.</summary>
    public static readonly RuleDefinition MaxRoughness = Hard(
        "R37", "roughness Sz", "Sz", "µm", Below(1m), "[0043], cl.15", [AfterWip]);

    /// <summary>R38: roughness samples of one electrode.</summary>
    public static readonly RuleDefinition RoughnessSamples = Hard(
        "R38", "roughness samples of good quality", "n", "", AtLeast(3m), "[0101]", [AfterWip]);

    /// <summary>R60: the mix schedule 12 × 180 s, dilution, 5 × 180 s, all at 2000 rpm.</summary>
    public static readonly RuleDefinition MixSchedule = Hard(
        "R60", "mix cycles", "n", "", Exactly(12m), "[0084]–[0091]", [Recipe, RuleStage.Mixing]) with
    {
        Parts =
        [
            new("cycles before the dilution", "n", "", Exactly(12m)), new("their time", "t", "s", Exactly(180m)),
            new("their speed", "v", "rpm", Exactly(2000m)), new("cycles after it", "n", "", Exactly(5m)),
            new("their time then", "t", "s", Exactly(180m)), new("their speed then", "v", "rpm", Exactly(2000m)),
        ],
    };

    /// <summary>S01: mass weighed in, against target and tolerance.</summary>
    public static readonly RuleDefinition WeighedMass = Hard(
        "S01", "weighed mass", "m", "g", Above(0m), "site weighing, [0084]–[0091]", [WeighIn]);

    /// <summary>S02: days left until a gauge or balance needs its calibration.</summary>
    public static readonly RuleDefinition Calibration = Hard(
        "S02", "days to calibration", "n", "d", Above(0m), "site measuring", [WeighIn, Dried, AfterWip]);

    /// <summary>S03: class of the thickness gauge.</summary>
    public static readonly RuleDefinition GaugeClass = Hard(
        "S03", "thickness gauge class ±", "c", "µm", AtMost(0.5m), "site measuring, [0052]", [Dried, AfterWip]);

    /// <summary>S04: registered points of a thickness profile.</summary>
    public static readonly RuleDefinition ProfilePoints = Hard(
        "S04", "registered profile points", "n", "", AtLeast(9m), "site measuring, [0052]", [Dried, AfterWip]);

    /// <summary>S05: a press cycle, inside both bands for the whole dwell.</summary>
    public static readonly RuleDefinition PressCycle = Hard(
        "S05", "press dwell inside both bands", "t", "s", AtLeast(1800m), "site pressing, [0095]", [AfterWip]);

    /// <summary>S06: a dryer run, inside the band of each segment for its whole time.</summary>
    public static readonly RuleDefinition DryerRun = Hard(
        "S06", "drying time", "t", "s", Above(0m), "site drying, [0087]–[0088]", [AfterCoat1, AfterCoat2]);

    /// <summary>S07: a coat as it was laid.</summary>
    public static readonly RuleDefinition CoatRun = Hard(
        "S07", "coat gap", "H", "µm", Above(0m), "site coating, [0087]–[0088]", [AfterCoat1, AfterCoat2]);

    /// <summary>S08: the jar, roll, sheet or lot scanned is the one that the step expects.</summary>
    public static readonly RuleDefinition Identity = Hard(
        "S08", "scanned codes other than the one expected", "n", "", Exactly(0m), "site identity, [0087]–[0088]",
        [WeighIn, RuleStage.Mixing, AfterCoat1, AfterCoat2]);

    /// <summary>Every rule, by id: those of the application, then those of the site.</summary>
    public static ImmutableArray<RuleDefinition> All { get; } =
    [
        .. Own.Concat(MaterialCatalogue.All).Concat(LaboratoryCatalogue.All)
            .OrderBy(r => r.Id, StringComparer.Ordinal),
    ];

    private static ImmutableArray<RuleDefinition> Own =>
    [
        TwoCarbons, D50Ratio, FirstD50, SecondD50, D50Difference, AnyD50, FirstCarbonFraction, SilverInEach,
        TopCarbon, SilverPercent, OtherActivePercent, ThicknessRatio, LayerOrder, TotalThickness, SilverLoading,
        PressedPorosity, MeanRoughness, MaxRoughness, RoughnessSamples, MixSchedule, WeighedMass, Calibration,
        GaugeClass, ProfilePoints, PressCycle, DryerRun, CoatRun, Identity,
    ];
}
