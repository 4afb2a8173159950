using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Server;

[CancelAfter(30_000)]
internal sealed class SessionServiceTests
{
    private LineServer line = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp() => line = await LineServer.StartAsync(new UaServerLimits { MaxSessions = 2 });

    [TearDown]
    public async Task TearDown() => await line.DisposeAsync();

    private async Task<RequestChannel> ChannelAsync() => await RequestChannel.ConnectAsync(
        new UaClientOptions { EndpointUrl = line.Server.EndpointUrl, AllowInsecure = true },
        TimeProvider.System, Token);

    private static Task<T> SendAsync<T>(RequestChannel channel, IUaRequest request, NodeId token = default)
        where T : class, IUaResponse => channel.SendAsync<T>(request, token, TimeSpan.FromSeconds(10), Token);

    private static ReadRequest Read => new()
    {
        NodesToRead =
            [new ReadValueId { NodeId = VariableIds.Server_ServerStatus_State, AttributeId = AttributeId.Value }],
    };

    [Test]
    public async Task Session_BeforeActivation_ServesNothing()
    {
        await using var channel = await ChannelAsync();
        var session = await SendAsync<CreateSessionResponse>(channel, new CreateSessionRequest());
        Assert.That(session.ServerNonce, Has.Length.GreaterThanOrEqualTo(32));
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<ReadResponse>(channel, Read, session.AuthenticationToken)),
            Is.EqualTo(StatusCodes.BadSessionNotActivated));
    }

    [Test]
    public async Task Token_ThatIsInvented_IsRefused()
    {
        await using var channel = await ChannelAsync();
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<ReadResponse>(channel, Read, new NodeId(0, new byte[32]))),
            Is.EqualTo(StatusCodes.BadSessionIdInvalid));
    }

    [Test]
    public async Task Session_OnAnotherChannel_ServesOnlyAfterActivationThere()
    {
        await using var first = await ChannelAsync();
        await using var second = await ChannelAsync();
        var session = await SendAsync<CreateSessionResponse>(first, new CreateSessionRequest());
        var token = session.AuthenticationToken;
        Assert.That(
            await LineServer.RefusalAsync(
                SendAsync<ActivateSessionResponse>(second, new ActivateSessionRequest(), token)),
            Is.EqualTo(StatusCodes.BadSecureChannelIdInvalid), "the first activation is the creator's");
        var nonce = (await SendAsync<ActivateSessionResponse>(first, new ActivateSessionRequest(), token)).ServerNonce;
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<ReadResponse>(second, Read, token)),
            Is.EqualTo(StatusCodes.BadSecureChannelIdInvalid));

        var again = await SendAsync<ActivateSessionResponse>(second, new ActivateSessionRequest(), token);
        Assert.That(again.ServerNonce, Is.Not.EqualTo(nonce));
        var read = await SendAsync<ReadResponse>(second, Read, token);
        Assert.That(read.Results[0].Status, Is.EqualTo(StatusCodes.Good));
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<ReadResponse>(first, Read, token)),
            Is.EqualTo(StatusCodes.BadSecureChannelIdInvalid));
    }

    [Test]
    public async Task Session_ThatIsSilentForItsTimeout_IsClosed()
    {
        await using var channel = await ChannelAsync();
        var session = await SendAsync<CreateSessionResponse>(
            channel, new CreateSessionRequest { RequestedSessionTimeoutMs = 10_000 });
        await SendAsync<ActivateSessionResponse>(channel, new ActivateSessionRequest(), session.AuthenticationToken);
        line.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(line.Server.SessionCount, Is.EqualTo(1));
        await SendAsync<ReadResponse>(channel, Read, session.AuthenticationToken);
        line.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(line.Server.SessionCount, Is.EqualTo(1), "a request keeps it alive");
        line.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(line.Server.SessionCount, Is.Zero);
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<ReadResponse>(channel, Read, session.AuthenticationToken)),
            Is.EqualTo(StatusCodes.BadSessionIdInvalid));
    }

    [TestCase(0, 1_000)]
    [TestCase(5_000, 5_000)]
    [TestCase(1e12, 3_600_000)]
    [TestCase(double.NaN, 1_000)]
    public async Task SessionTimeout_IsRevisedIntoItsRange(double wanted, double revised)
    {
        await using var channel = await ChannelAsync();
        var session = await SendAsync<CreateSessionResponse>(
            channel, new CreateSessionRequest { RequestedSessionTimeoutMs = wanted });
        Assert.That(session.RevisedSessionTimeoutMs, Is.EqualTo(revised));
    }

    [Test]
    public async Task Sessions_OverTheLimit_AreRefusedUntilOneCloses()
    {
        await using var channel = await ChannelAsync();
        var first = await ActivatedAsync(channel);
        await ActivatedAsync(channel);
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<CreateSessionResponse>(channel, LongSession)),
            Is.EqualTo(StatusCodes.BadTooManySessions));
        await SendAsync<CloseSessionResponse>(channel, new CloseSessionRequest(), first);
        await ActivatedAsync(channel);
        Assert.That(line.Server.SessionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Sessions_ThatAreOnlyCreated_MakeRoomForTheNext()
    {
        await using var channel = await ChannelAsync();
        var oldest = await SendAsync<CreateSessionResponse>(channel, LongSession);
        var second = await SendAsync<CreateSessionResponse>(channel, LongSession);
        await ActivatedAsync(channel);
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<ActivateSessionResponse>(
                channel, new ActivateSessionRequest(), oldest.AuthenticationToken)),
            Is.EqualTo(StatusCodes.BadSessionIdInvalid));
        await SendAsync<ActivateSessionResponse>(channel, new ActivateSessionRequest(), second.AuthenticationToken);
    }

    private static CreateSessionRequest LongSession => new() { RequestedSessionTimeoutMs = 60_000 };

    private static async Task<NodeId> ActivatedAsync(RequestChannel channel)
    {
        var session = await SendAsync<CreateSessionResponse>(channel, LongSession);
        await SendAsync<ActivateSessionResponse>(channel, new ActivateSessionRequest(), session.AuthenticationToken);
        return session.AuthenticationToken;
    }

    [Test]
    public async Task Identity_OtherThanAnonymous_IsRefused()
    {
        await using var channel = await ChannelAsync();
        var session = await SendAsync<CreateSessionResponse>(channel, new CreateSessionRequest());
        async Task<StatusCode> TryAsync(IUaStructure identity) => await LineServer.RefusalAsync(
            SendAsync<ActivateSessionResponse>(
                channel,
                new ActivateSessionRequest { UserIdentityToken = ExtensionObject.Of(identity) },
                session.AuthenticationToken));
        Assert.That(
            await TryAsync(new UserNameIdentityToken { UserName = "operator" }),
            Is.EqualTo(StatusCodes.BadIdentityTokenRejected));
        Assert.That(
            await TryAsync(new AnonymousIdentityToken { PolicyId = "other" }),
            Is.EqualTo(StatusCodes.BadIdentityTokenInvalid));
    }

    [Test]
    public async Task FindServers_NamesThisServer()
    {
        await using var channel = await ChannelAsync();
        var found = await SendAsync<FindServersResponse>(
            channel, new FindServersRequest { EndpointUrl = "opc.tcp://line-plc:1/x" });
        Assert.That(
            found.Servers.Single().DiscoveryUrls,
            Is.EqualTo(new[] { $"opc.tcp://line-plc:{line.Server.Port}" }));
        var none = await SendAsync<FindServersResponse>(channel, new FindServersRequest { ServerUris = ["urn:other"] });
        Assert.That(none.Servers, Is.Empty);
    }

    [Test]
    public async Task Port_ThatIsTaken_IsNamedInWords()
    {
        await using var second = new UaServer(
            new UaServerOptions { Port = line.Server.Port, AllowInsecure = true }, new AddressSpace(), line.Time);
        Assert.That(
            async () => await second.StartAsync(Token),
            Throws.TypeOf<IOException>().With.Message.Contains($"Port {line.Server.Port} on 127.0.0.1 is taken"));
    }

    [Test]
    public async Task Server_ThatStops_LetsItsClientsKnow()
    {
        await using var client = await UaClient.ConnectAsync(
            new UaClientOptions { EndpointUrl = line.Server.EndpointUrl, AllowInsecure = true },
            TimeProvider.System, Token);
        var ended = new TaskCompletionSource();
        client.StateChanged += _ => ended.TrySetResult();
        await line.Server.DisposeAsync();
        await ended.Task.WaitAsync(Token);
        Assert.That(client.IsConnected, Is.False);
    }

    [Test]
    public async Task Response_OverTheClientsSize_IsReplacedByAFault()
    {
        LineServer.Set(line.Profile, Variant.Of(new double[20_000]));
        var answers = System.Threading.Channels.Channel.CreateUnbounded<IUaResponse>();
        var options = new ClientChannelOptions(line.Server.EndpointUrl)
        {
            Limits = TransportLimits.Default with { MaxMessageSize = 100_000 },
        };
        await using var channel = await ClientChannel.ConnectAsync(
            options,
            (in ReceivedMessage message) =>
            {
                var decoder = new UaDecoder(message.Body.Span);
                answers.Writer.TryWrite(UaMessages.ReadResponse(ref decoder));
            },
            TimeProvider.System,
            Token);
        async Task<IUaResponse> AskAsync(IUaRequest request)
        {
            using var encoder = new UaEncoder();
            UaMessages.Write(encoder, request);
            await channel.SendAsync(channel.NextRequestId(), encoder.WrittenMemory, Token);
            return await answers.Reader.ReadAsync(Token);
        }

        var session = (CreateSessionResponse)await AskAsync(
            new CreateSessionRequest { RequestedSessionTimeoutMs = 60_000 });
        var header = new RequestHeader { AuthenticationToken = session.AuthenticationToken };
        await AskAsync(new ActivateSessionRequest { RequestHeader = header });
        var answer = await AskAsync(new ReadRequest
        {
            RequestHeader = header,
            NodesToRead = [new ReadValueId { NodeId = line.Profile.NodeId, AttributeId = AttributeId.Value }],
        });
        Assert.That(answer.ResponseHeader.ServiceResult, Is.EqualTo(StatusCodes.BadResponseTooLarge));
    }
}
