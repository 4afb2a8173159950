using System.Security.Cryptography;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Transport;

/// <summary>Takes a message that came in. It runs on the receive loop: the body is valid only until it returns, and
/// the next message waits for it.</summary>
internal delegate void MessageHandler(in ReceivedMessage message);

/// <summary>The client's end of a secure channel: connects, opens, renews its token at three quarters of the revised
/// lifetime, sends and receives encoded messages. Sending is thread safe; messages come in on one loop.</summary>
internal sealed class ClientChannel : IAsyncDisposable
{
    /// <summary>Part of the revised lifetime after which the token is renewed (OPC 10000-4 §5.5.2.1).</summary>
    private const double RenewAfter = 0.75;

    private readonly ClientChannelOptions options;
    private readonly TimeProvider time;
    private readonly MessageHandler handler;
    private readonly ClientConnection connection;
    private readonly TokenRing tokens;
    private readonly ChunkWriter writer;
    private readonly ChannelReceiver receiver;
    private readonly CancellationTokenSource closing = new();
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly ITimer renewal;
    private TaskCompletionSource<OpenSecureChannelResponse>? openAnswer;
    private byte[]? localNonce;
    private uint lastRequestId;
    private int ended;

    private ClientChannel(
        ClientChannelOptions options, ClientConnection connection, MessageHandler handler, TimeProvider time)
    {
        this.options = options;
        this.connection = connection;
        this.handler = handler;
        this.time = time;
        tokens = new TokenRing(time, isServer: false);
        writer = new ChunkWriter(connection.Stream, connection.Agreed, tokens, options.Policy, time);
        receiver = new ChannelReceiver(options.Limits, tokens);
        renewal = time.CreateTimer(
            static state => _ = ((ClientChannel)state!).RenewOrEndAsync(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number that the server gave the channel.</summary>
    public uint ChannelId { get; private set; }

    /// <summary>The number of the present token; changes with each renewal.</summary>
    public uint TokenId { get; private set; }

    /// <summary>Lifetime of the present token as the server revised it.</summary>
    public TimeSpan RevisedLifetime { get; private set; }

    /// <summary>Ends when the channel ends: successfully after <see cref="DisposeAsync"/>, with a
    /// <see cref="UaException"/> when the connection broke or the server ended it.</summary>
    public Task Completion => completion.Task;

    /// <summary>Connects, shakes hands and opens the channel. Throws <see cref="UaException"/> in plain words;
    /// BadTimeout when the peer stays silent.</summary>
    public static async Task<ClientChannel> ConnectAsync(
        ClientChannelOptions options, MessageHandler handler, TimeProvider networkTime,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, networkTime);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        ClientChannel? channel = null;
        try
        {
            var connection = await ReachAsync(options, networkTime, linked.Token);
            channel = new ClientChannel(options, connection, handler, networkTime);
            _ = channel.ReceiveLoopAsync();
            await channel.OpenAsync(SecurityTokenRequestType.Issue, linked.Token);
            return channel;
        }
        catch (Exception failure)
        {
            if (channel is not null)
            {
                await channel.DisposeAsync();
            }

            if (failure is OperationCanceledException && timeout.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested)
            {
                throw new UaException(
                    StatusCodes.BadTimeout,
                    $"{options.EndpointUrl} took the connection but did not answer within "
                    + $"{options.ConnectTimeout.TotalSeconds:0.#} s; it is no OPC UA server, or it hangs",
                    failure);
            }

            throw;
        }
    }

    private static async Task<ClientConnection> ReachAsync(
        ClientChannelOptions options, TimeProvider networkTime, CancellationToken cancellationToken)
    {
        if (options.ReachTimeout is not { } longest)
        {
            return await ClientConnection.OpenAsync(options, cancellationToken);
        }

        using var timeout = new CancellationTokenSource(longest, networkTime);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ClientConnection.OpenAsync(options, linked.Token);
        }
        catch (OperationCanceledException silence) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UaException(
                StatusCodes.BadTimeout,
                $"{options.EndpointUrl} did not answer within {longest.TotalSeconds:0.#} s",
                silence);
        }
    }

    /// <summary>A number for the next request, never 0.</summary>
    public uint NextRequestId()
    {
        var id = Interlocked.Increment(ref lastRequestId);
        return id != 0 ? id : Interlocked.Increment(ref lastRequestId);
    }

    /// <summary>Sends an encoded request. Throws <see cref="UaException"/> with BadEncodingLimitsExceeded when the
    /// server does not take a message of this size, with BadConnectionClosed when the channel has ended.</summary>
    public async ValueTask SendAsync(uint requestId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await writer.SendAsync(MessageType.Message, requestId, body, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            var lost = new UaException(
                StatusCodes.BadConnectionClosed, $"The connection to {options.EndpointUrl} is lost", failure);
            End(lost);
            throw lost;
        }
    }

    /// <summary>Renews the token now. The channel does it by itself in time; this is for tests and for policies that
    /// want it sooner.</summary>
    public Task RenewAsync(CancellationToken cancellationToken) =>
        OpenAsync(SecurityTokenRequestType.Renew, cancellationToken);

