using System.Net.Sockets;
using System.Security.Cryptography;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Transport;

/// <summary>Answers one request; the body is valid only until it returns, and the next request of the channel waits
/// for it.</summary>
internal delegate ValueTask RequestHandler(ServerChannel channel, uint requestId, ReadOnlyMemory<byte> body);

/// <summary>The server's end of one connection: HEL/ACK within the time-out, OPN issue and renewal, then requests to
/// the handler one after the other until either side closes. Whatever the peer does wrong ends in ERR and a closed
/// socket, never in an exception of <see cref="RunAsync"/>. Sending is thread safe.</summary>
internal sealed class ServerChannel : IDisposable
{
    private readonly Stream stream;
    private readonly ServerChannelOptions options;
    private readonly RequestHandler handler;
    private readonly TimeProvider time;
    private readonly ChunkReader reader;
    private readonly TokenRing tokens;
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationTokenSource aborting = new();
    private readonly Overdue frame;
    private readonly Overdue message;
    private ChunkWriter? writer;
    private ChannelReceiver? receiver;
    private ISecurityPolicy policy = NoSecurityPolicy.Instance;
    private TransportLimits limits = TransportLimits.Default;
    private TransportLimits sending = TransportLimits.Default;
    private uint lastTokenId;
    private UaException? abortion;
    private volatile bool isEnding;

    public ServerChannel(
        Stream stream, uint channelId, ServerChannelOptions options, RequestHandler handler, TimeProvider time)
    {
        this.stream = stream;
        this.options = options;
        this.handler = handler;
        this.time = time;
        ChannelId = channelId;
        Peer = (stream as NetworkStream)?.Socket.RemoteEndPoint?.ToString() ?? "";
        reader = new ChunkReader(stream, TransportLimits.LeastBufferSize);
        tokens = new TokenRing(time, isServer: true);
        frame = new Overdue(options.FrameTimeout, time);
        message = new Overdue(options.MessageTimeout, time);
    }

    public uint ChannelId { get; }

    /// <summary>The URL in the client's HEL; empty before it came.</summary>
    public string EndpointUrl { get; private set; } = "";

    /// <summary>The keys of the channel and its client's certificate; null with policy None.</summary>
    public SecuredPolicy? Keys => policy as SecuredPolicy;

    /// <summary>Whether messages are signed and encrypted; Invalid before the channel is open.</summary>
    public MessageSecurityMode SecurityMode { get; private set; }

    /// <summary>Address and port of the client, for the log.</summary>
    public string Peer { get; }

    /// <summary>True when the token expired without a renewal: the connection is to be cut. One that is being told why
    /// it ends has its own short time.</summary>
    public bool IsLapsed => tokens.IsLapsed && !isEnding;

    /// <summary>Largest message body that the client takes.</summary>
    public long MostOctets => Volatile.Read(ref writer)?.MostOctets ?? 0;

    /// <summary>How long a write has been waiting for the client to read.</summary>
    public TimeSpan StalledFor => Volatile.Read(ref writer)?.StalledFor ?? TimeSpan.Zero;

    /// <summary>True once a session has been activated on this channel: its client is no stranger any more.</summary>
    public bool HasSession { get; private set; }

    /// <summary>A session was activated on this channel; called while a request of it is being answered.</summary>
    public void Trust()
    {
        HasSession = true;
        receiver!.Limits = limits;
    }

    /// <summary>Cuts the connection when the client is late with something; to be called now and then.</summary>
    public void CheckTimeouts()
    {
        if (frame.IsOver(reader.OpenFrame))
        {
            Abort(StatusCodes.BadTimeout, "A frame did not end in time");
        }
        else if (message.IsOver(Volatile.Read(ref receiver)?.OldestOpenMessage ?? 0))
        {
            Abort(StatusCodes.BadTimeout, "The last chunk of a message did not come in time");
        }
    }

