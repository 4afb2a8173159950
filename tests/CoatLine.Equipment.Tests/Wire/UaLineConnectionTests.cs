using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Wire;

/// <summary>The line connection alone, over TCP.</summary>
[CancelAfter(60_000)]
public sealed class UaLineConnectionTests
{
    [Test]
    public async Task Connect_NobodyThereYet_FailsAndComesUpByItselfLater(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await server.StopAsync();
        await using UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        Assert.That(
            () => connection.ConnectAsync(cancellationToken),
            Throws.InstanceOf<LineUnreachableException>().With.Message.Contains(server.EndpointUrl));
        Assert.That(connection.State.IsUp, Is.False);
        Assert.That(connection.State.Session, Is.Zero);

        await server.RestartAsync();
        StatusCode[] found = await connection.ResolveAsync([new TagAddress("Mixer.Request.Id")], cancellationToken);
        Assert.That(found, Is.EqualTo(new[] { StatusCodes.Good }));
        await connection.ConnectAsync(cancellationToken);
    }

    [Test]
    public async Task Connect_PeerThatDoesNotSpeakOpcUa_SaysSo(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task talking = TalkHttpAsync(listener, cancellationToken);
        string url = $"opc.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using (UaLineConnection connection = WiredLine.Connect(url))
        {
            Assert.That(
                () => connection.ConnectAsync(cancellationToken),
                Throws.InstanceOf<LineUnreachableException>().With.Message.Contains("OPC UA"));
        }

        listener.Stop();
        await talking;
    }

    [Test]
    public async Task Read_NodeThatIsMissing_HasAStatusAndTheOthersTheirValues(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await using UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        await connection.ConnectAsync(cancellationToken);
        DataValue[] values = await connection.ReadAsync(
            [new TagRead(new TagAddress("Mixer.Nonsense")), new TagRead(new TagAddress("Mixer.Profile"))],
            cancellationToken);
        Assert.That(values[0].Status, Is.EqualTo(StatusCodes.BadNoMatch));
        Assert.That(values[1].Value.Get<string>(), Is.EqualTo("OPC 30050 PackML"));
    }

    [Test]
    public async Task Write_OneNodeMissing_WritesNone(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await using UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        await connection.ConnectAsync(cancellationToken);
        StatusCode[] statuses = await connection.WriteAsync(
            [
                new TagWrite(new TagAddress("Mixer.Request.Epoch"), Variant.Of(5ul)),
                new TagWrite(new TagAddress("Mixer.Request.Nonsense"), Variant.Of(5ul)),
            ],
            cancellationToken);
        Assert.That(statuses, Is.EqualTo(new[] { StatusCodes.BadNothingToDo, StatusCodes.BadNoMatch }));
        Assert.That(server["Mixer.Request.Epoch"].Value.Get<ulong>(), Is.Zero);
    }

    [Test]
    public async Task Write_ValueOfAnotherType_IsRefusedByItsStatus(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await using UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        await connection.ConnectAsync(cancellationToken);
        StatusCode[] statuses = await connection.WriteAsync(
            [
                new TagWrite(new TagAddress("Mixer.Request.StepTimeSP"), Variant.Of("180")),
                new TagWrite(new TagAddress("Mixer.State.Current"), Variant.Of(6)),
                new TagWrite(new TagAddress("Mixer.Request.Epoch"), Variant.Of(5ul)),
            ],
            cancellationToken);
        Assert.That(statuses, Is.EqualTo(new[]
        {
            StatusCodes.BadTypeMismatch, StatusCodes.BadNotWritable, StatusCodes.Good,
        }));
    }

