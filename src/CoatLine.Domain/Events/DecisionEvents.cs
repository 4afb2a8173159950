using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Events;

/// <summary>A person answered the question of a held batch; it may go on.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step at which it was held.</param>
/// <param name="Answer">What was decided.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Signatures">Who signed it.</param>
public sealed record QuestionAnswered(
    string Batch, string Step, AnswerKind Answer, string Reason, ImmutableArray<Signature> Signatures)
    : BatchEvent(Batch)
{
    /// <summary>The sheet that it is about; null when it is about the whole batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sheet { get; init; }

    /// <summary>Steps that are done again, by id; an id that ends in a slash means every step below it.</summary>
    public ImmutableArray<string> Redo { get; init; } = [];

    /// <summary>What was scanned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scanned { get; init; }

    /// <summary>Pressure of another press cycle.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? PressureMpa { get; init; }

    /// <summary>Waivers given with it.</summary>
    public ImmutableArray<Deviation> Deviations { get; init; } = [];
}

/// <summary>Something else was scanned than was expected, and was not used.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that it was scanned for.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Scanned">What was scanned.</param>
/// <param name="Signatures">Who scanned it.</param>
public sealed record IdentityRefused(
    string Batch, string Step, string Expected, string Scanned, ImmutableArray<Signature> Signatures)
    : BatchEvent(Batch);

/// <summary>It is decided what becomes of one sheet.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that concluded it.</param>
/// <param name="Sheet">The sheet.</param>
/// <param name="Outcome">Product, outright, on signature or by waiver; a trial; or rejected. Never held.</param>
/// <param name="Standing">What it counts for in charts, capability and run-to-run control.</param>
/// <param name="Reasons">Why it is not plain product, a sentence each; empty for product.</param>
/// <param name="Rules">The rules behind them, by id.</param>
/// <param name="Deviations">The deviations that cover what is broken, by id.</param>
public sealed record SheetDisposed(
    string Batch,
    string Step,
    string Sheet,
    LotOutcome Outcome,
    LotStanding Standing,
    ImmutableArray<string> Reasons,
    ImmutableArray<string> Rules,
    ImmutableArray<string> Deviations) : StepConcluded(Batch, Step);

/// <summary>An engineering lot was made to its end: kept and compared, never product.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that concluded it.</param>
/// <param name="Sheets">The sheets kept.</param>
/// <param name="BrokenRules">The rules broken under deviations, by id.</param>
public sealed record TrialConcluded(
    string Batch, string Step, ImmutableArray<string> Sheets, ImmutableArray<string> BrokenRules)
    : StepConcluded(Batch, Step);
