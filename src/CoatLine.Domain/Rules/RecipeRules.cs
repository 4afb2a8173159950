using System.Collections.Immutable;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>
/// The rules that a recipe alone can break (stage RC). A rule about two carbons is not judged where there is only one:
/// R01 already says what is wrong then. Rules about Top are judged only where the recipe has one.
/// </summary>
public static class RecipeRules
{
    private const int PreCycles = 12;
    private const int PostCycles = 5;
    private const decimal CycleSeconds = 180m;
    private const decimal CycleSpeedRpm = 2000m;

    /// <summary>Judges every rule of stage RC, R31 and R60 included, as for production. Pure.</summary>
    /// <returns>Every check, passes too.</returns>
    public static ImmutableArray<RuleCheck> Check(Recipe recipe)
    {
        ImmutableArray<RuleCheck>.Builder checks = ImmutableArray.CreateBuilder<RuleCheck>();
        checks.Add(LayerOrder(recipe));
        if (recipe.Slurry(SubLayer.Base) is { } baseSlurry)
        {
            checks.AddRange(Sizes(baseSlurry));
        }

        foreach (SlurryFormula slurry in recipe.Slurries)
        {
            checks.AddRange(slurry.Carbons.Select(c => AnyD50(slurry.Layer, c)));
        }

        if (recipe.Slurry(SubLayer.Top) is { } top)
        {
            checks.Add(TopCarbon(recipe.Slurry(SubLayer.Base), top));
        }

        foreach (SlurryFormula slurry in recipe.Slurries)
        {
            checks.AddRange(Silver(slurry, recipe.Site.Densities));
            checks.AddRange(Means(slurry));
            checks.AddRange(Schedule(slurry));
        }

        if (recipe.Cell is { } cell)
        {
            checks.Add(LabRules.CapacityRatio("cell", cell.NegativeMah, cell.PositiveMah));
        }

        return checks.ToImmutable();
    }

    /// <summary>Why a recipe cannot be made as a production batch: its class, and every hard rule it breaks.</summary>
    /// <returns>Sentences; empty when it can.</returns>
    public static ImmutableArray<string> RefusalsForProduction(Recipe recipe)
    {
        IEnumerable<string> broken = Check(recipe)
            .Where(c => c.Verdict is Verdict.Fail or Verdict.NotMeasured)
            .Select(c => c.Message);
        return recipe.Class == RecipeClass.Production
            ? [.. broken]
            : [$"recipe {recipe.Id} is of class engineering, a trial: it cannot be a production batch", .. broken];
    }

    /// <summary>R31: coat 1 is Base, on the collector; coat 2 is Top, against the electrolyte.</summary>
    internal static RuleCheck LayerOrder(Recipe recipe)
    {
        int misplaced = recipe.Slurries.Where((s, i) => (int)s.Layer != i).Count();
        string order = string.Join(", then ", recipe.Slurries.Select(s => Name(s.Layer)));
        return Judge.Value(RuleCatalogue.LayerOrder, "coats: " + order, misplaced);
    }

    /// <summary>R01 to R05 and R08 on the carbons of Base.</summary>
    internal static IEnumerable<RuleCheck> Sizes(SlurryFormula slurry)
    {
        CarbonSplit split = CarbonSplit.Of(slurry);
        string layer = Name(slurry.Layer);
        yield return Judge.Value(RuleCatalogue.TwoCarbons, layer, split.Sizes.Length);
        if (split.Sizes.Length == 0)
        {
            yield break;
        }

        decimal first = split.Sizes[0].Value;
        yield return Judge.Value(RuleCatalogue.FirstD50, $"{layer} {Names(split.First)}", first);
        if (split.Sizes.Length == 1)
        {
            yield break;
        }

        decimal second = split.Sizes[1].Value;
        string pair = $"{layer} {Names(split.First)}/{Names(split.Second)}";
        yield return Judge.Ratio(RuleCatalogue.D50Ratio, pair, second, first);
        yield return Judge.Value(RuleCatalogue.SecondD50, $"{layer} {Names(split.Second)}", second);
        yield return Judge.Value(RuleCatalogue.D50Difference, pair, second - first);
        yield return FirstCarbonFraction(pair, split.FirstMass.Value, split.SecondMass.Value);
    }

    /// <summary>R06: a carbon of 100 nm or more defeats the purpose, in whatever layer and share.</summary>
    internal static RuleCheck AnyD50(SubLayer layer, Ingredient carbon) =>
        Judge.Value(RuleCatalogue.AnyD50, $"{Name(layer)} {carbon.Material}", carbon.D50?.Value);

    /// <summary>R08: 2:8 to 8:2 by weight.</summary>
    internal static RuleCheck FirstCarbonFraction(string subject, decimal first, decimal second) =>
        Judge.Ratio(RuleCatalogue.FirstCarbonFraction, subject, first, first + second);

