using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// A client of one OPC UA server. Thread safe; any number of calls may be under way. It survives the loss of the
/// channel, of the session and of the server, for ever, and keeps its subscriptions. A call that was under way when
/// the link broke fails with BadConnectionClosed, and whether the server has acted is unknown; it is never sent again
/// by the client. A call without a link fails with BadNotConnected at once, and nothing was sent.
/// </summary>
public sealed partial class UaClient : UaServices, IAsyncDisposable
{
    /// <summary>How long closing waits for the server's farewell.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly UaClientOptions _options;
    private readonly TimeProvider _time;
    private readonly PublishPipeline _publishing;
    private readonly ReconnectLadder _ladder;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ClientLink? _link;
    private volatile string? _lastFailure;
    private Task _keeping = Task.CompletedTask;
    private int _isClosed;

    private UaClient(UaClientOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _publishing = new PublishPipeline(this, time);
        _ladder = new ReconnectLadder(options, _publishing, time);
    }

    /// <summary>The session was lost or stands again. One at a time, in order; handlers are short and do not throw.
    /// </summary>
    public event Action<UaClientState>? StateChanged;

    /// <summary>
    /// Notifications of a subscription are lost for good. Raised between those before and those after; handlers are
    /// short and do not throw.
    /// </summary>
    public event Action<UaGap>? GapFound;

    /// <summary>
    /// The server refuses something that a subscription needs, or a handler threw; the client goes on trying. Handlers
    /// are short and do not throw.
    /// </summary>
    public event Action<UaException>? Troubled;

    /// <inheritdoc/>
    public override string EndpointUrl => _options.EndpointUrl;

    /// <summary>Whether a session stands on a channel.</summary>
    public bool IsConnected => _link is { Lost.IsCompleted: false };

    /// <summary>Whether a session stands, and which.</summary>
    public UaClientState State => _link switch
    {
        null => new UaClientState(false, 0, "not connected yet"),
        { Lost.IsCompletedSuccessfully: true } link => new UaClientState(
            false, link.Session.Number, _lastFailure ?? link.Lost.Result.Message),
        var link => new UaClientState(true, link.Session.Number, string.Empty),
    };

    /// <summary>The present or last session; calls in it never go to a later one.</summary>
    public UaSession Session => Link.Session;

    /// <summary>Number of the present or last session, from 1; it rises with every new one.</summary>
    public long SessionNumber => Session.Number;

    /// <summary>Ends, always successfully, when the client has been closed.</summary>
    public Task Completion => _completion.Task;

    /// <inheritdoc/>
    public override IReadOnlyList<string> NamespaceArray => Session.NamespaceArray;

    /// <summary>Time-out of the session as the server revised it.</summary>
    public TimeSpan SessionTimeout => Session.Timeout;

    internal override OperationLimits Limits => Session.Limits;

    internal UaClientOptions Options => _options;

    internal DateTime UtcNow => _time.GetUtcNow().UtcDateTime;

    private ClientLink Link => _link ?? throw new InvalidOperationException("The client is not connected yet.");

    /// <summary>Connects, opens a channel and a session, and reads the namespaces and limits of the server.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="networkTime">Clock of time-outs; real time, not line time.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UaException">Nobody answers there, the peer does not speak OPC UA, or it refuses; the message
    /// says which.</exception>
    public static async Task<UaClient> ConnectAsync(
        UaClientOptions options, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        var client = new UaClient(options, networkTime);
        try
        {
            client._link = await client._ladder.OpenAsync(cancellationToken).ConfigureAwait(false);
            client._keeping = client.KeepAsync(client._link);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<TResponse> SendAsync<TResponse>(IUaRequest request, CancellationToken cancellationToken) =>
        Link.Session.SendAsync<TResponse>(request, cancellationToken);

    /// <summary>Closes session and channel. Calls under way fail with BadConnectionClosed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        await _publishing.DisposeAsync().ConfigureAwait(false);
        if (_link is { } link)
        {
            await FarewellAsync(link).ConfigureAwait(false);
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _closing.Dispose();
        _completion.TrySetResult();
    }

    internal void Report(UaGap gap) => GapFound?.Invoke(gap);

    internal void Report(UaException trouble) => Troubled?.Invoke(trouble);

    internal long DeadlineIn(TimeSpan timeout) =>
        _time.GetTimestamp() + (long)(timeout.TotalSeconds * _time.TimestampFrequency);

    private static async Task FarewellAsync(ClientLink link)
    {
        try
        {
            await link.Session.SendAsync<CloseSessionResponse>(
                new CloseSessionRequest { DeleteSubscriptions = true }, LongestFarewell, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (UaException)
        {
            // The server drops the session by itself; nothing is left to be done about it here.
        }
    }
}
