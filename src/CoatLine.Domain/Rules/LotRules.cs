using System.Collections.Immutable;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Rules;

/// <summary>The rules of stage LR: what a lot must be before any of it is weighed in. Pure.</summary>
public static class LotRules
{
    private static readonly ImmutableArray<string> Acids = ["H2SO4", "HNO3"];

    /// <summary>R03 or R04, R06, R15, R16, R17 and, where the site treated it, R19 on one carbon lot.</summary>
    /// <returns>Every check, passes too.</returns>
    public static ImmutableArray<RuleCheck> Check(CarbonCertificate carbon)
    {
        string subject = Subject(carbon);
        ImmutableArray<RuleCheck>.Builder checks = ImmutableArray.CreateBuilder<RuleCheck>();
        if (carbon.Role != CarbonRole.Other)
        {
            checks.Add(Size(
                carbon.Role == CarbonRole.First ? RuleCatalogue.FirstD50 : RuleCatalogue.SecondD50, carbon));
        }

        checks.Add(Size(RuleCatalogue.AnyD50, carbon));
        checks.AddRange(Types(carbon, subject));
        checks.Add(Judge.Optional(MaterialCatalogue.AspectRatio, subject, carbon.AspectRatio));
        checks.Add(Judge.Optional(MaterialCatalogue.CarbonOxygen, subject, carbon.OxygenAtPercent));
        if (carbon.Treatment is { } treatment)
        {
            checks.AddRange(Treatment(treatment, subject));
        }

        return checks.ToImmutable();
    }

    /// <summary>R02 and R05 on the two lots that are to make one Base.</summary>
    /// <param name="first">The smaller carbon.</param>
    /// <param name="second">The larger carbon.</param>
    public static ImmutableArray<RuleCheck> CheckPair(CarbonCertificate first, CarbonCertificate second)
    {
        string subject = $"{Subject(first)}/{Subject(second)}";
        return Judged(first) is { } small and > 0m && Judged(second) is { } large
            ?
            [
                Judge.Ratio(RuleCatalogue.D50Ratio, subject, large, small),
                Judge.Value(RuleCatalogue.D50Difference, subject, large - small),
            ]
            :
            [
                Judge.NotMeasured(RuleCatalogue.D50Ratio, subject, NoSize),
                Judge.NotMeasured(RuleCatalogue.D50Difference, subject, NoSize),
            ];
    }

    /// <summary>R14 on a silver lot.</summary>
    public static ImmutableArray<RuleCheck> Check(SilverCertificate silver) =>
        [Judge.Optional(MaterialCatalogue.SilverD50, silver.Lot, silver.D50?.Value)];

    /// <summary>R24 on every metal of a foil roll and R25 on its film, where there is one.</summary>
    public static ImmutableArray<RuleCheck> Check(CollectorCertificate collector)
    {
        RuleDefinition rule = MaterialCatalogue.Collector;
        IEnumerable<RuleCheck> metals = collector.Metals.IsDefaultOrEmpty
            ? [Judge.Word(rule, collector.Roll, null)]
            : collector.Metals.Select(m => Judge.Word(rule, collector.Roll, m));
        IEnumerable<RuleCheck> film = collector.Film is { } on
            ?
            [
                Judge.Word(MaterialCatalogue.CollectorFilm, collector.Roll, on.Material),
                Judge.Optional(
                    MaterialCatalogue.CollectorFilm.Of("film thickness"), collector.Roll, on.Thickness?.Value),
            ]
            : [];
        return [.. metals, .. film];
    }

    private const string NoSize = "has no size of primary particles";

    private static string Subject(CarbonCertificate carbon) => $"{carbon.Material} lot {carbon.Lot}";

    // The size of an aggregate from light scattering would falsely break R06, so it is no size at all.
    private static decimal? Judged(CarbonCertificate carbon) =>
        carbon.Method == D50Method.PrimaryParticle ? carbon.D50?.Value : null;

    private static RuleCheck Size(RuleDefinition rule, CarbonCertificate carbon) => Judged(carbon) is { } size
        ? Judge.Value(rule, Subject(carbon), size)
        : Judge.NotMeasured(rule, Subject(carbon), NoSize);

    private static IEnumerable<RuleCheck> Types(CarbonCertificate carbon, string subject)
    {
        RuleDefinition rule = MaterialCatalogue.CarbonType;
        yield return carbon.IsAmorphous switch
        {
            true => Judge.Check(rule, subject, null, Verdict.Pass, "is amorphous"),
            false => Judge.Failed(rule, subject, null, "is not amorphous"),
            _ => Judge.NotMeasured(rule, subject, "is not known to be amorphous"),
        };
        if (carbon.Types.IsDefaultOrEmpty)
        {
            yield return Judge.Word(rule, subject, null);
            yield break;
        }

        foreach (string type in carbon.Types)
        {
            yield return Judge.Word(rule, subject, type);
        }
    }

    private static IEnumerable<RuleCheck> Treatment(AcidTreatment treatment, string subject)
    {
        RuleDefinition rule = MaterialCatalogue.AcidTreatment;
        yield return Judge.Value(rule.Of("acid treatment temperature"), subject, treatment.Temperature?.Value);
        foreach (string reagent in treatment.Reagents)
        {
            yield return Judge.Word(rule, subject, reagent);
        }

        if (!treatment.Reagents.Any(r => Acids.Contains(r, StringComparer.OrdinalIgnoreCase)))
        {
            yield return Judge.Failed(rule, subject, null, $"has neither {string.Join(" nor ", Acids)}");
        }
    }
}
