using System.Collections.Immutable;
using CoatLine.Domain.Quality;

namespace CoatLine.Engine;

/// <summary>How a run of a batch ended.</summary>
/// <param name="Batch">Batch id.</param>
public abstract record BatchOutcome(string Batch);

/// <summary>The electrode is released.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Disposition">Accept or Conditional.</param>
public sealed record BatchWasReleased(string Batch, Disposition Disposition) : BatchOutcome(Batch);

/// <summary>The electrode is rejected.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Reason">One sentence with the numbers.</param>
/// <param name="FailedRules">The rules broken, by id.</param>
public sealed record BatchWasRejected(string Batch, string Reason, ImmutableArray<string> FailedRules)
    : BatchOutcome(Batch);

/// <summary>An engineering lot was made to its end; it is never product.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="BrokenRules">The rules broken under deviations, by id.</param>
public sealed record TrialWasConcluded(string Batch, ImmutableArray<string> BrokenRules) : BatchOutcome(Batch);

/// <summary>The batch waits for a person; it is still open.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step at which it stopped.</param>
/// <param name="Reason">What happened, with the numbers.</param>
/// <param name="Question">What is not known or must be decided.</param>
public sealed record BatchWasHeld(string Batch, string Step, string Reason, string Question) : BatchOutcome(Batch);

/// <summary>The answer to a request for a new batch.</summary>
/// <param name="Batch">Its id; null when it was refused and nothing was created.</param>
/// <param name="Refusals">Why it was refused, a sentence each; empty when it was created.</param>
public sealed record BatchCreation(string? Batch, ImmutableArray<string> Refusals);
