using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// The services in one certain session of a <see cref="UaClient"/>. It outlives a lost channel as long as the server
/// lets it be activated on a new one. Once the client had to open another session nothing is sent in this one any more,
/// so a NodeId that was found in it is never used where the same number means another node. Thread safe.
/// </summary>
public sealed class UaSession : UaServices
{
    private readonly UaClientOptions _options;
    private RequestChannel? _channel;
    private volatile bool _isGone;

    internal UaSession(UaClientOptions options, long number, CreateSessionResponse created)
    {
        _options = options;
        Number = number;
        Created = created;
        ServerNonce = created.ServerNonce;
        Timeout = TimeSpan.FromMilliseconds(created.RevisedSessionTimeoutMs);
        Facts = new ServerFacts([], OperationLimits.All(options.MaxOperationsPerCall), null);
    }

    /// <summary>Number of the session among those of its client, from 1.</summary>
    public long Number { get; }

    /// <summary>Time-out of the session as the server revised it.</summary>
    public TimeSpan Timeout { get; }

    /// <inheritdoc/>
    public override string EndpointUrl => _options.EndpointUrl;

    /// <inheritdoc/>
    public override IReadOnlyList<string> NamespaceArray => Facts.NamespaceArray;

    /// <summary>What the server answered when it made the session.</summary>
    internal CreateSessionResponse Created { get; }

    /// <summary>The server's last nonce; the next activation signs it.</summary>
    internal byte[]? ServerNonce { get; set; }

    /// <summary>What was read at the beginning.</summary>
    internal ServerFacts Facts { get; set; }

    /// <summary>The server does not know it any more, or another session has taken its place.</summary>
    internal bool IsGone
    {
        get => _isGone;
        set => _isGone = value;
    }

    internal override OperationLimits Limits => Facts.Limits;

    /// <summary>The channel on which it is active; null while there is none.</summary>
    internal RequestChannel? Channel
    {
        get => Volatile.Read(ref _channel);
        set => Volatile.Write(ref _channel, value);
    }

    /// <inheritdoc/>
    public override Task<TResponse> SendAsync<TResponse>(IUaRequest request, CancellationToken cancellationToken) =>
        SendAsync<TResponse>(request, _options.OperationTimeout, cancellationToken);

    internal Task<TResponse> SendAsync<TResponse>(
        IUaRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : class, IUaResponse => Channel is { } channel
            ? channel.SendAsync<TResponse>(request, Created.AuthenticationToken, timeout, cancellationToken)
            : Task.FromException<TResponse>(NotStanding());

    /// <summary>Sends a request whose outcome goes to <paramref name="pending"/>.</summary>
    internal void Post(IUaRequest request, TimeSpan timeout, IPendingRequest pending)
    {
        if (Channel is { } channel)
        {
            channel.Post(request, Created.AuthenticationToken, timeout, pending);
        }
        else
        {
            pending.Fail(NotStanding());
        }
    }

    /// <summary>The channel was lost; another one may have taken its place already.</summary>
    internal void Leave(RequestChannel channel) => Interlocked.CompareExchange(ref _channel, null, channel);

    private UaException NotStanding() => _isGone
        ? new UaException(
            StatusCodes.BadSessionClosed, $"Session {Number} with {EndpointUrl} is gone; nothing was sent")
        : new UaException(StatusCodes.BadNotConnected, $"{EndpointUrl} is not connected; nothing was sent");
}

/// <summary>What a client reads at the beginning of every session.</summary>
/// <param name="NamespaceArray">Namespace URIs by index.</param>
/// <param name="Limits">Most operations per call.</param>
/// <param name="StartTime">When the server started, by its own clock; null when it does not tell.</param>
internal sealed record ServerFacts(
    IReadOnlyList<string> NamespaceArray, OperationLimits Limits, DateTime? StartTime);
