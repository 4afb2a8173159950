using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;

namespace CoatLine.Domain.Execution.Answers;

/// <summary>A person's answer to the question of a held batch.</summary>
/// <param name="Kind">What is decided.</param>
/// <param name="Reason">Why, in words; a scan needs none.</param>
/// <param name="Signatures">Who signs it.</param>
public sealed record Answer(AnswerKind Kind, string Reason, ImmutableArray<Signature> Signatures)
{
    /// <summary>What was scanned; for a scan only.</summary>
    public string? Scanned { get; init; }

    /// <summary>Pressure of another press cycle, MPa; for that only.</summary>
    public decimal? PressureMpa { get; init; }

    /// <summary>Waivers, one for each broken rule; for a waiver only.</summary>
    public ImmutableArray<Deviation> Deviations { get; init; } = [];
}

/// <summary>What comes of an answer.</summary>
/// <param name="Refusals">Why it is not taken, a sentence each; empty when it is.</param>
/// <param name="Facts">What goes on record; of a refused scan too.</param>
public sealed record AnswerDecision(ImmutableArray<string> Refusals, ImmutableArray<BatchEvent> Facts);