    /// <summary>R10: Top holds no carbon but the first carbon of Base.</summary>
    internal static RuleCheck TopCarbon(SlurryFormula? baseSlurry, SlurryFormula top)
    {
        ImmutableArray<Ingredient> first = baseSlurry is null ? [] : CarbonSplit.Of(baseSlurry).First;
        List<Ingredient> others = [.. top.Carbons.Where(c => !first.Any(f => f.Material == c.Material))];
        string subject = others.Count == 0 ? "top" : "top " + Names(others);
        return top.Carbons.Length == 0
            ? Judge.Failed(RuleCatalogue.TopCarbon, subject, null, "cannot be judged: Top has no carbon at all")
            : Judge.Value(RuleCatalogue.TopCarbon, subject, others.Count);
    }

    /// <summary>R09, R11 and R12 on the silver of a slurry.</summary>
    internal static IEnumerable<RuleCheck> Silver(SlurryFormula slurry, MaterialDensities densities)
    {
        SlurryComposition composition = SlurryComposition.Of(slurry, densities);
        string layer = Name(slurry.Layer);
        decimal silver = composition.Silver.Value;
        decimal active = composition.Active.Value;
        yield return Judge.Value(RuleCatalogue.SilverInEach, layer, silver);
        if (active > 0m)
        {
            yield return Judge.Ratio(RuleCatalogue.SilverPercent, layer, 100m * silver, active);
            yield return Judge.Ratio(RuleCatalogue.OtherActivePercent, layer, 100m * (active - silver), active);
        }
    }

    /// <summary>R21 and R22: binder and solvents. The reader knows PVDF only; a solvent is known by its code.</summary>
    internal static IEnumerable<RuleCheck> Means(SlurryFormula slurry)
    {
        string layer = Name(slurry.Layer);
        IEnumerable<RuleCheck> binders = slurry.Charge
            .Where(i => i.Kind == MaterialKind.BinderSolution)
            .Select(i => Judge.Word(MaterialCatalogue.Binder, $"{layer} {i.Material}", "PVDF"));
        IEnumerable<RuleCheck> solvents = slurry.Charge.Append(slurry.Dilution)
            .Where(i => i.Kind == MaterialKind.Solvent)
            .Select(i => i.Material)
            .Distinct()
            .Select(m => Judge.Word(MaterialCatalogue.Solvent, $"{layer} {m}", m));
        return [.. binders, .. solvents];
    }

    /// <summary>R13 on the alloying elements that a recipe has beside silver.</summary>
    /// <param name="elements">Chemical symbols; none for every recipe with silver alone.</param>
    public static ImmutableArray<RuleCheck> AlloyElements(IReadOnlyCollection<string> elements) =>
        [.. elements.Select(e => Judge.Word(MaterialCatalogue.AlloyElement, e, e))];

    /// <summary>R23 on the coating method of a line.</summary>
    /// <param name="method">The method in words; null when not known.</param>
    public static RuleCheck CoatingMethod(string? method) =>
        Judge.Word(MaterialCatalogue.CoatingMethod, "line", method);

    /// <summary>R60: 12 × 180 s, dilution, 5 × 180 s, all at 2000 rpm, exactly.</summary>
    internal static IEnumerable<RuleCheck> Schedule(SlurryFormula slurry) =>
    [
        .. Stage(slurry.Layer, slurry.PreDilution, PreCycles),
        .. Stage(slurry.Layer, slurry.PostDilution, PostCycles),
    ];

    /// <summary>Names a sub-layer as recipes and messages do.</summary>
    internal static string Name(SubLayer layer) => layer == SubLayer.Base ? "base" : "top";

    /// <summary>Names a mix stage as messages do.</summary>
    internal static string Name(MixStageKind stage) =>
        stage == MixStageKind.PreDilution ? "pre-dilution" : "post-dilution";

    private static IEnumerable<RuleCheck> Stage(SubLayer layer, MixStage stage, int cycles)
    {
        string subject = $"{Name(layer)} {Name(stage.Kind)}";
        RuleDefinition rule = RuleCatalogue.MixSchedule;
        yield return Judge.Value(rule with { Limits = Bounds.Exactly(cycles) }, subject, stage.Cycles);
        yield return Judge.Value(
            rule with { Title = "mix cycle time", Symbol = "t", Unit = "s", Limits = Bounds.Exactly(CycleSeconds) },
            subject,
            stage.CycleTime.Value);
        yield return Judge.Value(
            rule with { Title = "mix speed", Symbol = "v", Unit = "rpm", Limits = Bounds.Exactly(CycleSpeedRpm) },
            subject,
            stage.Speed.Value);
    }

    private static string Names(IEnumerable<Ingredient> ingredients) =>
        string.Join("+", ingredients.Select(i => i.Material));
}
