using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Transport;

[CancelAfter(30_000)]
internal sealed class ClientChannelTests
{
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Token_IsRenewedAtThreeQuartersAndTheChannelOutlivesTheFirst()
    {
        // The clock leaps, and a leap inside a write that is just returning must not look like a stalled client.
        var limits = new UaServerLimits { SendTimeout = TimeSpan.FromHours(1) };
        await using var server = new UaServer(
            new UaServerOptions { Limits = limits, AllowInsecure = true }, new AddressSpace(), time);
        await server.StartAsync(Token);
        var answers = Channel.CreateUnbounded<uint>();
        var options = new ClientChannelOptions(server.EndpointUrl) { TokenLifetime = TimeSpan.FromSeconds(40) };
        await using var channel = await ClientChannel.ConnectAsync(
            options, (in ReceivedMessage message) => answers.Writer.TryWrite(message.RequestId), time, Token);
        Assert.That(channel.RevisedLifetime, Is.EqualTo(TimeSpan.FromSeconds(40)));
        for (var renewal = 1; renewal <= 5; renewal++)
        {
            var before = channel.TokenId;
            time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
            Assert.That(channel.TokenId, Is.EqualTo(before), "too early");
            time.Advance(TimeSpan.FromMilliseconds(1));
            while (channel.TokenId == before)
            {
                Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            var request = channel.NextRequestId();
            await channel.SendAsync(request, RawPeer.GetEndpoints(), Token);
            Assert.That(await answers.Reader.ReadAsync(Token), Is.EqualTo(request));

            // The renewal is over only when its timer is set again.
            await channel.RenewAsync(Token);
        }
    }

    [Test]
    public async Task Peer_ThatSpeaksHttp_IsNamedInPlainWords()
    {
        var failure = await ConnectToAsync(async socket =>
        {
            var hello = new byte[64];
            await socket.ReceiveAsync(hello, Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"), Token);
        });
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadTcpMessageTypeInvalid));
        Assert.That(failure.Message, Does.Contain("does not speak OPC UA").And.Contain("HTTP/1.1"));
    }

    [Test]
    public async Task Peer_ThatClosesAtOnce_IsProbablyNoServer()
    {
        var failure = await ConnectToAsync(async socket => await socket.ReceiveAsync(new byte[64], Token));
        Assert.That(failure.Message, Does.Contain("probably no OPC UA server"));
    }

    [Test]
    public async Task Peer_ThatStaysSilent_IsGivenUpAfterTheTimeout()
    {
        var failure = await ConnectToAsync(async socket =>
        {
            await socket.ReceiveAsync(new byte[64], Token);
            time.Advance(TimeSpan.FromSeconds(10));
            await socket.ReceiveAsync(new byte[64], Token);
        });
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadTimeout));
        Assert.That(failure.Message, Does.Contain("within 10 s"));
    }

    [Test]
    public async Task Peer_ThatRefusesWithErr_IsQuoted()
    {
        var failure = await ConnectToAsync(async socket =>
        {
            await socket.ReceiveAsync(new byte[64], Token);
            await socket.SendAsync(HandshakeFrames.Error(StatusCodes.BadTcpServerTooBusy, "come back later"), Token);
        });
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadTcpServerTooBusy));
        Assert.That(failure.Message, Does.Contain("come back later"));
    }

    [TestCase("http://127.0.0.1:1")]
    [TestCase("opc.tcp://")]
    [TestCase("plc")]
    public void Url_ThatIsNone_IsRefusedWithAnExample(string url) => Assert.That(
        async () => await ClientChannel.ConnectAsync(
            new ClientChannelOptions(url), (in ReceivedMessage _) => { }, time, Token),
        Throws.TypeOf<UaException>().With.Message.Contains("opc.tcp://127.0.0.1:4840"));

    [Test]
    public void Port_WhereNobodyListens_IsNamed()
    {
        int port;
        using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        Assert.That(
            async () => await ClientChannel.ConnectAsync(
                new ClientChannelOptions($"opc.tcp://127.0.0.1:{port}"), (in ReceivedMessage _) => { }, time, Token),
            Throws.TypeOf<UaException>().With.Message.Contains($"127.0.0.1:{port}: the connection was refused"));
    }

    private async Task<UaException> ConnectToAsync(Func<Socket, Task> peer)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var serving = ServeAsync(listener, peer);
        try
        {
            await using var channel = await ClientChannel.ConnectAsync(
                new ClientChannelOptions($"opc.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}"),
                (in ReceivedMessage _) => { },
                time,
                Token);
        }
        catch (UaException failure)
        {
            await serving;
            return failure;
        }

        throw new AssertionException("The connection was expected to fail.");
    }

    private static async Task ServeAsync(Socket listener, Func<Socket, Task> peer)
    {
        using var socket = await listener.AcceptAsync(Token);
        await peer(socket);
    }
}
