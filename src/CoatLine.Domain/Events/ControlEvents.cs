using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;

namespace CoatLine.Domain.Events;

/// <summary>A person commanded a batch. Durable before a unit hears of it, so that a restart carries it out.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Command">Hold, stop or abort.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record BatchCommanded(string Batch, ControlCommand Command, string By, string Reason)
    : BatchEvent(Batch);

/// <summary>A person set how the batch goes from phase to phase.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Mode">The mode from now on.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ExecutionModeSet(string Batch, ExecutionMode Mode, string By, string Reason)
    : BatchEvent(Batch);

/// <summary>A phase under way was found standing: held on command, or by the unit itself.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="ElapsedS">Seconds of the phase that count, s, ≥ 0; null where the unit did not say.</param>
public sealed record PhaseHeld(string Batch, string Step, RequestId RequestId, decimal? ElapsedS) : BatchEvent(Batch);

/// <summary>A held phase is let go on. Durable before the unit hears of it.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
public sealed record PhaseResumed(string Batch, string Step, RequestId RequestId) : BatchEvent(Batch);

/// <summary>The unit waits by itself for a condition, and goes on by itself.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="ElapsedS">Seconds of the phase that count, s, ≥ 0; null where the unit did not say.</param>
public sealed record PhaseSuspended(string Batch, string Step, RequestId RequestId, decimal? ElapsedS)
    : BatchEvent(Batch);

/// <summary>A unit that waited for a condition runs again.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
public sealed record PhaseUnsuspended(string Batch, string Step, RequestId RequestId) : BatchEvent(Batch);

/// <summary>The batch waits for a unit that another batch has.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that needs it.</param>
/// <param name="Unit">The unit.</param>
/// <param name="HeldBy">The batch that has it.</param>
public sealed record UnitAwaited(string Batch, string Step, Unit Unit, string HeldBy) : BatchEvent(Batch);

/// <summary>A unit that was stopped or aborted is cleared and reset for a new request, on a person's decision. Durable
/// before the unit hears of it.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step that needs it.</param>
/// <param name="Unit">The unit.</param>
/// <param name="From">The state it was in.</param>
public sealed record UnitReset(string Batch, string Step, Unit Unit, PackMlState From) : BatchEvent(Batch);

/// <summary>A condition was not waited for any longer, on a person's signed decision. Concludes its step.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">The step skipped.</param>
/// <param name="Reason">The person's reason.</param>
public sealed record StepSkipped(string Batch, string Step, string Reason) : StepConcluded(Batch, Step);

/// <summary>
/// A unit did what nobody here asked for, or latched something else than was meant: no request is made to it before a
/// person has looked and freed it. A fact of the line itself.
/// </summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Reason">What was found, with the ids.</param>
public sealed record UnitQuarantined(string Batch, Unit Unit, string Reason) : BatchEvent(Batch);

/// <summary>A person freed a unit from quarantine. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">What was found there and done about it.</param>
public sealed record UnitFreed(string Batch, Unit Unit, string By, string Reason) : BatchEvent(Batch);
