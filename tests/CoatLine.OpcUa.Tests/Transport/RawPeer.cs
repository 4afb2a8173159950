using System.Buffers.Binary;
using System.Net.Sockets;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Transport;

/// <summary>A client made of bytes, which can also send what a decent client never would.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private uint sequence;

    public uint ChannelId { get; private set; }

    public uint TokenId { get; private set; }

    public static async Task<RawPeer> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var peer = new RawPeer();
        await peer.socket.ConnectAsync("127.0.0.1", port, cancellationToken);
        return peer;
    }

    /// <summary>A peer that has shaken hands and opened a channel.</summary>
    public static async Task<RawPeer> OpenAsync(
        int port, CancellationToken cancellationToken, uint lifetimeMs = 60_000)
    {
        var peer = await ConnectAsync(port, cancellationToken);
        await peer.SendAsync(HandshakeFrames.Hello(TransportLimits.Default, "opc.tcp://127.0.0.1"), cancellationToken);
        await peer.ReceiveAsync(cancellationToken);
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Issue, lifetimeMs: lifetimeMs), cancellationToken);
        peer.TakeOpen(await peer.ReceiveAsync(cancellationToken));
        return peer;
    }

    public void TakeOpen(byte[] frame)
    {
        AsymmetricHeader.Read(frame, out var headerLength);
        var decoder = new UaDecoder(frame.AsSpan(headerLength + 8));
        var response = (OpenSecureChannelResponse)UaMessages.ReadResponse(ref decoder);
        (ChannelId, TokenId) = (response.SecurityToken.ChannelId, response.SecurityToken.TokenId);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await socket.SendAsync(bytes, cancellationToken);

    /// <summary>The next frame; empty when the server has closed the connection.</summary>
    public async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        var header = new byte[8];
        if (!await FillAsync(header, cancellationToken))
        {
            return [];
        }

        var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4))];
        header.CopyTo(frame, 0);
        await FillAsync(frame.AsMemory(8), cancellationToken);
        return frame;
    }

    /// <summary>The status of the ERR that has to come next, with the connection closed behind it.</summary>
    public async Task<StatusCode> RefusalAsync(CancellationToken cancellationToken)
    {
        var frame = await ReceiveAsync(cancellationToken);
        Assert.That(frame, Is.Not.Empty, "the connection was closed without ERR");
        Assert.That(ChunkHeader.Read(frame).Type, Is.EqualTo(MessageType.Error), Convert.ToHexString(frame));
        Assert.That(await ReceiveAsync(cancellationToken), Is.Empty, "the connection is still open after ERR");
        return HandshakeFrames.ReadError(frame.AsSpan(8), "server").Status;
    }

    /// <summary>An OPN frame.</summary>
    public byte[] Open(
        SecurityTokenRequestType type, MessageSecurityMode mode = MessageSecurityMode.None,
        string policy = NoSecurityPolicy.PolicyUri, uint lifetimeMs = 60_000)
    {
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new OpenSecureChannelRequest
        {
            RequestType = type,
            SecurityMode = mode,
            RequestedLifetimeMs = lifetimeMs,
        });
        var buffer = new byte[8192];
        var headerLength = new AsymmetricHeader(ChannelId, policy, default, default).Write(buffer);
        return Finish(buffer, MessageType.OpenChannel, ChunkType.Final, headerLength, encoder.WrittenSpan, ++sequence);
    }

    /// <summary>A MSG frame with the next sequence number, or with a wrong channel, token or number.</summary>
    public byte[] Message(
        ReadOnlySpan<byte> body, ChunkType chunk = ChunkType.Final, uint? channel = null, uint? token = null,
        uint? number = null, uint request = 1)
    {
        var buffer = new byte[body.Length + 64];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(8), channel ?? ChannelId);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(12), token ?? TokenId);
        return Finish(
            buffer, MessageType.Message, chunk, ChunkSeal.SymmetricHeaderLength, body, number ?? ++sequence,
            request);
    }

    /// <summary>Sends a request in one frame and waits for its response.</summary>
    public async Task<IUaResponse> AskAsync(IUaRequest request, CancellationToken cancellationToken)
    {
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, request);
        await SendAsync(Message(encoder.WrittenSpan), cancellationToken);
        return Response(await ReceiveAsync(cancellationToken));
    }

    /// <summary>The response in a frame.</summary>
    public static IUaResponse Response(byte[] frame)
    {
        Assert.That(frame, Is.Not.Empty, "the connection was closed");
        var decoder = new UaDecoder(frame.AsSpan(ChunkSeal.SymmetricHeaderLength + ChunkSeal.SequenceHeaderLength));
        return UaMessages.ReadResponse(ref decoder);
    }

    /// <summary>Creates and activates an anonymous session and gives its authentication token.</summary>
    public async Task<NodeId> OpenSessionAsync(CancellationToken cancellationToken, uint maxResponseOctets = 0)
    {
        var created = (CreateSessionResponse)await AskAsync(
            new CreateSessionRequest
            {
                RequestedSessionTimeoutMs = 3_600_000, MaxResponseMessageOctets = maxResponseOctets,
            },
            cancellationToken);
        var header = new RequestHeader { AuthenticationToken = created.AuthenticationToken };
        var activated = await AskAsync(new ActivateSessionRequest { RequestHeader = header }, cancellationToken);
        Assert.That(activated, Is.TypeOf<ActivateSessionResponse>());
        return created.AuthenticationToken;
    }

    /// <summary>The bytes of a request that needs no session.</summary>
    public static byte[] GetEndpoints()
    {
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new GetEndpointsRequest { EndpointUrl = "opc.tcp://plant-host:1" });
        return encoder.WrittenSpan.ToArray();
    }

    /// <summary>Tells the server that nothing more will come, and goes on listening.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => socket.Dispose();

    private static byte[] Finish(
        byte[] buffer, MessageType type, ChunkType chunk, int headerLength, ReadOnlySpan<byte> body, uint number,
        uint request = 1)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(headerLength), number);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(headerLength + 4), request);
        body.CopyTo(buffer.AsSpan(headerLength + 8));
        var header = new ChunkHeader(type, chunk, 0);
        return buffer[..ChunkSeal.Close(buffer, header, headerLength, body.Length, NoSecurityPolicy.Instance)];
    }

    private async Task<bool> FillAsync(Memory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var read = await socket.ReceiveAsync(bytes, cancellationToken);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
        }

        return true;
    }
}