    [Test]
    public async Task Subscribe_BeforeConnecting_ReportsPresentValuesChangesAndWhatIsMissing(
        CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await using UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        Channel<TagChange> seen = await WatchAsync(connection, ["Mixer.Live.SlurryTemp", "Mixer.Live.Nonsense"]);
        await connection.ConnectAsync(cancellationToken);

        TagChange one = await seen.Reader.ReadAsync(cancellationToken);
        TagChange other = await seen.Reader.ReadAsync(cancellationToken);
        (TagChange present, TagChange missing) = one.Value.Status.IsGood ? (one, other) : (other, one);
        Assert.That(present.Value.Value, Is.EqualTo(Variant.Of(0.0)));
        Assert.That(missing.Address.Tag, Is.EqualTo("Mixer.Live.Nonsense"));
        Assert.That(missing.Value.Status, Is.EqualTo(StatusCodes.BadNoMatch));

        for (int i = 1; i <= 50; i++)
        {
            server.Set("Mixer.Live.SlurryTemp", Variant.Of((double)i));
            TagChange change = await seen.Reader.ReadAsync(cancellationToken);
            Assert.That(change.Value.Value, Is.EqualTo(Variant.Of((double)i)));
        }
    }

    [Test]
    public async Task Subscribe_ServerRestarted_TellsTheGapAndThePresentValueAgain(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await using UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        await connection.ConnectAsync(cancellationToken);
        var gaps = Channel.CreateUnbounded<LinkGap>();
        connection.GapFound += gap => gaps.Writer.TryWrite(gap);
        Channel<TagChange> seen = await WatchAsync(connection, ["Mixer.Live.SlurryTemp"]);
        Assert.That((await seen.Reader.ReadAsync(cancellationToken)).Value.Value, Is.EqualTo(Variant.Of(0.0)));

        await server.StopAsync();
        server.Set("Mixer.Live.SlurryTemp", Variant.Of(44.0));
        await server.RestartAsync();
        Assert.That((await seen.Reader.ReadAsync(cancellationToken)).Value.Value, Is.EqualTo(Variant.Of(44.0)));
        LinkGap told = await gaps.Reader.ReadAsync(cancellationToken);
        Assert.That(told.LostMessages, Is.EqualTo(-1));
        Assert.That(told.To, Is.GreaterThanOrEqualTo(told.From));
        Assert.That(connection.State.Session, Is.EqualTo(2));
    }

    [Test]
    public async Task Subscribe_Ended_LeavesNothingInTheServerNorInTheNextSession(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await using UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        await connection.ConnectAsync(cancellationToken);
        IAsyncDisposable subscription = await connection.SubscribeAsync(
            [new TagAddress("Mixer.State.Current")], TimeSpan.FromMilliseconds(20), _ => { }, cancellationToken);
        Assert.That(server.Server.SubscriptionCount, Is.EqualTo(1));
        await subscription.DisposeAsync();
        Assert.That(server.Server.SubscriptionCount, Is.Zero);

        await server.StopAsync();
        await server.RestartAsync();
        await connection.ReadAsync([new TagRead(new TagAddress("Mixer.Profile"))], cancellationToken);
        Assert.That(server.Server.SubscriptionCount, Is.Zero);
    }

    [Test]
    public async Task Dispose_WhileConnecting_EndsWhoeverWaits(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        await server.StopAsync();
        UaLineConnection connection = WiredLine.Connect(server.EndpointUrl);
        Assert.That(() => connection.ConnectAsync(cancellationToken), Throws.InstanceOf<LineUnreachableException>());
        Task<DataValue[]> reading = connection.ReadAsync(
            [new TagRead(new TagAddress("Mixer.Profile"))], cancellationToken);
        await connection.DisposeAsync();
        Assert.That(async () => await reading, Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<Channel<TagChange>> WatchAsync(UaLineConnection connection, string[] tags)
    {
        var seen = Channel.CreateUnbounded<TagChange>();
        await connection.SubscribeAsync(
            [.. tags.Select(t => new TagAddress(t))],
            TimeSpan.FromMilliseconds(10),
            changes =>
            {
                foreach (TagChange change in changes)
                {
                    seen.Writer.TryWrite(change);
                }
            },
            CancellationToken.None);
        return seen;
    }

    private static async Task TalkHttpAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using Socket socket = await listener.AcceptSocketAsync(cancellationToken);
                await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), cancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test stopped the listener.
        }
    }
}
