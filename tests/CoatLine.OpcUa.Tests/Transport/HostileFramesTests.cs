using System.Buffers.Binary;
using System.Text;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Transport;

/// <summary>A server under frames that break the rules: each ends in ERR with the right status and a closed socket,
/// and the next client is served as if nothing had been.</summary>
[CancelAfter(30_000)]
internal sealed class HostileFramesTests
{
    private readonly FakeTimeProvider time = new();
    private UaServer server = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        server = NewServer();
        await server.StartAsync(Token);
    }

    private UaServer NewServer()
    {
        // The clock leaps, and a leap inside a write that is just returning must not look like a stalled client.
        var limits = new UaServerLimits
        {
            MaxMessageSize = 100_000, MaxConnections = 3, SendTimeout = TimeSpan.FromHours(1),
        };
        return new UaServer(new UaServerOptions { Limits = limits, AllowInsecure = true }, new AddressSpace(), time);
    }

    [TearDown]
    public async Task StopAsync()
    {
        // Whatever happened, a decent client is still served.
        using (var peer = await RawPeer.OpenAsync(server.Port, Token))
        {
            await peer.SendAsync(peer.Message(RawPeer.GetEndpoints()), Token);
            Assert.That(ChunkHeader.Read(await peer.ReceiveAsync(Token)).Type, Is.EqualTo(MessageType.Message));
        }

        await server.DisposeAsync();
    }

    [TestCase("GET / HTTP/1.1\r\n\r\n")]
    [TestCase("HELX\u0020\0\0\0")]
    [TestCase("MSGF\u0020\0\0\0")]
    public async Task FirstBytes_ThatAreNoHello_AreRefusedByType(string bytes)
    {
        using var peer = await RawPeer.ConnectAsync(server.Port, Token);
        await peer.SendAsync(Encoding.ASCII.GetBytes(bytes.PadRight(32, '\0')), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpMessageTypeInvalid));
    }

    [TestCase(8193u)]
    [TestCase(uint.MaxValue)]
    public async Task Hello_OfAbsurdSize_IsRefusedWithoutWaitingForIt(uint size)
    {
        using var peer = await RawPeer.ConnectAsync(server.Port, Token);
        var frame = new byte[8];
        new ChunkHeader(MessageType.Hello, ChunkType.Final, size).Write(frame);
        await peer.SendAsync(frame, Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpMessageTooLarge));
    }

    [Test]
    public async Task Frame_ShorterThanItsHeader_IsRefused()
    {
        using var peer = await RawPeer.ConnectAsync(server.Port, Token);
        var frame = new byte[8];
        new ChunkHeader(MessageType.Hello, ChunkType.Final, 7).Write(frame);
        await peer.SendAsync(frame, Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadDecodingError));
    }

    [Test]
    public async Task Socket_ThatStaysSilent_IsCutAfterTheHelloTimeout()
    {
        using var peer = await RawPeer.ConnectAsync(server.Port, Token);
        Assert.That(await AdvanceUntilAsync(peer.RefusalAsync(Token)), Is.EqualTo(StatusCodes.BadTimeout));
    }

    [Test]
    public async Task Socket_ThatStopsAfterHello_IsCutAfterTheHelloTimeout()
    {
        using var peer = await RawPeer.ConnectAsync(server.Port, Token);
        await peer.SendAsync(HandshakeFrames.Hello(TransportLimits.Default, "opc.tcp://a"), Token);
        await peer.ReceiveAsync(Token);
        Assert.That(await AdvanceUntilAsync(peer.RefusalAsync(Token)), Is.EqualTo(StatusCodes.BadTimeout));
    }

    [Test]
    public async Task Open_WithAPolicyThatIsNotOnOffer_IsRefused()
    {
        using var peer = await ShakenAsync();
        await peer.SendAsync(
            peer.Open(SecurityTokenRequestType.Issue, policy: "http://opcfoundation.org/UA/SecurityPolicy#Basic256"),
            Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadSecurityPolicyRejected));
    }

    [Test]
    public async Task Open_WithAModeThatThePolicyHasNot_IsRefused()
    {
        using var peer = await ShakenAsync();
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Issue, MessageSecurityMode.Sign), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadSecurityModeRejected));
    }

    [Test]
    public async Task Renewal_OfAChannelThatIsNotThere_IsRefused()
    {
        using var peer = await ShakenAsync();
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Renew), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpSecureChannelUnknown));
    }

    [Test]
    public async Task Message_OnAnotherChannel_IsRefused()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints(), channel: peer.ChannelId + 1), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpSecureChannelUnknown));
    }

    [Test]
    public async Task Message_UnderAnUnknownToken_IsRefused()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints(), token: peer.TokenId + 1), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadSecureChannelTokenUnknown));
    }

    [Test]
    public async Task Message_WithAReplayedSequenceNumber_IsRefused()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        var message = peer.Message(RawPeer.GetEndpoints());
        await peer.SendAsync(message, Token);
        await peer.ReceiveAsync(Token);
        await peer.SendAsync(message, Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadSequenceNumberInvalid));
    }

    [Test]
    public async Task Chunks_OverTheMessageSize_AreRefusedBeforeTheEnd()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        var half = new byte[50_001];
        await peer.SendAsync(peer.Message(half, ChunkType.Intermediate), Token);
        await peer.SendAsync(peer.Message(half, ChunkType.Intermediate), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpMessageTooLarge));
    }

    [Test]
    public async Task Chunks_OverTheCount_AreRefusedBeforeTheEnd()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        for (var i = 0; i <= TransportLimits.Default.MaxChunkCount; i++)
        {
            await peer.SendAsync(peer.Message([0], ChunkType.Intermediate), Token);
        }

        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpMessageTooLarge));
    }

    [Test]
    public async Task Message_ThatItsSenderGivesUp_CostsNothingButItself()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        await peer.SendAsync(peer.Message([1, 2, 3], ChunkType.Intermediate), Token);
        await peer.SendAsync(peer.Message([0, 0, 0xB8, 0x80, 0, 0, 0, 0], ChunkType.Abort), Token);
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints()), Token);
        Assert.That(ChunkHeader.Read(await peer.ReceiveAsync(Token)).Type, Is.EqualTo(MessageType.Message));
    }

    [Test]
    public async Task Message_OfGarbage_IsAnsweredWithAFaultAndTheChannelLives()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        await peer.SendAsync(peer.Message([0x01, 0x00, 0x77, 0x02, 0xFF]), Token);
        var fault = Body(await peer.ReceiveAsync(Token));
        Assert.That(fault, Is.TypeOf<ServiceFault>());
        Assert.That(fault.ResponseHeader.ServiceResult, Is.EqualTo(StatusCodes.BadDecodingError));
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints()), Token);
        Assert.That(Body(await peer.ReceiveAsync(Token)), Is.TypeOf<GetEndpointsResponse>());
    }

    [Test]
    public async Task Message_OfUnknownService_IsAnsweredWithBadServiceUnsupported()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new UnknownRequest(new NodeId(9999)));
        await peer.SendAsync(peer.Message(encoder.WrittenSpan), Token);
        var status = Body(await peer.ReceiveAsync(Token)).ResponseHeader.ServiceResult;
        Assert.That(status, Is.EqualTo(StatusCodes.BadServiceUnsupported).Or.EqualTo(StatusCodes.BadSessionIdInvalid));
    }

    [Test]
    public async Task Endpoints_CarryTheHostThatTheClientUsed()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints()), Token);
        var endpoint = ((GetEndpointsResponse)Body(await peer.ReceiveAsync(Token))).Endpoints.Single();
        Assert.That(endpoint.EndpointUrl, Is.EqualTo($"opc.tcp://plant-host:{server.Port}"));
    }

    [Test]
    public async Task Renewal_KeepsBothTokensGoodAndTheSequenceRunning()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        var old = peer.TokenId;
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Renew), Token);
        peer.TakeOpen(await peer.ReceiveAsync(Token));
        Assert.That(peer.TokenId, Is.Not.EqualTo(old));

        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints(), token: old), Token);
        var underOld = await peer.ReceiveAsync(Token);
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints()), Token);
        var underNew = await peer.ReceiveAsync(Token);
        Assert.That(TokenOf(underOld), Is.EqualTo(old), "the server switched before the client did");
        Assert.That(TokenOf(underNew), Is.EqualTo(peer.TokenId));
        Assert.That(
            SequenceOf(underNew), Is.EqualTo(SequenceOf(underOld) + 1).And.EqualTo(4), "OPN, OPN, MSG, MSG");
    }

    [Test]
    public async Task Channel_WhoseTokenExpiredWithoutRenewal_IsCut()
    {
        using var peer = await RawPeer.OpenAsync(server.Port, Token);
        time.Advance(TimeSpan.FromSeconds(60));
        var closed = peer.ReceiveAsync(Token);
        Assert.That(closed.IsCompleted, Is.False);
        Assert.That(await AdvanceUntilAsync(closed), Is.Empty);
    }

    private static uint TokenOf(byte[] frame) => BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(12));

    private static uint SequenceOf(byte[] frame) => BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(16));

    private static IUaResponse Body(byte[] frame)
    {
        var decoder = new UaDecoder(frame.AsSpan(ChunkSeal.SymmetricHeaderLength + ChunkSeal.SequenceHeaderLength));
        return UaMessages.ReadResponse(ref decoder);
    }

    private async Task<RawPeer> ShakenAsync()
    {
        var peer = await RawPeer.ConnectAsync(server.Port, Token);
        await peer.SendAsync(HandshakeFrames.Hello(TransportLimits.Default, "opc.tcp://a"), Token);
        Assert.That(ChunkHeader.Read(await peer.ReceiveAsync(Token)).Type, Is.EqualTo(MessageType.Acknowledge));
        return peer;
    }

    /// <summary>Lets the fake time run until something happens; how often it has to be pushed depends on when the
    /// server sees the connection.</summary>
    private async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await task;
    }
}
