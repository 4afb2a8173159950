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
    string Source)
{
    /// <summary>The words allowed, where the quantity is a material or a method; none where it is a number alone.
    /// Compared without regard to case.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>The words preferred among those; none where the source prefers none.</summary>
    public ImmutableArray<string> PreferredWords { get; init; } = [];

    /// <summary>The numbers of a rule that has several; none where <see cref="Limits"/> says it all.</summary>
    public ImmutableArray<RulePart> Parts { get; init; } = [];

    /// <summary>The rule narrowed to one of its numbers.</summary>
    /// <param name="title">Title of the part.</param>
    /// <exception cref="InvalidOperationException">The rule has no such part.</exception>
    public RuleDefinition Of(string title)
    {
        RulePart part = Parts.Single(p => p.Title == title);
        return this with
        {
            Title = part.Title,
            Symbol = part.Symbol,
            Unit = part.Unit,
            Limits = part.Limits,
            Preferred = part.Preferred,
            Words = [],
            PreferredWords = [],
            Parts = [],
        };
    }

    /// <summary>The whole limit in words, e.g. <c>5 ≤ d &lt; 50 nm</c>; several parts stand side by side.</summary>
    public string LimitText()
    {
        IEnumerable<string> numbers = Parts.IsEmpty && Limits != Bounds.Any
            ? [Limits.Describe(Symbol, Unit)]
            : Parts.Select(p => p.Limits.Describe(p.Symbol, p.Unit));
        IEnumerable<string> words = Words.IsEmpty ? [] : ["one of " + string.Join(", ", Words)];
        return string.Join("; ", numbers.Concat(words));
    }

    /// <summary>The preferred ranges in words, the widest first; empty where there is none.</summary>
    public string PreferredText()
    {
        IEnumerable<string> numbers = Parts.IsEmpty
            ? [string.Join(" → ", Preferred.Select(p => p.Describe(Symbol, Unit)))]
            : Parts.Select(p => string.Join(" → ", p.Preferred.Select(b => b.Describe(p.Symbol, p.Unit))));
        return string.Join("; ", numbers.Append(string.Join(", ", PreferredWords)).Where(t => t.Length > 0));
    }

    internal static RuleDefinition Hard(
        string id,
        string title,
        string symbol,
        string unit,
        Bounds limits,
        string source,
        ImmutableArray<RuleStage> stages,
        params ImmutableArray<Bounds> preferred) =>
        new(id, title, symbol, unit, limits, preferred, RuleTier.Hard, stages, source);

    internal static RuleDefinition Advisory(
        string id,
        string title,
        string symbol,
        string unit,
        Bounds limits,
        string source,
        ImmutableArray<RuleStage> stages,
        params ImmutableArray<Bounds> preferred) =>
        new(id, title, symbol, unit, limits, preferred, RuleTier.Advisory, stages, source);
}

/// <summary>One number of a rule that has several.</summary>
/// <param name="Title">The quantity in words, unique in the rule.</param>
/// <param name="Symbol">Its letter in the limit.</param>
/// <param name="Unit">Unit of the limit; empty for a pure number.</param>
/// <param name="Limits">The limit, strict or inclusive as the source has it.</param>
/// <param name="Preferred">Preferred ranges, the widest first.</param>
public sealed record RulePart(
    string Title, string Symbol, string Unit, Bounds Limits, ImmutableArray<Bounds> Preferred)
{
    /// <summary>A number without a preferred range.</summary>
    public RulePart(string title, string symbol, string unit, Bounds limits)
        : this(title, symbol, unit, limits, [])
    {
    }
}
