using System.Collections.Immutable;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Spc;

/// <summary>A quantity that is charted lot by lot.</summary>
/// <param name="Name">Its name in commands, e.g. <c>porosity</c>.</param>
/// <param name="Title">What it is, for a person.</param>
/// <param name="Unit">Its unit; <c>–</c> for a pure number.</param>
/// <param name="Specification">What a rule allows; null where no rule limits it.</param>
/// <param name="Allowed">The same in words; empty where no rule limits it.</param>
public sealed record ChartQuantity(
    string Name, string Title, string Unit, SpecificationLimits? Specification, string Allowed)
{
    private Func<LotFacts, ImmutableArray<double>> Readings { get; init; } = static _ => [];

    /// <summary>Every quantity, in the order of making.</summary>
    public static ImmutableArray<ChartQuantity> All { get; } =
    [
        new("base-mean", "mean thickness of the dried Base", "µm", null, "")
        {
            Readings = static l => l.BaseDriedUm.IsEmpty ? [] : [l.BaseDriedUm.Average()],
        },
        new("base-sites", "thickness of the dried Base by site", "µm", null, "")
        {
            Readings = static l => l.BaseDriedUm,
            IsBySite = true,
        },
        new("areal-mass", "areal mass of the dried layer", "mg/cm²", null, "")
        {
            Readings = static l => One(l.ArealMassMgPerCm2),
        },
        OfRatio("ratio-dried", "ln R, dried", static l => l.Judged?.RatioDried),
        OfRatio("ratio-pressed", "ln R, pressed", static l => l.Judged?.RatioPressed),
        OfRule("porosity", "porosity after pressing", RuleCatalogue.PressedPorosity,
            static l => l.Judged?.PorosityPercent),
        OfRule("sa", "Sa, worst sample", RuleCatalogue.MeanRoughness, static l => Worst(l.Judged?.SaUm)),
        OfRule("sz", "Sz, worst sample", RuleCatalogue.MaxRoughness, static l => Worst(l.Judged?.SzUm)),
    ];

    /// <summary>Whether a lot has readings at several sites, charted by mean and range; else one value, charted with
    /// its moving range.</summary>
    public bool IsBySite { get; private init; }

    /// <summary>Whether the value is ln R: R is skewed and ln R is not.</summary>
    public bool IsLnRatio { get; private init; }

    /// <summary>The quantity of a name; null when there is none.</summary>
    public static ChartQuantity? Find(string name) => All.FirstOrDefault(q => q.Name == name);

    /// <summary>Why a lot is left out of the chart of this quantity.</summary>
    public LotExclusion ExclusionOf(LotFacts lot) =>
        lot.Exclusion is not LotExclusion.None and var why ? why
        : Readings(lot).IsEmpty ? LotExclusion.NotMeasured
        : LotExclusion.None;

    /// <summary>The readings of a lot that is not left out: one, or one a site.</summary>
    /// <exception cref="InvalidOperationException">The quantity was not measured.</exception>
    public Subgroup SubgroupOf(LotFacts lot) => Readings(lot) is { IsEmpty: false } readings
        ? new Subgroup(lot.Lot, readings)
        : throw new InvalidOperationException($"{lot.Lot} has no {Name}");

    /// <summary>The one value of a lot that is not left out.</summary>
    /// <exception cref="InvalidOperationException">The quantity was not measured, or has several sites.</exception>
    public LotValue ValueOf(LotFacts lot) => new(lot.Lot, SubgroupOf(lot).Readings.Single());

    private static ChartQuantity OfRatio(string name, string title, Func<LotFacts, decimal?> ratio)
    {
        Bounds limits = RuleCatalogue.ThicknessRatio.Limits;
        return new ChartQuantity(
            name,
            title,
            "–",
            new SpecificationLimits(Math.Log((double)limits.Low!.Value), Math.Log((double)limits.High!.Value)),
            $"R30 {limits.Describe(RuleCatalogue.ThicknessRatio.Symbol, "")}")
        {
            Readings = l => ratio(l) is { } r and > 0m ? [Math.Log((double)r)] : [],
            IsLnRatio = true,
        };
    }

    private static ChartQuantity OfRule(
        string name, string title, RuleDefinition rule, Func<LotFacts, decimal?> value) => new(
            name,
            title,
            rule.Unit,
            new SpecificationLimits((double?)rule.Limits.Low, (double?)rule.Limits.High),
            $"{rule.Id} {rule.Limits.Describe(rule.Symbol, rule.Unit)}")
        {
            Readings = l => One((double?)value(l)),
        };

    private static ImmutableArray<double> One(double? value) => value is { } number ? [number] : [];

    // Every sample is judged by itself ([0101]), so the chart follows the one that decides.
    private static decimal? Worst(ImmutableArray<decimal>? samples) =>
        samples is { IsDefaultOrEmpty: false } some ? some.Max() : null;
}
