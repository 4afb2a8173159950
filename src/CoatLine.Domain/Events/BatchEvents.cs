using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Events;

/// <summary>
/// A batch was created from a recipe that its rules allow. Recipe and site parameters are pinned as text, so that a
/// restart needs no file and a changed file changes no batch under way.
/// </summary>
/// <param name="Batch">Batch id, <c>B-YYYY-NNNN</c>.</param>
/// <param name="RecipeId">Recipe id.</param>
/// <param name="RecipeVersion">Recipe version, from 1.</param>
/// <param name="RecipeTitle">Recipe title.</param>
/// <param name="RecipeHash">Content hash of the recipe, 64 hexadecimal digits.</param>
/// <param name="Class">Production or engineering.</param>
/// <param name="RecipeYaml">The recipe's text.</param>
/// <param name="SiteHash">Content hash of the site parameters, 64 hexadecimal digits.</param>
/// <param name="SiteYaml">The text of the site parameters.</param>
public sealed record BatchCreated(
    string Batch,
    string RecipeId,
    int RecipeVersion,
    string RecipeTitle,
    string RecipeHash,
    RecipeClass Class,
    string RecipeYaml,
    string SiteHash,
    string SiteYaml) : BatchEvent(Batch)
{
    /// <summary>What it was ordered with; null in a batch of a version that knew no orders.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchOrder? Order { get; init; }
}

/// <summary>Rules were judged. Passes are recorded too. Concludes its step, alone or with the step's other facts.
/// </summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that they were judged in.</param>
/// <param name="Stage">When in the making of the electrode.</param>
/// <param name="Checks">Each rule with value, limit, verdict and source paragraph.</param>
public sealed record ChecksJudged(string Batch, string Step, RuleStage Stage, ImmutableArray<RuleCheck> Checks)
    : StepConcluded(Batch, Step)
{
    /// <summary>The sheet that it is about; null when it is about the whole batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sheet { get; init; }
}

/// <summary>The electrode is released.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that concluded it.</param>
/// <param name="Disposition">Accept, or Conditional when a value lies inside its guard band only.</param>
/// <param name="Sheet">The sheet released, or the first of several.</param>
/// <param name="ConditionalRules">The rules judged conditional; empty when accepted outright.</param>
public sealed record BatchReleased(
    string Batch,
    string Step,
    Disposition Disposition,
    string Sheet,
    ImmutableArray<string> ConditionalRules) : StepConcluded(Batch, Step)
{
    /// <summary>Every sheet released; null in a batch of a version that knew one only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Sheets { get; init; }
}

/// <summary>The electrode is rejected.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that concluded it.</param>
/// <param name="Reason">One sentence with the numbers.</param>
/// <param name="FailedRules">The rules broken, by id.</param>
public sealed record BatchRejected(string Batch, string Step, string Reason, ImmutableArray<string> FailedRules)
    : StepConcluded(Batch, Step);

/// <summary>The batch stopped until a person decides. Nothing physical goes on by itself.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step at which it stopped.</param>
/// <param name="Reason">What happened, with the numbers.</param>
/// <param name="Question">What is not known or must be decided.</param>
public sealed record BatchHeld(string Batch, string Step, string Reason, string Question) : BatchEvent(Batch)
{
    /// <summary>The ways to answer; null where it is not answered but put right at the line, and then resumed.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<AnswerOption>? Options { get; init; }

    /// <summary>Whether it may also simply be resumed, once what it is about was looked at and put right.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MayResume { get; init; }
}

/// <summary>A person let a held batch go on.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Why">The person's reason.</param>
public sealed record BatchResumed(string Batch, string Why) : BatchEvent(Batch)
{
    /// <summary>Who; null in a record of a version that did not ask.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }
}
