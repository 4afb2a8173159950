using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Events;

/// <summary>
/// The engine means a unit to do something. Durable before anything of it is written to the PLC, so that after a
/// crash the same id is asked for, and sent, again.
/// </summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="Attempt">From 1; a further attempt only after a refusal.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Phase">The phase.</param>
/// <param name="RequestId">Derived from batch, step and attempt.</param>
/// <param name="Epoch">Owner epoch of the engine.</param>
/// <param name="ResultBefore">The request whose result the unit held before this one; None when it held none.</param>
/// <param name="AckBefore">The request that the unit had answered last before this one; None when it had not.</param>
/// <param name="Parameters">Every parameter of the request.</param>
public sealed record PhaseIntended(
    string Batch,
    string Step,
    int Attempt,
    Unit Unit,
    PhaseKind Phase,
    RequestId RequestId,
    ulong Epoch,
    RequestId ResultBefore,
    RequestId AckBefore,
    ImmutableArray<NamedValue> Parameters) : BatchEvent(Batch);

/// <summary>The unit accepted the request and echoed exactly what was meant.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
public sealed record PhaseAccepted(string Batch, string Step, RequestId RequestId) : BatchEvent(Batch);

/// <summary>The unit refused the request, or echoed something else than was meant; it was not started.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Code">The unit's answer.</param>
/// <param name="Text">The unit's words.</param>
/// <param name="EchoDifferences">Parameters that the unit latched otherwise than meant.</param>
public sealed record PhaseRefused(
    string Batch,
    string Step,
    RequestId RequestId,
    AckCode Code,
    string Text,
    ImmutableArray<EchoDifference> EchoDifferences) : BatchEvent(Batch);

/// <summary>The unit was commanded to start the accepted request.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
public sealed record PhaseStarted(string Batch, string Step, RequestId RequestId) : BatchEvent(Batch);

/// <summary>After a restart or a lost link the unit was read, and the request was found there.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="How">How it was found.</param>
public sealed record PhaseReattached(string Batch, string Step, RequestId RequestId, ReattachKind How)
    : BatchEvent(Batch);

/// <summary>How a request was found on its unit.</summary>
public enum ReattachKind
{
    /// <summary>Never seen by the unit, which has proved that nothing else happened: sent again.</summary>
    Resent,

    /// <summary>Accepted and waiting for Start.</summary>
    Accepted,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Finished; its result is latched.</summary>
    Completed,
}

/// <summary>
/// A phase ended without a result that may be used: stopped or aborted, or a value was missing, not Good, or of
/// something else than was asked for. Everything that the unit reported is kept.
/// </summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Step">Step id.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Code">How the unit says that it ended.</param>
/// <param name="Reason">Why the result cannot be used.</param>
/// <param name="Values">The result block as received.</param>
public sealed record PhaseFailed(
    string Batch,
    string Step,
    RequestId RequestId,
    ResultCode Code,
    string Reason,
    ImmutableArray<NamedValue> Values) : PhaseConcluded(Batch, Step, RequestId);

/// <summary>A parameter or result value under its tag name, in the contract's engineering unit.</summary>
/// <param name="Name">Tag name below <c>Request.</c> or <c>Result.</c>.</param>
/// <param name="Number">The value of a number tag.</param>
/// <param name="Numbers">The values of an array tag.</param>
/// <param name="Text">The value of any other tag as text.</param>
/// <param name="Good">Whether its quality was Good; parameters always are.</param>
public sealed record NamedValue(
    string Name,
    double? Number = null,
    ImmutableArray<double>? Numbers = null,
    string? Text = null,
    bool Good = true);
