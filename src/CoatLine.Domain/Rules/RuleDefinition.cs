using System.Collections.Immutable;

namespace CoatLine.Domain.Rules;

/// <summary>How binding a rule is.</summary>
public enum RuleTier
{
    /// <summary>Blocks or holds when broken.</summary>
    Hard,

    /// <summary>Warns when broken.</summary>
    Advisory,
}

/// <summary>An entry of the rule catalogue.</summary>
/// <param name="Id">Rule id: R.. from the patent application, S.. a site rule.</param>
/// <param name="Title">The quantity in words.</param>
/// <param name="Symbol">Its letter in the limit.</param>
/// <param name="Unit">Unit of the limit; empty for a pure number.</param>
/// <param name="Limits">The limit, strict or inclusive as the source has it.</param>
/// <param name="Preferred">Preferred ranges, the widest first; outside the widest gives an advisory.</param>
/// <param name="Tier">Hard or advisory.</param>
/// <param name="Stages">When it is judged.</param>
/// <param name="Source">Paragraph and claim.</param>
public sealed record RuleDefinition(
    string Id,
    string Title,
    string Symbol,
    string Unit,
    Bounds Limits,
    ImmutableArray<Bounds> Preferred,
    RuleTier Tier,
    ImmutableArray<RuleStage> Stages,
    string Source);
