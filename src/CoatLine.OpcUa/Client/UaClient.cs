using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// A session with an OPC UA server. Thread safe; any number of calls may be under way. It does not reconnect: when
/// the connection, the session or a subscription is lost the client ends as a whole, once, and another has to be made.
/// </summary>
public sealed partial class UaClient : IAsyncDisposable
{
    /// <summary>How long closing waits for the server's farewell.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly UaClientOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestChannel _requests;
    private readonly PublishPipeline _publishing;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OperationLimits _limits;
    private NodeId _authenticationToken;
    private ITimer? _keepAlive;
    private int _ended;
    private int _asking;

    private UaClient(UaClientOptions options, RequestChannel requests, TimeProvider time)
    {
        _options = options;
        _time = time;
        _requests = requests;
        _limits = OperationLimits.All(options.MaxOperationsPerCall);
        _publishing = new PublishPipeline(this, time);
        requests.SessionLost += End;
    }

    /// <summary>
    /// The connection, the session or a subscription was lost. Raised at most once, on any thread; handlers are short
    /// and do not throw. One that is added later than that is not called: look at <see cref="Completion"/>.
    /// </summary>
    public event Action<UaException>? Faulted;

    /// <summary>Where the client is connected to.</summary>
    public string EndpointUrl => _options.EndpointUrl;

    /// <summary>True until the client is closed or lost.</summary>
    public bool IsConnected => Volatile.Read(ref _ended) == 0;

    /// <summary>Ends, always successfully, when the client has been closed or lost.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Why the client was lost; null while it is connected and when it was closed.</summary>
    public UaException? Fault { get; private set; }

    /// <summary>Namespace URIs of the server by index, as read at the beginning of this session.</summary>
    public IReadOnlyList<string> NamespaceArray { get; private set; } = [];

    /// <summary>Time-out of the session as the server revised it.</summary>
    public TimeSpan SessionTimeout { get; private set; }

    internal UaClientOptions Options => _options;

    /// <summary>Connects, opens a channel and a session, and reads the namespaces and limits of the server.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="networkTime">Clock of time-outs; real time, not line time.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UaException">Nobody answers there, the peer does not speak OPC UA, or it refuses; the message
    /// says which.</exception>
    public static async Task<UaClient> ConnectAsync(
        UaClientOptions options, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        var requests = await RequestChannel.ConnectAsync(options, networkTime, cancellationToken).ConfigureAwait(false);
        var client = new UaClient(options, requests, networkTime);
        _ = client.EndWithChannelAsync();
        try
        {
            await client.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
            client.StartKeepAlive();
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Index of a namespace in this session; null when the server does not have it.</summary>
    public ushort? NamespaceIndex(string uri)
    {
        for (var index = 0; index < NamespaceArray.Count; index++)
        {
            if (NamespaceArray[index] == uri)
            {
                return (ushort)index;
            }
        }

        return null;
    }

    /// <summary>Sends any request in the session, with the operation time-out.</summary>
    /// <exception cref="UaException">The service failed, BadTimeout, or BadConnectionClosed.</exception>
    public Task<TResponse> SendAsync<TResponse>(IUaRequest request, CancellationToken cancellationToken)
        where TResponse : class, IUaResponse => _requests.SendAsync<TResponse>(
            request, _authenticationToken, _options.OperationTimeout, cancellationToken);

    /// <summary>Closes session and channel. Calls under way fail with BadConnectionClosed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_authenticationToken.IsNull && Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _keepAlive?.Dispose();
            await _publishing.DisposeAsync().ConfigureAwait(false);
            try
            {
                await _requests.SendAsync<CloseSessionResponse>(
                    new CloseSessionRequest { DeleteSubscriptions = true },
                    _authenticationToken,
                    LongestFarewell,
                    CancellationToken.None).ConfigureAwait(false);
            }
            catch (UaException)
            {
                // The server drops the session by itself; nothing is left to be done about it here.
            }
        }

        Volatile.Write(ref _ended, 1);
        await _requests.DisposeAsync().ConfigureAwait(false);
        _completion.TrySetResult();
    }

    /// <summary>Ends the client because something it cannot do without was lost. Only the first time counts.</summary>
    internal void End(UaException fault)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        Fault = fault;
        _keepAlive?.Dispose();
        _requests.End(fault);
        _ = CloseAfterFaultAsync();
        _completion.TrySetResult();
        Faulted?.Invoke(fault);
    }

    internal void Post(IUaRequest request, TimeSpan timeout, IPendingRequest pending) =>
        _requests.Post(request, _authenticationToken, timeout, pending);

    internal long DeadlineIn(TimeSpan timeout) => _requests.DeadlineIn(timeout);

    private async Task CloseAfterFaultAsync()
    {
        await _publishing.DisposeAsync().ConfigureAwait(false);
        await _requests.DisposeAsync().ConfigureAwait(false);
    }
}
