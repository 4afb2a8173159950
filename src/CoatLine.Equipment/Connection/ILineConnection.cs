using CoatLine.OpcUa;

namespace CoatLine.Equipment.Connection;

/// <summary>
/// The line connection port: all that the equipment needs of an OPC UA stack. Once <see cref="ConnectAsync"/> was
/// called the connection comes back by itself for ever, and names everything by <see cref="TagAddress"/>, so that
/// nothing of an old session is used in a new one. Thread-safe.
/// <para>Service calls wait a bounded time for a session, then throw
/// <see cref="Domain.Execution.LineUnreachableException"/>; so they do when the link breaks or times out in the
/// middle, and then it is unknown whether the server has acted. A node that is missing or a value that is bad is a
/// status in the answer, not an exception.</para>
/// </summary>
public interface ILineConnection : IAsyncDisposable
{
    /// <summary>Where the line is served, e.g. <c>opc.tcp://127.0.0.1:4840</c>.</summary>
    string EndpointUrl { get; }

    /// <summary>Whether a session stands.</summary>
    LinkState State { get; }

    /// <summary>The state changed. Handlers are short and do not throw.</summary>
    event Action<LinkState>? StateChanged;

    /// <summary>
    /// Reports of a subscription are lost for good. Raised once per gap and subscription, after the last report before
    /// it and before the first one after it. Handlers are short and do not throw.
    /// </summary>
    event Action<LinkGap>? GapFound;

    /// <summary>
    /// Begins to connect and returns when the first session stands. When the first attempt fails it throws, and the
    /// attempts go on behind until the connection is disposed of.
    /// </summary>
    /// <exception cref="Domain.Execution.LineUnreachableException">The first attempt failed; the message says
    /// how, e.g. refused, or the peer does not speak OPC UA.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Finds nodes; one status per address: Good, or BadNoMatch where the server has no such node.</summary>
    Task<StatusCode[]> ResolveAsync(IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken);

    /// <summary>Reads attributes in one service call, with source and server time.</summary>
    Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken);

    /// <summary>Writes values in one service call, in order; one status per value.</summary>
    Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken);

    /// <summary>Calls a method.</summary>
    Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken);

    /// <summary>
    /// Watches values. The handler gets the present values first, then changes in order, each once. Where the server
    /// kept the changes of a time without a link they come then; where it did not, <see cref="GapFound"/> tells and the
    /// present values come again. Disposing of the result ends it.
    /// </summary>
    /// <param name="addresses">What to watch.</param>
    /// <param name="interval">Publishing and sampling interval wanted, in network time.</param>
    /// <param name="handler">Called with one publish response at a time; short, does not throw.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<IAsyncDisposable> SubscribeAsync(
        IReadOnlyList<TagAddress> addresses,
        TimeSpan interval,
        Action<IReadOnlyList<TagChange>> handler,
        CancellationToken cancellationToken);

    /// <summary>
    /// Watches the alarms of the server (OPC 10000-9). The handler gets those that need attention first, then every
    /// change; after a gap those that need attention again. A server without alarms and conditions never calls it:
    /// bit 0 of the EventNotifier of a unit's object tells.
    /// </summary>
    /// <param name="handler">Called with one alarm at a time; short, does not throw.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<IAsyncDisposable> SubscribeAlarmsAsync(Action<ConditionReport> handler, CancellationToken cancellationToken);

    /// <summary>Acknowledges the state of an alarm.</summary>
    /// <param name="condition">The state, as told in the present session.</param>
    /// <param name="comment">The person's words; may be empty.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Good; BadConditionBranchAlreadyAcked, BadEventIdUnknown or another refusal of the server.</returns>
    Task<StatusCode> AcknowledgeAsync(
        ConditionReport condition, string comment, CancellationToken cancellationToken);
}

/// <summary>An attribute to read.</summary>
/// <param name="Address">The node.</param>
/// <param name="Attribute">The attribute; the value by default.</param>
public readonly record struct TagRead(TagAddress Address, AttributeId Attribute = AttributeId.Value);

/// <summary>A value to write.</summary>
/// <param name="Address">The node.</param>
/// <param name="Value">The value, in the type that the contract gives it.</param>
public readonly record struct TagWrite(TagAddress Address, Variant Value);

/// <summary>A value that the server reported.</summary>
/// <param name="Address">The node.</param>
/// <param name="Value">Value, quality and times.</param>
public readonly record struct TagChange(TagAddress Address, DataValue Value);

/// <summary>The answer to a method call.</summary>
/// <param name="Status">How the call went.</param>
/// <param name="Outputs">Output arguments; empty where there are none.</param>
public sealed record TagCallResult(StatusCode Status, IReadOnlyList<Variant> Outputs);
