using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Transport;
using CoatLine.OpcUa.Transport;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Hostile;

/// <summary>A server with small limits and a clock that stands still, under clients made of bytes. Whatever a test did
/// to it, a decent client is served afterwards, and no connection is left over.</summary>
[CancelAfter(30_000)]
internal abstract class HostileFixture
{
    protected const int MostMessage = 600_000;

    protected FakeTimeProvider Time { get; private set; } = null!;

    protected UaServer Server { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        Time = new FakeTimeProvider();
        Server = NewServer();
        await Server.StartAsync(Token);
    }

    [TearDown]
    public async Task StopAsync()
    {
        using (var peer = await RawPeer.OpenAsync(Server.Port, Token))
        {
            Assert.That(await peer.AskAsync(new GetEndpointsRequest(), Token), Is.TypeOf<GetEndpointsResponse>());
        }

        await AdvanceUntilAsync(() => Server.ConnectionCount == 0);
        await Server.DisposeAsync();
    }

    protected async Task<RawPeer> ShakenAsync()
    {
        var peer = await RawPeer.ConnectAsync(Server.Port, Token);
        await peer.SendAsync(HandshakeFrames.Hello(TransportLimits.Default, "opc.tcp://a"), Token);
        Assert.That(ChunkHeader.Read(await peer.ReceiveAsync(Token)).Type, Is.EqualTo(MessageType.Acknowledge));
        return peer;
    }

    /// <summary>Lets the server's time run, a second at a time, until something has happened.</summary>
    protected async Task AdvanceUntilAsync(Func<bool> hasHappened, Func<Task>? eachSecond = null)
    {
        while (!hasHappened())
        {
            Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromSeconds(1));
            await (eachSecond?.Invoke() ?? Task.CompletedTask);
            await Task.Yield();
        }
    }

    /// <summary>The status with which the server cuts a connection while its time runs.</summary>
    protected async Task<StatusCode> CutAsync(RawPeer peer, Func<Task>? eachSecond = null)
    {
        var refusal = peer.RefusalAsync(Token);
        await AdvanceUntilAsync(() => refusal.IsCompleted, eachSecond);
        return await refusal;
    }

    private UaServer NewServer()
    {
        // The clock leaps, and a leap inside a write that is just returning must not look like a stalled client.
        var limits = new UaServerLimits
        {
            MaxMessageSize = MostMessage,
            MaxConnections = 4,
            MaxConnectionsPerRemote = 3,
            MaxSessions = 3,
            SendTimeout = TimeSpan.FromHours(1),
        };
        return new UaServer(new UaServerOptions { Limits = limits, AllowInsecure = true }, new AddressSpace(), Time);
    }
}
