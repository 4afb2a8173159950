using System.Net.Sockets;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Transport;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Hostile;

/// <summary>Clients that want more than their share: connections, sessions, chunks, messages, depth.</summary>
internal sealed class FloodTests : HostileFixture
{
    private const int MostPerRemote = 3;
    private const int MostSessions = 3;

    [Test]
    public async Task Connection_OverTheShareOfItsRemote_TakesThePlaceOfTheOldestStranger()
    {
        using var known = await RawPeer.OpenAsync(Server.Port, Token);
        await known.OpenSessionAsync(Token);
        using var oldest = await RawPeer.OpenAsync(Server.Port, Token);
        using var other = await RawPeer.OpenAsync(Server.Port, Token);
        using var next = await RawPeer.OpenAsync(Server.Port, Token);
        Assert.That(await oldest.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpNotEnoughResources));
        foreach (var peer in (RawPeer[])[known, other, next])
        {
            Assert.That(await peer.AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
        }
    }

    [Test]
    public async Task Connection_AmongClientsThatAllHaveSessions_IsRefused()
    {
        var known = new List<RawPeer>();
        for (var i = 0; i < MostPerRemote; i++)
        {
            known.Add(await RawPeer.OpenAsync(Server.Port, Token));
            await known[i].OpenSessionAsync(Token);
        }

        using (var next = await RawPeer.ConnectAsync(Server.Port, Token))
        {
            Assert.That(await next.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpNotEnoughResources));
        }

        Assert.That(await known[0].AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
        known.ForEach(peer => peer.Dispose());
        await AdvanceUntilAsync(() => Server.ConnectionCount == 0);
    }

