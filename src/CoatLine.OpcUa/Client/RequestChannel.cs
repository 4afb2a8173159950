using System.Collections.Concurrent;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// Matches requests and responses on a secure channel. Any number of requests may be under way; each has its own
/// time-out. Thread safe.
/// </summary>
internal sealed class RequestChannel : IAsyncDisposable
{
    private readonly UaClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<uint, IPendingRequest> _pending = new();
    private readonly RequestDeadlines _deadlines;
    private ClientChannel? _channel;
    private volatile UaException? _ended;
    private long _lastAnswer;

    private RequestChannel(UaClientOptions options, ClientSecurity security, TimeProvider time)
    {
        _options = options;
        Security = security;
        _time = time;
        _lastAnswer = time.GetTimestamp();
        _deadlines = new RequestDeadlines(time, GiveUp);
    }

    /// <summary>
    /// A response said that the session cannot be used on this channel any more. Raised on the receive loop, after the
    /// request that it answers was failed.
    /// </summary>
    public event Action<UaException>? SessionLost;

    /// <summary>How long ago the last message came in.</summary>
    public TimeSpan SinceLastAnswer => _time.GetElapsedTime(Interlocked.Read(ref _lastAnswer));

    /// <summary>Ends with the channel, see <see cref="ClientChannel.Completion"/>.</summary>
    public Task Completion => Channel.Completion;

    /// <summary>Number of the present token; changes with each renewal.</summary>
    public uint TokenId => Channel.TokenId;

    private ClientChannel Channel => _channel ?? throw new InvalidOperationException("The channel is not open yet.");

    /// <summary>Security of the channel and of the sessions on it.</summary>
    public ClientSecurity Security { get; }

    /// <summary>Connects and opens the channel, within the connect time-out.</summary>
    /// <exception cref="UaException">Nobody answers there, or somebody who does not speak OPC UA; there is no endpoint
    /// as secure as the options want it, or one of the two does not trust the other.</exception>
    public static Task<RequestChannel> ConnectAsync(
        UaClientOptions options, TimeProvider networkTime, CancellationToken cancellationToken) =>
        ConnectAsync(options, options.ConnectTimeout, networkTime, cancellationToken);

