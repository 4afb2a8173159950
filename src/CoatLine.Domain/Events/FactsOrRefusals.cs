using System.Collections.Immutable;

namespace CoatLine.Domain.Events;

/// <summary>The answer to what a person asked for: facts to record, or why not; never both.</summary>
/// <param name="Facts">The facts, in order; empty when it is refused.</param>
/// <param name="Refusals">Every reason against it, as sentences; empty when it is granted.</param>
public sealed record FactsOrRefusals(ImmutableArray<BatchEvent> Facts, ImmutableArray<string> Refusals)
{
    /// <summary>Facts to record.</summary>
    public static FactsOrRefusals Granted(params ImmutableArray<BatchEvent> facts) => new(facts, []);

    /// <summary>Reasons why nothing is recorded.</summary>
    public static FactsOrRefusals Refused(params ImmutableArray<string> reasons) => new([], reasons);
}
