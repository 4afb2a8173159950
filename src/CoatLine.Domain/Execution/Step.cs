using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;

namespace CoatLine.Domain.Execution;

/// <summary>
/// One thing that a procedure wants done next. A step is data: a procedure yields steps and touches nothing, the engine
/// carries them out. Its id is unique in the batch and the same on every replay, so that a step whose outcome is
/// recorded is recognised and skipped.
/// </summary>
/// <param name="Id">E.g. <c>base/pre-dilution/07</c>: unit procedure, operation, phase (ISA-88), slash-separated.
/// </param>
/// <param name="Title">One line for a person.</param>
public abstract record Step(string Id, string Title)
{
    /// <summary>The unit that it needs for itself; null for none. A phase needs its unit for as long as it runs, where
    /// nothing else is said.</summary>
    public UnitClaim? Claim { get; init; }
}

/// <summary>An equipment phase: a unit does something once.</summary>
/// <param name="Id">Step id.</param>
/// <param name="Title">One line for a person.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Parameters">Every parameter that the contract lists for the phase.</param>
/// <param name="Conclude">Makes the step's facts of the latched result; pure, and at least one of the facts concludes
/// the step.</param>
public sealed record PhaseStep(
    string Id,
    string Title,
    Unit Unit,
    PhaseKind Phase,
    ImmutableArray<PhaseParameter> Parameters,
    Func<PhaseResult, ImmutableArray<BatchEvent>> Conclude) : Step(Id, Title);

/// <summary>A gate: nothing goes on before a live value is Good and at or below a limit.</summary>
/// <param name="Id">Step id.</param>
/// <param name="Title">One line for a person.</param>
/// <param name="Unit">The unit.</param>
/// <param name="LiveTag">Tag name below <c>Live.</c>.</param>
/// <param name="AtMost">The limit in the tag's unit, inclusive.</param>
/// <param name="Conclude">Makes the step's facts of the value that passed and of the line time waited; pure.</param>
public sealed record AwaitStep(
    string Id,
    string Title,
    Unit Unit,
    string LiveTag,
    double AtMost,
    Func<LiveValue, TimeSpan, ImmutableArray<BatchEvent>> Conclude) : Step(Id, Title);

/// <summary>A judgement or calculation from what is recorded.</summary>
/// <param name="Id">Step id.</param>
/// <param name="Title">One line for a person.</param>
/// <param name="Decide">Makes the step's facts; pure but for the line time handed in.</param>
public sealed record DecideStep(string Id, string Title, Func<DateTimeOffset, ImmutableArray<BatchEvent>> Decide)
    : Step(Id, Title);

/// <summary>The batch cannot go on without a person. A procedure is never asked for the step after it.</summary>
/// <param name="Id">The step at which it stopped.</param>
/// <param name="Reason">What happened, with the numbers.</param>
/// <param name="Question">What must be decided.</param>
/// <param name="Options">The ways to decide it.</param>
public sealed record HoldStep(string Id, string Reason, string Question, ImmutableArray<AnswerOption> Options)
    : Step(Id, Reason);