    /// <summary>Chooses an endpoint, connects and opens the channel.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="reachTimeout">How long the first answer of the server may take.</param>
    /// <param name="networkTime">Clock of time-outs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UaException">Nobody answers there, or somebody who does not speak OPC UA; there is no endpoint
    /// as secure as the options want it, or one of the two does not trust the other.</exception>
    public static async Task<RequestChannel> ConnectAsync(
        UaClientOptions options, TimeSpan reachTimeout, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        var security = await ClientSecurity.PrepareAsync(options, reachTimeout, networkTime, cancellationToken)
            .ConfigureAwait(false);
        return await OpenAsync(options, security, reachTimeout, networkTime, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connects and opens the channel with this security.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="security">Policy, mode and certificates.</param>
    /// <param name="reachTimeout">How long the first answer of the server may take.</param>
    /// <param name="networkTime">Clock of time-outs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UaException">Nobody answers there, or somebody who does not speak OPC UA, or who does not trust
    /// this client.</exception>
    public static async Task<RequestChannel> OpenAsync(
        UaClientOptions options, ClientSecurity security, TimeSpan reachTimeout, TimeProvider networkTime,
        CancellationToken cancellationToken)
    {
        var requests = new RequestChannel(options, security, networkTime);
        var channelOptions = new ClientChannelOptions(options.EndpointUrl)
        {
            ConnectTimeout = options.ConnectTimeout,
            ReachTimeout = reachTimeout,
            TokenLifetime = options.TokenLifetime,
            Policy = security.Policy,
            SecurityMode = security.Mode,
            Limits = TransportLimits.Default with { MaxMessageSize = (uint)options.Limits.MaxMessageOctets },
        };
        try
        {
            requests._channel = await ClientChannel
                .ConnectAsync(channelOptions, requests.Received, networkTime, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (UaException refusal)
        {
            throw security.Explain(refusal);
        }

        _ = requests.EndWithChannelAsync();
        return requests;
    }

    /// <summary>Sends a request and waits for the response of its type.</summary>
    /// <exception cref="UaException">The service failed, the time ran out (BadTimeout) or the connection was lost
    /// (BadConnectionClosed).</exception>
    public async Task<TResponse> SendAsync<TResponse>(
        IUaRequest request, NodeId authenticationToken, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : class, IUaResponse
    {
        cancellationToken.ThrowIfCancellationRequested();
        var deadline = _time.GetTimestamp() + (long)(timeout.TotalSeconds * _time.TimestampFrequency);
        var pending = new PendingCall(request, deadline);
        var id = Post(request, authenticationToken, timeout, pending);
        IUaResponse response;
        if (cancellationToken.CanBeCanceled)
        {
            try
            {
                response = await pending.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _pending.TryRemove(id, out _);
                throw;
            }
        }
        else
        {
            response = await pending.Task.ConfigureAwait(false);
        }

        return Expect<TResponse>(response, pending);
    }

    /// <summary>
    /// Sends a request whose outcome goes to <paramref name="pending"/>; failures to send go there too.
    /// </summary>
    /// <returns>The number of the request.</returns>
    public uint Post(IUaRequest request, NodeId authenticationToken, TimeSpan timeout, IPendingRequest pending)
    {
        var id = Channel.NextRequestId();
        request.RequestHeader = new RequestHeader
        {
            AuthenticationToken = authenticationToken,
            Timestamp = _time.GetUtcNow().UtcDateTime,
            RequestHandle = id,
            TimeoutHintMs = (uint)Math.Min(timeout.TotalMilliseconds, uint.MaxValue),
        };
        _pending[id] = pending;
        if (_ended is { } ended)
        {
            // The channel may have ended before the request was in the table, where nobody would find it any more.
            FailPending(id, Lost(pending.Name, ended));
            return id;
        }

        _deadlines.Add(pending.Deadline);
        _ = TransmitAsync(id, request);
        return id;
    }

    /// <summary>Fails whatever still waits, and refuses what comes later.</summary>
    public void End(UaException reason)
    {
        _ended ??= reason;
        foreach (var (id, pending) in _pending)
        {
            FailPending(id, Lost(pending.Name, reason));
        }
    }

    /// <summary>Closes the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        End(new UaException(StatusCodes.BadConnectionClosed, "The client was closed"));
        _deadlines.Dispose();
        if (_channel is { } channel)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The response as the wanted type.</summary>
    /// <exception cref="UaException">It says that the service failed, or it is another response.</exception>
    public static TResponse Expect<TResponse>(IUaResponse response, IPendingRequest pending)
        where TResponse : class, IUaResponse
    {
        var result = response.ResponseHeader.ServiceResult;
        if (result.IsBad)
        {
            throw new UaException(result, $"The server refused {pending.Name}");
        }

        return response as TResponse ?? throw new UaException(
            StatusCodes.BadUnknownResponse, $"The server answered {pending.Name} with {response.GetType().Name}");
    }

    private async Task EndWithChannelAsync()
    {
        try
        {
            await Channel.Completion.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            End(failure as UaException ?? new UaException(
                StatusCodes.BadConnectionClosed, failure.Message, failure));
        }
    }

    private async Task TransmitAsync(uint id, IUaRequest request)
    {
        using var encoder = new UaEncoder(_options.Limits);
        try
        {
            UaMessages.Write(encoder, request);
            await Channel.SendAsync(id, encoder.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
        }
        catch (UaException failure)
        {
            FailPending(id, failure);
        }
    }

    private void Received(in ReceivedMessage message)
    {
        Interlocked.Exchange(ref _lastAnswer, _time.GetTimestamp());

        // A response that nobody waits for any more came after its time-out; there is nobody left to tell.
        if (!_pending.TryRemove(message.RequestId, out var pending))
        {
            return;
        }

        if (message.Abort is { } abort)
        {
            pending.Fail(abort);
            return;
        }

        IUaResponse response;
        try
        {
            var decoder = new UaDecoder(message.Body.Span, _options.Limits);
            response = UaMessages.ReadResponse(ref decoder);
        }
        catch (UaException failure)
        {
            pending.Fail(new UaException(
                failure.Status, $"The answer to {pending.Name} cannot be read: {failure.Message}", failure));
            return;
        }

        pending.Complete(response);
        if (SessionLoss.EndsLink(response.ResponseHeader.ServiceResult))
        {
            SessionLost?.Invoke(new UaException(
                response.ResponseHeader.ServiceResult,
                $"The server no longer takes {pending.Name} in this session"));
        }
    }

    private long GiveUp(long now)
    {
        var next = long.MaxValue;
        foreach (var (id, pending) in _pending)
        {
            if (pending.Deadline <= now)
            {
                FailPending(id, new UaException(
                    StatusCodes.BadTimeout,
                    $"The server did not answer {pending.Name} in time; whether it was carried out is unknown"));
            }
            else
            {
                next = Math.Min(next, pending.Deadline);
            }
        }

        return next;
    }

    private void FailPending(uint id, UaException failure)
    {
        if (_pending.TryRemove(id, out var pending))
        {
            pending.Fail(failure);
        }
    }

    private static UaException Lost(string name, UaException reason) => new(
        StatusCodes.BadConnectionClosed,
        $"The connection was lost before {name} was answered: {reason.Message}",
        reason);
}