    [Test]
    public async Task Connections_ByTheHundred_LeaveTheClientWithASessionAlone()
    {
        using var known = await RawPeer.OpenAsync(Server.Port, Token, lifetimeMs: 3_600_000);
        await known.OpenSessionAsync(Token);
        var flood = new List<RawPeer>();
        for (var i = 0; i < 200; i++)
        {
            flood.Add(await RawPeer.ConnectAsync(Server.Port, Token));
        }

        Assert.That(await known.AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
        // Those that are being told why they end are bounded too; the others are gone as soon as their tasks have run.
        while (Server.ConnectionCount > MostPerRemote + 32)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        flood.ForEach(peer => peer.Dispose());
    }

    [Test]
    public async Task Sessions_ThatAreNeverActivated_GoBeforeAnotherClientIsRefused()
    {
        using var flooding = await RawPeer.OpenAsync(Server.Port, Token);
        for (var i = 0; i < 10 * MostSessions; i++)
        {
            Assert.That(
                await flooding.AskAsync(new CreateSessionRequest(), Token), Is.TypeOf<CreateSessionResponse>());
        }

        Assert.That(Server.SessionCount, Is.EqualTo(MostSessions));
        using var decent = await RawPeer.OpenAsync(Server.Port, Token);
        await decent.OpenSessionAsync(Token);
    }

    [Test]
    public async Task Message_OfAStranger_MustBeSmall()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        for (var sent = 0; sent <= TransportLimits.MostBeforeSession; sent += 60_000)
        {
            await peer.SendAsync(peer.Message(new byte[60_000], ChunkType.Intermediate), Token);
        }

        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpMessageTooLarge));
    }

    [Test]
    public async Task Message_OfASession_MayBeAsLargeAsTheServerSaid()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        await peer.OpenSessionAsync(Token);
        for (var sent = 60_000; sent < MostMessage; sent += 60_000)
        {
            await peer.SendAsync(peer.Message(new byte[60_000], ChunkType.Intermediate), Token);
        }

        await peer.SendAsync(peer.Message(new byte[1]), Token);
        var fault = RawPeer.Response(await peer.ReceiveAsync(Token));
        Assert.That(fault.ResponseHeader.ServiceResult, Is.EqualTo(StatusCodes.BadServiceUnsupported));

        await peer.SendAsync(peer.Message(new byte[60_000], ChunkType.Intermediate), Token);
        for (var sent = 60_000; sent < MostMessage; sent += 60_000)
        {
            await peer.SendAsync(peer.Message(new byte[60_000], ChunkType.Intermediate), Token);
        }

        await peer.SendAsync(peer.Message(new byte[1], ChunkType.Intermediate), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpMessageTooLarge));
    }

    [Test]
    public async Task Messages_InPartsThatTogetherHoldTooMuch_EndTheChannel()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        await peer.OpenSessionAsync(Token);
        for (var sent = 0; sent <= 2 * MostMessage; sent += 60_000)
        {
            await peer.SendAsync(
                peer.Message(new byte[60_000], ChunkType.Intermediate, request: (uint)(sent / 60_000 % 5) + 1), Token);
        }

        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpNotEnoughResources));
    }

    [Test]
    public async Task Messages_InPartsByTheDozen_EndTheChannel()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        for (var i = 0u; i <= TransportLimits.MostInterleavedMessages; i++)
        {
            await peer.SendAsync(peer.Message([1], ChunkType.Intermediate, request: i + 1), Token);
        }

        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadTcpNotEnoughResources));
    }

    [Test]
    public async Task PublishRequests_OfAClientThatDoesNotRead_EndTheConnection()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        var header = new RequestHeader { AuthenticationToken = await peer.OpenSessionAsync(Token) };
        await peer.AskAsync(new CreateSubscriptionRequest { RequestHeader = header }, Token);
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new PublishRequest { RequestHeader = header });
        var body = encoder.WrittenSpan.ToArray();
        try
        {
            while (Server.ConnectionCount > 0)
            {
                await peer.SendAsync(
                    Enumerable.Range(0, 200).SelectMany(_ => peer.Message(body)).ToArray(), Token);
            }
        }
        catch (SocketException)
        {
            // Cut off in the middle of a send.
        }

        await AdvanceUntilAsync(() => Server.ConnectionCount == 0);
    }

    [Test]
    public async Task PublishRequests_OverTheLimitOfAClientThatReads_AreAnsweredOneByOne()
    {
        const int most = 100;
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        var header = new RequestHeader { AuthenticationToken = await peer.OpenSessionAsync(Token) };
        await peer.AskAsync(new CreateSubscriptionRequest { RequestHeader = header }, Token);
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, new PublishRequest { RequestHeader = header });
        var body = encoder.WrittenSpan.ToArray();
        await peer.SendAsync(Enumerable.Range(0, most).SelectMany(_ => peer.Message(body)).ToArray(), Token);
        for (var burst = 0; burst < 20; burst++)
        {
            await peer.SendAsync(Enumerable.Range(0, most).SelectMany(_ => peer.Message(body)).ToArray(), Token);
            for (var i = 0; i < most; i++)
            {
                var fault = RawPeer.Response(await peer.ReceiveAsync(Token));
                Assert.That(
                    fault.ResponseHeader.ServiceResult, Is.EqualTo(StatusCodes.BadTooManyPublishRequests));
            }
        }
    }

    [Test]
    public async Task Request_NestedWithoutEnd_IsAnsweredWithAFaultAndTheChannelLives()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        var token = await peer.OpenSessionAsync(Token);
        using var encoder = new UaEncoder();
        encoder.WriteNodeId(new NodeId(WriteRequest.EncodingId));
        new RequestHeader { AuthenticationToken = token, RequestHandle = 5 }.Encode(encoder);
        encoder.WriteInt32(1);
        new WriteValue { NodeId = new NodeId(1), AttributeId = AttributeId.Value }.Encode(encoder);
        var body = encoder.WrittenSpan[..^1].ToArray();
        var nested = Enumerable.Repeat((byte[])[0x01, 0x98, 1, 0, 0, 0, 0x17], 2000).SelectMany(level => level);
        await peer.SendAsync(peer.Message([.. body, .. nested]), Token);
        var fault = RawPeer.Response(await peer.ReceiveAsync(Token));
        Assert.That(fault.ResponseHeader.ServiceResult, Is.EqualTo(StatusCodes.BadEncodingLimitsExceeded));
        Assert.That(await peer.AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
    }

    [Test]
    public async Task Request_UnderATokenThatWasRenewedAndHasExpired_IsRefused()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token, lifetimeMs: 10_000);
        var old = peer.TokenId;
        Time.Advance(TimeSpan.FromSeconds(8));
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Renew, lifetimeMs: 10_000), Token);
        peer.TakeOpen(await peer.ReceiveAsync(Token));
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints(), token: old), Token);
        Assert.That(RawPeer.Response(await peer.ReceiveAsync(Token)), Is.TypeOf<GetEndpointsResponse>());
        Time.Advance(TimeSpan.FromSeconds(3));
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints(), token: old), Token);
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadSecureChannelTokenUnknown));
    }
}
