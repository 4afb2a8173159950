using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Client;

[TestFixture]
[CancelAfter(LongestMs)]
internal sealed class UaClientTests
{
    private const int LongestMs = 30_000;
    private static readonly NodeId First = new(1, "First");
    private static readonly NodeId Second = new(1, "Second");

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Connect_ToServerThatReportsAnotherUrl_KeepsItsOwn()
    {
        await using var server = ScriptedServer.Start(_ => null);
        await using var client = await Connect(server, TimeProvider.System);
        var create = await server.NextAsync<CreateSessionRequest>(Token);
        var activate = await server.NextAsync<ActivateSessionRequest>(Token);
        Assert.That(create.EndpointUrl, Is.EqualTo(server.Url));
        Assert.That(
            activate.UserIdentityToken.Structure, Is.EqualTo(new AnonymousIdentityToken { PolicyId = "nobody" }));
        Assert.That(activate.RequestHeader.AuthenticationToken, Is.EqualTo(new NodeId(1, 2u)));
        Assert.That(client.NamespaceArray, Is.EqualTo(new[] { "http://opcfoundation.org/UA/", "urn:scripted" }));
    }

    [Test]
    public async Task Connect_ToServerThatRefusesTheSession_FailsWithItsStatus()
    {
        await using var server = ScriptedServer.Start(request => request is CreateSessionRequest
            ? ScriptedServer.Fault(StatusCodes.BadTooManySessions)
            : null);
        var failure = await Failure(Connect(server, TimeProvider.System));
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadTooManySessions));
    }

    [Test]
    public async Task Connect_ToAWebServer_SaysThatItSpeaksSomethingElse()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        var options = new UaClientOptions
        {
            AllowInsecure = true,
            EndpointUrl = $"opc.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
        };
        var failure = await Failure(UaClient.ConnectAsync(options, TimeProvider.System, Token));
        Assert.That(failure.Message, Does.Contain("does not speak OPC UA").And.Contain("HTTP"));
        await answering;
    }

    [Test]
    public async Task Call_WhenAnswersComeInAnotherOrder_GetsItsOwn()
    {
        await using var server = ScriptedServer.Start(HoldTests);
        await using var client = await Connect(server, TimeProvider.System);
        var first = client.ReadAsync([First], Token);
        var firstRequest = await NextTestRead(server);
        var second = client.ReadAsync([Second], Token);
        var secondRequest = await NextTestRead(server);
        await server.AnswerAsync(secondRequest, Answer(2));
        await server.AnswerAsync(firstRequest, Answer(1));
        Assert.That((await second)[0].Value, Is.EqualTo(Variant.Of(2)));
        Assert.That((await first)[0].Value, Is.EqualTo(Variant.Of(1)));
    }

    [Test]
    public async Task Call_WithoutAnswer_TimesOutAndALateAnswerHarmsNobody()
    {
        var time = new FakeTimeProvider();
        await using var server = ScriptedServer.Start(HoldTests);
        await using var client = await Connect(server, time, TimeSpan.FromHours(1));
        var call = client.ReadAsync([First], Token);
        var late = await NextTestRead(server);
        Assert.That(late.RequestHeader.TimeoutHintMs, Is.EqualTo(10_000));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That(call.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));
        var failure = await Failure(call);
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadTimeout));
        Assert.That(failure.Message, Does.Contain("unknown"));

        await server.AnswerAsync(late, Answer(1));
        var next = client.ReadAsync([Second], Token);
        await server.AnswerAsync(await NextTestRead(server), Answer(2));
        Assert.That((await next)[0].Value, Is.EqualTo(Variant.Of(2)));
        Assert.That(client.IsConnected);
    }

    [Test]
    public async Task Call_ThatIsCancelled_LeavesTheConnectionAlone()
    {
        await using var server = ScriptedServer.Start(HoldTests);
        await using var client = await Connect(server, TimeProvider.System);
        using var cancelling = new CancellationTokenSource();
        var call = client.ReadAsync([First], cancelling.Token);
        await NextTestRead(server);
        await cancelling.CancelAsync();
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(client.IsConnected);
    }

    [Test]
    public async Task Connection_WhenItBreaks_FailsPendingCallsAndComesBackInTheSameSession()
    {
        await using var server = ScriptedServer.Start(HoldTests);
        await using var client = await Connect(server, TimeProvider.System);
        var states = States(client);
        var calls = new[] { client.ReadAsync([First], Token), client.ReadAsync([Second], Token) };
        await NextTestRead(server);
        await NextTestRead(server);
        server.Cut();

        foreach (var call in calls)
        {
            Assert.That((await Failure(call)).Status, Is.EqualTo(StatusCodes.BadConnectionClosed));
        }

        var down = await states.ReadAsync(Token);
        var up = await states.ReadAsync(Token);
        Assert.That((down.IsUp, down.SessionNumber), Is.EqualTo((false, 1)));
        Assert.That(down.Why, Does.Contain("closed the connection").Or.Contain("is lost"));
        Assert.That(up, Is.EqualTo(new UaClientState(true, 1, "")));
        Assert.That(client.IsConnected);
        await server.NextAsync<ActivateSessionRequest>(Token);
        Assert.That(server.Seen<ReadRequest>(IsTestRead), Is.Zero, "a call must not be sent twice");
    }

    [Test]
    public async Task Call_WithoutALink_FailsAndSendsNothing()
    {
        await using var server = ScriptedServer.Start(_ => null);
        await using var client = await Connect(server, TimeProvider.System);
        var states = States(client);
        var session = client.Session;
        server.Refuse();
        await states.ReadAsync(Token);
        Assert.That((await Failure(client.ReadAsync([First], Token))).Status, Is.EqualTo(StatusCodes.BadNotConnected));
        Assert.That((await Failure(session.ReadAsync([First], Token))).Status, Is.EqualTo(StatusCodes.BadNotConnected));
        Assert.That(client.IsConnected, Is.False);
    }

    [Test]
    public async Task Client_WhenItIsClosed_SaysGoodbye()
    {
        await using var server = ScriptedServer.Start(_ => null);
        var client = await Connect(server, TimeProvider.System);
        await client.DisposeAsync();
        Assert.That((await server.NextAsync<CloseSessionRequest>(Token)).DeleteSubscriptions);
        await client.Completion.WaitAsync(Token);
        Assert.That((await Failure(client.ReadAsync([First], Token))).Status, Is.EqualTo(StatusCodes.BadNotConnected));
    }

    [Test]
    public async Task Session_ThatTheServerNoLongerKnows_IsReplacedByANewOne()
    {
        await using var server = ScriptedServer.Start(request =>
            request is ReadRequest read && read.NodesToRead[0].NodeId == First
                ? ScriptedServer.Fault(StatusCodes.BadSessionIdInvalid)
                : null);
        await using var client = await Connect(server, TimeProvider.System);
        var states = States(client);
        var old = client.Session;
        await Failure(client.ReadAsync([First], Token));
        await states.ReadAsync(Token);
        Assert.That(await states.ReadAsync(Token), Is.EqualTo(new UaClientState(true, 2, "")));

        // What was found in the old session must not be used in the new one.
        var refused = await Failure(old.ReadAsync([Second], Token));
        Assert.That(refused.Status, Is.EqualTo(StatusCodes.BadSessionClosed));
        Assert.That((await client.ReadAsync([Second], Token))[0].Status, Is.EqualTo(StatusCodes.BadNodeIdUnknown));
    }

    [Test]
    public async Task Session_ThatCannotBeActivatedAgain_IsReplacedByANewOne()
    {
        var activations = 0;
        await using var server = ScriptedServer.Start(request =>
            request is ActivateSessionRequest && Interlocked.Increment(ref activations) == 2
                ? ScriptedServer.Fault(StatusCodes.BadSessionIdInvalid)
                : null);
        await using var client = await Connect(server, TimeProvider.System);
        var states = States(client);
        server.Cut();
        await states.ReadAsync(Token);
        Assert.That(await states.ReadAsync(Token), Is.EqualTo(new UaClientState(true, 2, "")));
    }

    [Test]
    public async Task Server_ThatGoesSilent_IsNoticedByTheKeepAliveAndReachedAnew()
    {
        var time = new FakeTimeProvider();
        var silent = false;
        await using var server = ScriptedServer.Start(request =>
            Volatile.Read(ref silent) && request is ReadRequest ? ScriptedServer.Held : null);
        await using var client = await Connect(server, time);
        var states = States(client);
        Volatile.Write(ref silent, true);
        time.Advance(TimeSpan.FromSeconds(5));
        await NextRead(server, VariableIds.Server_ServerStatus_State);
        time.Advance(TimeSpan.FromSeconds(3));
        var down = await states.ReadAsync(Token);
        Assert.That(down.Why, Does.Contain("does not answer any more"));
        Assert.That((await states.ReadAsync(Token)).IsUp);
        Assert.That(server.Connections, Is.EqualTo(2));
    }

    [Test]
    public async Task Batch_ThatIsTooLargeForAServerThatTellsNoLimit_IsHalvedUntilItFits()
    {
        await using var server = ScriptedServer.Start(request => request is ReadRequest { NodesToRead.Length: > 3 }
            ? ScriptedServer.Fault(StatusCodes.BadTooManyOperations)
            : null);
        await using var client = await Connect(server, TimeProvider.System);
        var values = await client.ReadAsync([.. Enumerable.Repeat(First, 20)], Token);
        Assert.That(values, Has.Length.EqualTo(20));
        Assert.That(client.Limits.Read.Most, Is.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task Token_AtThreeQuartersOfItsLife_IsRenewed()
    {
        var time = new FakeTimeProvider();
        await using var server = ScriptedServer.Start(_ => null);
        await using var client = await Connect(server, time, TimeSpan.FromHours(24));
        Assert.That(server.TokensIssued, Is.EqualTo(1));
        time.Advance(TimeSpan.FromMinutes(45));
        while (server.TokensIssued < 2)
        {
            await client.ReadAsync([First], Token);
        }

        // After the old token's life only the new one serves.
        time.Advance(TimeSpan.FromMinutes(40));
        Assert.That((await client.ReadAsync([First], Token))[0].Status, Is.EqualTo(StatusCodes.BadNodeIdUnknown));
    }

    private static IUaResponse? HoldTests(IUaRequest request) => IsTestRead(request) ? ScriptedServer.Held : null;

    private static bool IsTestRead(IUaRequest request) =>
        request is ReadRequest read && (read.NodesToRead[0].NodeId == First || read.NodesToRead[0].NodeId == Second);

    private static async Task<ReadRequest> NextTestRead(ScriptedServer server)
    {
        while (true)
        {
            var read = await server.NextAsync<ReadRequest>(Token);
            if (IsTestRead(read))
            {
                return read;
            }
        }
    }

    private static async Task NextRead(ScriptedServer server, NodeId node)
    {
        while ((await server.NextAsync<ReadRequest>(Token)).NodesToRead[0].NodeId != node)
        {
            // Another one.
        }
    }

    private static ChannelReader<UaClientState> States(UaClient client)
    {
        var states = Channel.CreateUnbounded<UaClientState>();
        client.StateChanged += state => states.Writer.TryWrite(state);
        return states.Reader;
    }

    private static ReadResponse Answer(int value) => new() { Results = [new DataValue(Variant.Of(value))] };

    private static Task<UaClient> Connect(ScriptedServer server, TimeProvider time, TimeSpan? keepAlive = null) =>
        UaClient.ConnectAsync(
            new UaClientOptions
            {
                AllowInsecure = true,
                EndpointUrl = server.Url, KeepAliveInterval = keepAlive ?? TimeSpan.FromSeconds(5),
                SessionTimeout = TimeSpan.FromDays(10),
            },
            time,
            Token);

    private static async Task AnswerAsync(TcpListener listener, byte[] answer)
    {
        using var connection = await listener.AcceptTcpClientAsync(Token);
        await connection.GetStream().WriteAsync(answer, Token);

        // Until the client has gone, so that the answer is not cut off with the connection.
        await connection.GetStream().CopyToAsync(Stream.Null, Token);
    }

    private static async Task<UaException> Failure(Task call)
    {
        try
        {
            await call;
        }
        catch (UaException failure)
        {
            return failure;
        }

        throw new AssertionException("The call was expected to fail.");
    }
}
