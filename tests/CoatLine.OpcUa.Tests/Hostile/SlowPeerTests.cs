using System.Net.Sockets;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Transport;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Hostile;

/// <summary>Clients that begin something and never end it, one octet after the other.</summary>
internal sealed class SlowPeerTests : HostileFixture
{
    [Test]
    public async Task Hello_ThatDripsIn_IsCutAfterTheHelloTimeout()
    {
        using var peer = await RawPeer.ConnectAsync(Server.Port, Token);
        var status = await CutAsync(peer, Drip(peer, HandshakeFrames.Hello(TransportLimits.Default, "opc.tcp://a")));
        Assert.That(status, Is.EqualTo(StatusCodes.BadTimeout));
    }

    [Test]
    public async Task Open_ThatDripsIn_IsCutAfterTheHelloTimeout()
    {
        using var peer = await ShakenAsync();
        var status = await CutAsync(peer, Drip(peer, peer.Open(SecurityTokenRequestType.Issue)));
        Assert.That(status, Is.EqualTo(StatusCodes.BadTimeout));
    }

    [Test]
    public async Task Message_ThatDripsIn_IsCutAfterTheFrameTimeout()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        var status = await CutAsync(peer, Drip(peer, peer.Message(RawPeer.GetEndpoints())));
        Assert.That(status, Is.EqualTo(StatusCodes.BadTimeout));
    }

    [Test]
    public async Task Renewal_ThatDripsIn_IsCutAfterTheFrameTimeout()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        var status = await CutAsync(peer, Drip(peer, peer.Open(SecurityTokenRequestType.Renew)));
        Assert.That(status, Is.EqualTo(StatusCodes.BadTimeout));
    }

    [Test]
    public async Task Message_WhoseLastChunkNeverComes_IsCutAfterTheMessageTimeout()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token, lifetimeMs: 3_600_000);
        await peer.SendAsync(peer.Message([1, 2, 3], ChunkType.Intermediate, request: 2), Token);

        // Whole messages in between are answered and change nothing about it.
        for (var second = 0; second < 30; second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(await peer.AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
        }

        Assert.That(await CutAsync(peer), Is.EqualTo(StatusCodes.BadTimeout));
    }

    [Test]
    public async Task Connection_ThatIsIdleBetweenMessages_IsLeftAlone()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token, lifetimeMs: 3_600_000);
        for (var minute = 0; minute < 5; minute++)
        {
            Assert.That(await peer.AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
            for (var second = 0; second < 60; second++)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.That(await peer.AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
    }

    [Test]
    public async Task Socket_HalfClosedInsideAFrame_IsCut()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        await peer.SendAsync(peer.Message(RawPeer.GetEndpoints()).AsMemory(0, 20), Token);
        peer.EndSending();
        Assert.That(await peer.RefusalAsync(Token), Is.EqualTo(StatusCodes.BadConnectionClosed));
    }

    [Test]
    public async Task Socket_HalfClosedBetweenFrames_IsClosed()
    {
        using var peer = await RawPeer.OpenAsync(Server.Port, Token);
        peer.EndSending();
        Assert.That(await peer.ReceiveAsync(Token), Is.Empty);
    }

    /// <summary>Sends one octet more each time, all but the last.</summary>
    private static Func<Task> Drip(RawPeer peer, byte[] frame)
    {
        var sent = 0;
        return async () =>
        {
            if (sent < frame.Length - 1)
            {
                try
                {
                    await peer.SendAsync(frame.AsMemory(sent++, 1), Token);
                }
                catch (SocketException)
                {
                    // The server has had enough; what it said is still to be read.
                }
            }
        };
    }
}