    /// <summary>Ends the connection with ERR.</summary>
    public void Abort(StatusCode status, string reason)
    {
        isEnding = true;
        Interlocked.CompareExchange(ref abortion, new UaException(status, reason), null);
        aborting.Cancel();
    }

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            await ServeAsync();
        }
        catch (OperationCanceledException) when (Volatile.Read(ref abortion) is { } reason)
        {
            await SayGoodbyeAsync(reason.Status, reason.Message);
        }
        catch (UaException failure) when (failure.Status == StatusCodes.BadSecurityChecksFailed)
        {
            // A stranger learns nothing about why: it would help him to the next try (OPC 10000-6 §6.7.6).
            options.Report?.Invoke(new SecurityIncident(Peer, failure.Status, failure.Message));
            await SayGoodbyeAsync(failure.Status, "The security checks failed");
        }
        catch (UaException failure)
        {
            await SayGoodbyeAsync(failure.Status, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is gone, or the server closes it: there is nobody to tell.
        }
        finally
        {
            Dispose();
            reader.Dispose();
            Keys?.Dispose();
        }
    }

    /// <summary>Sends an encoded response. Throws <see cref="UaException"/> with BadEncodingLimitsExceeded, before
    /// anything is sent, when the client does not take a message of this size; <see cref="IOException"/> or
    /// <see cref="ObjectDisposedException"/> when the connection is gone.</summary>
    public ValueTask SendAsync(uint requestId, ReadOnlyMemory<byte> body) =>
        writer!.SendAsync(MessageType.Message, requestId, body, closing.Token);

    /// <summary>Tells a client that gets no channel why, and closes the connection.</summary>
    public async Task RefuseAsync(StatusCode status, string reason)
    {
        await SayGoodbyeAsync(status, reason);
        Dispose();
        reader.Dispose();
    }

    public void Dispose()
    {
        closing.Cancel();
        aborting.Cancel();
        stream.Dispose();
    }

    private async Task ServeAsync()
    {
        using (var hello = new CancellationTokenSource(options.HelloTimeout, time))
        using (var linked = CancellationTokenSource.CreateLinkedTokenSource(hello.Token, aborting.Token))
        {
            try
            {
                if (!await TakeHelloAsync(linked.Token))
                {
                    return;
                }

                while (!tokens.IsOpen)
                {
                    if (!await TakeChunkAsync(linked.Token))
                    {
                        return;
                    }
                }
            }
            catch (OperationCanceledException) when (hello.IsCancellationRequested)
            {
                throw new UaException(
                    StatusCodes.BadTimeout,
                    $"No secure channel within {options.HelloTimeout.TotalSeconds:0.#} s of connecting");
            }
        }

        while (await TakeChunkAsync(aborting.Token))
        {
        }
    }

    private async Task<bool> TakeHelloAsync(CancellationToken cancellationToken)
    {
        var chunk = await reader.ReadAsync(cancellationToken);
        if (chunk.IsEmpty)
        {
            return false;
        }

        if (ChunkHeader.Read(chunk.Span).Type != MessageType.Hello)
        {
            throw new UaException(
                StatusCodes.BadTcpMessageTypeInvalid,
                $"HEL has to come first, not \"{ChunkHeader.Printable(chunk.Span[..3])}\"");
        }

        var (hello, url) = HandshakeFrames.ReadHello(chunk.Span[ChunkHeader.Length..]);
        EndpointUrl = url;
        var answer = options.Limits.AnswerTo(hello);
        var agreed = answer with { MaxMessageSize = hello.MaxMessageSize, MaxChunkCount = hello.MaxChunkCount };
        reader.Resize(answer.ReceiveBufferSize);
        limits = answer;
        receiver = new ChannelReceiver(
            answer with { MaxMessageSize = Math.Min(answer.MaxMessageSize, TransportLimits.MostBeforeSession) },
            tokens);
        await stream.WriteAsync(HandshakeFrames.Acknowledge(answer), cancellationToken);
        sending = agreed;
        return true;
    }

    private async ValueTask<bool> TakeChunkAsync(CancellationToken cancellationToken)
    {
        var chunk = await reader.ReadAsync(cancellationToken);
        if (chunk.IsEmpty)
        {
            return false;
        }

        switch (ChunkHeader.Read(chunk.Span).Type)
        {
            case MessageType.Message when tokens.IsOpen:
                if (receiver!.Take(chunk) is { Abort: null } message)
                {
                    await handler(this, message.RequestId, message.Body);
                }

                return true;
            case MessageType.OpenChannel:
                await TakeOpenAsync(chunk, cancellationToken);
                return true;
            case MessageType.CloseChannel when tokens.IsOpen:
                receiver!.Take(chunk);
                return false;
            default:
                throw new UaException(
                    StatusCodes.BadTcpMessageTypeInvalid,
                    $"\"{ChunkHeader.Printable(chunk.Span[..3])}\" may not come at this point");
        }
    }

    private async ValueTask TakeOpenAsync(Memory<byte> chunk, CancellationToken cancellationToken)
    {
        var header = AsymmetricHeader.Read(chunk, out var headerLength);
        if (writer is null)
        {
            policy = options.Security.Select(header);
            writer = new ChunkWriter(stream, sending, tokens, policy, time);
        }

        policy.CheckHeader(header);
        var opened = receiver!.TakeOpen(chunk, headerLength, policy.AsymmetricReceive);
        if (!tokens.IsOpen)
        {
            // Only who has proved to hold the certificate's key is worth a look into the trust list.
            options.Security.CheckPeer(policy, header);
        }

        var request = ReadOpen(opened.Body.Span);
        CheckOpen(request, header.ChannelId);
        SecurityMode = request.SecurityMode;
        await AnswerOpenAsync(request, opened.RequestId, cancellationToken);
    }

    private static OpenSecureChannelRequest ReadOpen(ReadOnlySpan<byte> body)
    {
        var decoder = new UaDecoder(body);
        return UaMessages.ReadRequest(ref decoder) as OpenSecureChannelRequest ?? throw new UaException(
            StatusCodes.BadTcpMessageTypeInvalid, "An OPN frame carries something else than OpenSecureChannel");
    }

    private void CheckOpen(OpenSecureChannelRequest request, uint channelId)
    {
        if (request.RequestType == SecurityTokenRequestType.Issue && tokens.IsOpen)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "This connection has a channel already");
        }

        if (request.RequestType == SecurityTokenRequestType.Renew && !tokens.IsOpen)
        {
            throw new UaException(
                StatusCodes.BadTcpSecureChannelUnknown, "There is no channel to renew on this connection");
        }

        // A new channel has no number yet; some stacks do not send 0 then.
        if (tokens.IsOpen && channelId != ChannelId)
        {
            throw new UaException(
                StatusCodes.BadTcpSecureChannelUnknown,
                $"OPN names channel {channelId}; this is channel {ChannelId}");
        }

        if (tokens.IsOpen && request.SecurityMode != SecurityMode)
        {
            throw new UaException(
                StatusCodes.BadSecurityModeRejected, "A renewal cannot change the channel's security mode");
        }

        options.Security.CheckMode(policy, request.SecurityMode);
    }

    private async ValueTask AnswerOpenAsync(
        OpenSecureChannelRequest request, uint requestId, CancellationToken cancellationToken)
    {
        var lifetime = TimeSpan.FromMilliseconds(Math.Clamp(
            request.RequestedLifetimeMs,
            options.MinTokenLifetime.TotalMilliseconds,
            options.MaxTokenLifetime.TotalMilliseconds));
        var nonce = policy.NonceLength == 0
            ? null
            : RandomNumberGenerator.GetBytes(policy.NonceLength);
        var (send, receive) = policy.Derive(nonce, request.ClientNonce, request.SecurityMode);
        var now = time.GetUtcNow().UtcDateTime;
        var token = new SecurityToken(ChannelId, ++lastTokenId, time.GetTimestamp(), lifetime, send, receive);
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new OpenSecureChannelResponse
        {
            ResponseHeader = new ResponseHeader
            {
                Timestamp = now,
                RequestHandle = request.RequestHeader.RequestHandle,
            },
            SecurityToken = new ChannelSecurityToken
            {
                ChannelId = ChannelId,
                TokenId = token.TokenId,
                CreatedAt = now,
                RevisedLifetimeMs = (uint)lifetime.TotalMilliseconds,
            },
            ServerNonce = nonce,
        });
        await writer!.SendOpenAsync(
            ChannelId, requestId, encoder.WrittenMemory, () => tokens.Install(token), cancellationToken);
    }

    /// <summary>Sends ERR and gives the peer a moment to read it: a socket closed over unread bytes is reset, and a
    /// reset overtakes what was sent.</summary>
    private async Task SayGoodbyeAsync(StatusCode status, string reason)
    {
        const int mostDrained = 1 << 20;
        isEnding = true;
        try
        {
            var frame = HandshakeFrames.Error(status, reason);
            await (writer?.SendRawAsync(frame, closing.Token) ?? stream.WriteAsync(frame, closing.Token));
            (stream as NetworkStream)?.Socket.Shutdown(SocketShutdown.Send);
            using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(moment.Token, closing.Token);
            var scratch = new byte[4096];
            for (var drained = 0; drained < mostDrained;)
            {
                var read = await stream.ReadAsync(scratch, linked.Token);
                if (read == 0)
                {
                    break;
                }

                drained += read;
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException
            or OperationCanceledException or SocketException)
        {
            // The peer is gone already.
        }
    }
}
