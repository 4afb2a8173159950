using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>What every operation of a batch's procedure needs: the recipe, the names of things, the record so far.
/// </summary>
internal sealed record BatchContext(Recipe Recipe, string Batch, BatchRecord Record)
{
    /// <summary>Foil roll and blade in use; until lots are booked, the line has one of each.</summary>
    public const string FoilRoll = "FR-01";

    /// <inheritdoc cref="FoilRoll"/>
    public const string Blade = "BL-01";

    public SiteParameters Site => Recipe.Site;

    public BatchState State => Record.State;

    public bool HasTop => Recipe.Slurry(SubLayer.Top) is not null;

    /// <summary>The one sheet of the batch.</summary>
    public string Sheet => $"S-{Batch}-1";

    /// <summary>The bag that it is pressed in.</summary>
    public string Bag => $"BAG-{Batch}-1";

    /// <summary>The container of a slurry.</summary>
    public string Container(SubLayer layer) => $"J-{Batch}-{(layer == SubLayer.Base ? "BASE" : "TOP")}";

    /// <summary>The first part of step ids of a sub-layer.</summary>
    public static string Prefix(SubLayer layer) => layer == SubLayer.Base ? "base" : "top";

    /// <summary>
    /// Yields a step and, when its outcome forbids to go on, the hold. Whoever enumerates stops at a hold, so that
    /// what comes after it may rely on a sound outcome.
    /// </summary>
    public IEnumerable<Step> Guarded(Step step, string question)
    {
        yield return step;
        if (State.Obstacle(step.Id) is { } reason)
        {
            yield return new HoldStep(step.Id, reason, question);
        }
    }

    /// <summary>The facts of a phase: what was measured with its checks, or that the result cannot be used.</summary>
    /// <param name="step">Step id.</param>
    /// <param name="result">The result block.</param>
    /// <param name="reader">Its reader, after the fact was built with it.</param>
    /// <param name="fact">The fact, worth something only when the reader met no problem.</param>
    /// <param name="stage">Stage of the checks.</param>
    /// <param name="checks">Made only of a usable fact.</param>
    public ImmutableArray<BatchEvent> Facts(
        string step,
        PhaseResult result,
        ResultReader reader,
        PhaseConcluded fact,
        RuleStage stage,
        Func<ImmutableArray<RuleCheck>> checks) => reader.Problem() is { } problem
        ? [new PhaseFailed(Batch, step, result.Id, result.Code, problem, reader.Values())
        {
            StartedAt = result.StartedAt,
            EndedAt = result.EndedAt,
        }]
        : [fact, new ChecksJudged(Batch, step, stage, checks())];
}
