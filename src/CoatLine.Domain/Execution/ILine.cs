namespace CoatLine.Domain.Execution;

/// <summary>
/// The one port between Engine and Equipment: the line as the engine sees it. Every call may throw
/// <see cref="LineUnreachableException"/>; after that nothing is known of what the unit did, and the caller reads
/// before it writes again. Implementations are safe for one caller per unit at a time.
/// </summary>
public interface ILine
{
    /// <summary>Reads the unit's state, ids and answer in one service call.</summary>
    Task<UnitSnapshot> ReadAsync(Unit unit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes parameters, phase and epoch, then the id last; waits for the answer and compares the echo with what was
    /// meant. Does not start anything. Sending the same request again is harmless.
    /// </summary>
    Task<RequestAnswer> RequestAsync(PhaseRequest request, CancellationToken cancellationToken);

    /// <summary>Commands Start for exactly this request; harmless when it already runs or has finished.</summary>
    Task StartAsync(Unit unit, RequestId id, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until the unit has latched a result for this request, and reads it; or until the phase stands Held or
    /// Suspended, or is in Execute again, where that is not what is known already.
    /// </summary>
    Task<PhaseNews> AwaitNewsAsync(
        Unit unit, RequestId id, PackMlState known, CancellationToken cancellationToken);

    /// <summary>
    /// Resets a unit that is Complete, Stopped or Aborted to Idle; the latched result stays readable until the next
    /// accepted request. Harmless when the unit is Idle.
    /// </summary>
    Task ResetAsync(Unit unit, CancellationToken cancellationToken);

    /// <summary>Commands Hold, Unhold, Stop, Abort, Clear, Suspend or Unsuspend for exactly this request.</summary>
    Task CommandAsync(Unit unit, RequestId id, PackMlCommand command, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until the live value is Good and at or below the limit; returns that value.
    /// A value that is bad or stale never satisfies it.
    /// </summary>
    Task<LiveValue> AwaitAtMostAsync(Unit unit, string liveTag, double limit, CancellationToken cancellationToken);

    /// <summary>Reads a live value now; NaN where it is not Good.</summary>
    Task<LiveValue> ReadLiveAsync(Unit unit, string liveTag, CancellationToken cancellationToken);

    /// <summary>Live values for display. Called on a pool thread; a slow handler delays nobody but itself.</summary>
    event Action<LiveValue>? LiveChanged;

    /// <summary>
    /// An alarm of a unit changed; after a new session every one that stands is reported again. Handlers are short and
    /// do not throw.
    /// </summary>
    event Action<UnitAlarm>? AlarmChanged;

    /// <summary>Reports of the line were lost for good. Handlers are short and do not throw.</summary>
    event Action<DataGap>? GapFound;
}

/// <summary>The answer to a request.</summary>
/// <param name="Code">Accepted, or the reason of the refusal.</param>
/// <param name="Text">The unit's own words; empty when accepted.</param>
/// <param name="EchoDifferences">Every parameter that the unit echoed differently; empty when the echo is what was
/// meant. A request with any difference must not be started.</param>
public sealed record RequestAnswer(AckCode Code, string Text, IReadOnlyList<EchoDifference> EchoDifferences);

/// <summary>A parameter that the unit latched otherwise than it was meant.</summary>
/// <param name="Name">Parameter name.</param>
/// <param name="Meant">The value sent, as text.</param>
/// <param name="Echoed">The value echoed, as text, or the status code where it was not Good.</param>
public sealed record EchoDifference(string Name, string Meant, string Echoed);

/// <summary>The line, or a unit of it, could not be reached or did not answer in time: its state is unknown.</summary>
public sealed class LineUnreachableException : Exception
{
    /// <summary>Creates the exception with a sentence that names the unit and what was tried.</summary>
    public LineUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The line answered, but with something that its contract does not allow.</summary>
public sealed class LineContractException : Exception
{
    /// <summary>Creates the exception with a sentence that names the tag and what was found.</summary>
    public LineContractException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