    /// <summary>Tells the server that the channel ends (CLO), and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref ended) == 0 && tokens.IsOpen)
        {
            using var farewell = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
            try
            {
                using var encoder = new UaEncoder();
                UaMessages.Write(encoder, new CloseSecureChannelRequest());
                await writer.SendAsync(
                    MessageType.CloseChannel, NextRequestId(), encoder.WrittenMemory, farewell.Token);
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException
                or OperationCanceledException)
            {
                // The server is gone already; that is what CLO would have told it.
            }
        }

        End(null);
    }

    private async Task OpenAsync(SecurityTokenRequestType type, CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken);
        try
        {
            var answer = new TaskCompletionSource<OpenSecureChannelResponse>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref openAnswer, answer);
            using var encoder = new UaEncoder();
            UaMessages.Write(encoder, new OpenSecureChannelRequest
            {
                RequestHeader = new RequestHeader { Timestamp = time.GetUtcNow().UtcDateTime },
                RequestType = type,
                SecurityMode = options.SecurityMode,
                ClientNonce = localNonce = NewNonce(),
                RequestedLifetimeMs = (uint)options.TokenLifetime.TotalMilliseconds,
            });
            await writer.SendOpenAsync(
                ChannelId, NextRequestId(), encoder.WrittenMemory, sent: null, cancellationToken);
            await answer.Task.WaitAsync(cancellationToken);
            renewal.Change(RevisedLifetime * RenewAfter, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            Volatile.Write(ref openAnswer, null);
            opening.Release();
        }
    }

    private byte[]? NewNonce() => options.Policy.NonceLength == 0
        ? null
        : RandomNumberGenerator.GetBytes(options.Policy.NonceLength);

    private async Task RenewOrEndAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, closing.Token);
            await RenewAsync(linked.Token);
        }
        catch (Exception failure)
        {
            End(failure as UaException ?? new UaException(
                StatusCodes.BadSecureChannelClosed, "The channel's token could not be renewed", failure));
        }
    }

    private async Task ReceiveLoopAsync()
    {
        try
        {
            while (true)
            {
                var chunk = await connection.Reader.ReadAsync(closing.Token);
                if (chunk.IsEmpty)
                {
                    throw new UaException(
                        StatusCodes.BadConnectionClosed, $"{options.EndpointUrl} closed the connection");
                }

                Take(chunk);
            }
        }
        catch (Exception failure)
        {
            End(failure as UaException ?? new UaException(
                StatusCodes.BadConnectionClosed, $"The connection to {options.EndpointUrl} is lost", failure));
        }
        finally
        {
            connection.Reader.Dispose();
        }
    }

    private void Take(Memory<byte> chunk)
    {
        switch (ChunkHeader.Read(chunk.Span).Type)
        {
            case MessageType.Message:
                if (receiver.Take(chunk) is { } message)
                {
                    handler(message);
                }

                break;
            case MessageType.OpenChannel:
                TakeOpen(chunk);
                break;
            case MessageType.Error:
                throw HandshakeFrames.ReadError(chunk.Span[ChunkHeader.Length..], options.EndpointUrl);
            default:
                throw new UaException(
                    StatusCodes.BadTcpMessageTypeInvalid,
                    $"A server does not send \"{ChunkHeader.Printable(chunk.Span[..3])}\"");
        }
    }

    private void TakeOpen(Memory<byte> chunk)
    {
        var header = AsymmetricHeader.Read(chunk, out var headerLength);
        options.Policy.CheckHeader(header);
        var opened = receiver.TakeOpen(chunk, headerLength, options.Policy.AsymmetricReceive);
        var decoder = new UaDecoder(opened.Body.Span);
        var answer = UaMessages.ReadResponse(ref decoder);
        var waiting = Volatile.Read(ref openAnswer) ?? throw new UaException(
            StatusCodes.BadSecurityChecksFailed, "The server sent a token that nobody asked for");
        if (answer is not OpenSecureChannelResponse response || response.ResponseHeader.ServiceResult.IsBad)
        {
            var status = answer.ResponseHeader.ServiceResult;
            waiting.TrySetException(new UaException(status, "The server did not open the channel"));
            return;
        }

        // The token is there before the receive loop goes on, since the server may answer under it at once.
        Install(response);
        waiting.TrySetResult(response);
    }

    private void Install(OpenSecureChannelResponse response)
    {
        var token = response.SecurityToken;
        var (send, receive) = options.Policy.Derive(localNonce, response.ServerNonce, options.SecurityMode);
        ChannelId = token.ChannelId;
        RevisedLifetime = TimeSpan.FromMilliseconds(token.RevisedLifetimeMs);
        tokens.Install(new SecurityToken(
            token.ChannelId, token.TokenId, time.GetTimestamp(), RevisedLifetime, send, receive));
        TokenId = token.TokenId;
    }

    private void End(UaException? failure)
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
        {
            return;
        }

        renewal.Dispose();
        closing.Cancel();
        connection.Dispose();
        if (failure is null)
        {
            completion.TrySetResult();
        }
        else
        {
            completion.TrySetException(failure);
            _ = completion.Task.Exception;
        }

        Volatile.Read(ref openAnswer)?.TrySetException(
            failure ?? new UaException(StatusCodes.BadConnectionClosed, "The channel was closed"));
    }
}
