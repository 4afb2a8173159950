using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>A client made of bytes with keys, which can also send what a decent client never would.</summary>
internal sealed class SecuredPeer : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Dictionary<uint, SecurityToken> tokens = [];
    private readonly MessageSecurityMode mode;
    private readonly byte[] nonce = RandomNumberGenerator.GetBytes(32);
    private uint sequence;

    private SecuredPeer(SecuredPolicy policy, MessageSecurityMode mode)
    {
        Policy = policy;
        this.mode = mode;
    }

    public SecuredPolicy Policy { get; }

    public uint ChannelId { get; private set; }

    public uint TokenId { get; private set; }

    public static SecuredPolicy Between(Party client, Party server, UaSecurityPolicy? policy = null) => new(
        policy ?? UaSecurityPolicy.Basic256Sha256, client.Own.Certificate, client.Own.Chain, server.Own.Certificate);

    /// <summary>A peer that has shaken hands.</summary>
    public static async Task<SecuredPeer> ConnectAsync(
        SecuredLine line, SecuredPolicy policy, MessageSecurityMode mode, CancellationToken cancellationToken)
    {
        var peer = new SecuredPeer(policy, mode);
        await peer.socket.ConnectAsync("127.0.0.1", line.Server.Port, cancellationToken);
        await peer.SendAsync(HandshakeFrames.Hello(TransportLimits.Default, "opc.tcp://127.0.0.1"), cancellationToken);
        await peer.ReceiveAsync(cancellationToken);
        return peer;
    }

    /// <summary>A peer with an open channel.</summary>
    public static async Task<SecuredPeer> OpenAsync(
        SecuredLine line, CancellationToken cancellationToken,
        MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt, uint lifetimeMs = 60_000)
    {
        var policy = Between(Party.Client.With(line.Party), line.Party);
        var peer = await ConnectAsync(line, policy, mode, cancellationToken);
        await peer.RenewAsync(SecurityTokenRequestType.Issue, cancellationToken, lifetimeMs);
        return peer;
    }

    /// <summary>Asks for a token and takes it.</summary>
    public async Task RenewAsync(
        SecurityTokenRequestType type, CancellationToken cancellationToken, uint lifetimeMs = 60_000)
    {
        await SendAsync(Open(type, lifetimeMs: lifetimeMs), cancellationToken);
        var frame = await ReceiveAsync(cancellationToken);
        Policy.CheckHeader(AsymmetricHeader.Read(frame, out var headerLength));
        var opened = ChunkSeal.Open(frame, headerLength, Policy.AsymmetricReceive);
        var decoder = new UaDecoder(opened.Body.Span);
        var response = (OpenSecureChannelResponse)UaMessages.ReadResponse(ref decoder);
        (ChannelId, TokenId) = (response.SecurityToken.ChannelId, response.SecurityToken.TokenId);
        var (send, receive) = Policy.Derive(nonce, response.ServerNonce, mode);
        tokens[TokenId] = new SecurityToken(ChannelId, TokenId, 0, TimeSpan.Zero, send, receive);
    }

    /// <summary>An OPN frame, by the own policy or by another, with a header of its own or another.</summary>
    public byte[] Open(
        SecurityTokenRequestType type, SecuredPolicy? by = null, MessageSecurityMode? asked = null,
        byte[]? thumbprint = null, uint lifetimeMs = 60_000, byte[]? otherNonce = null)
    {
        by ??= Policy;
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new OpenSecureChannelRequest
        {
            RequestType = type,
            SecurityMode = asked ?? mode,
            ClientNonce = otherNonce ?? nonce,
            RequestedLifetimeMs = lifetimeMs,
        });
        var buffer = new byte[16_384];
        var headerLength = new AsymmetricHeader(
            ChannelId, by.Uri, by.SenderCertificate, thumbprint ?? by.ReceiverThumbprint).Write(buffer);
        return Finish(buffer, MessageType.OpenChannel, headerLength, encoder.WrittenSpan, by.AsymmetricSend);
    }

    /// <summary>A MSG frame that asks for the endpoints, under the present token or an older one.</summary>
    public byte[] Message(uint? token = null)
    {
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new GetEndpointsRequest { EndpointUrl = "opc.tcp://plant-host:1" });
        var buffer = new byte[8192];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(8), ChannelId);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(12), token ?? TokenId);
        return Finish(
            buffer, MessageType.Message, ChunkSeal.SymmetricHeaderLength, encoder.WrittenSpan,
            tokens[token ?? TokenId].Send);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await socket.SendAsync(bytes, cancellationToken);

    /// <summary>The next MSG frame, opened under its token.</summary>
    public async Task<IUaResponse> AnswerAsync(CancellationToken cancellationToken)
    {
        var frame = await ReceiveAsync(cancellationToken);
        Assert.That(ChunkHeader.Read(frame).Type, Is.EqualTo(MessageType.Message), Convert.ToHexString(frame));
        var token = tokens[BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(12))];
        var opened = ChunkSeal.Open(frame, ChunkSeal.SymmetricHeaderLength, token.Receive);
        var decoder = new UaDecoder(opened.Body.Span);
        return UaMessages.ReadResponse(ref decoder);
    }

    /// <summary>The status and the words of the ERR that has to come next, with the connection closed behind it.
    /// </summary>
    public async Task<UaException> RefusalAsync(CancellationToken cancellationToken)
    {
        var frame = await ReceiveAsync(cancellationToken);
        Assert.That(frame, Is.Not.Empty, "the connection was closed without ERR");
        Assert.That(ChunkHeader.Read(frame).Type, Is.EqualTo(MessageType.Error), Convert.ToHexString(frame));
        Assert.That(await ReceiveAsync(cancellationToken), Is.Empty, "the connection is still open after ERR");
        return HandshakeFrames.ReadError(frame.AsSpan(8), "server");
    }

    public void Dispose()
    {
        socket.Dispose();
        Policy.Dispose();
    }

    private byte[] Finish(
        byte[] buffer, MessageType type, int headerLength, ReadOnlySpan<byte> body, IChunkProtection protection)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(headerLength), ++sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(headerLength + 4), 1);
        body.CopyTo(buffer.AsSpan(headerLength + 8));
        var header = new ChunkHeader(type, ChunkType.Final, 0);
        return buffer[..ChunkSeal.Close(buffer, header, headerLength, body.Length, protection)];
    }

    private async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
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
