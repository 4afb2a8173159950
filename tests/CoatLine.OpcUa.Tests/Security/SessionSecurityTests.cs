using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Server;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>CreateSession and ActivateSession on secured channels, request by request, with what is wrong in one of
/// them.</summary>
[CancelAfter(60_000)]
internal sealed class SessionSecurityTests
{
    private SecuredLine line = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp() => line = await SecuredLine.StartAsync(
        o => o with { CheckUser = (name, password) => name == password });

    [TearDown]
    public async Task TearDown() => await line.DisposeAsync();

    private async Task<RequestChannel> ChannelAsync(Func<UaClientOptions, UaClientOptions>? change = null) =>
        await RequestChannel.ConnectAsync(
            change?.Invoke(line.Options()) ?? line.Options(), TimeProvider.System, Token);

    private static Task<T> SendAsync<T>(RequestChannel channel, IUaRequest request, NodeId token = default)
        where T : class, IUaResponse => channel.SendAsync<T>(request, token, TimeSpan.FromSeconds(10), Token);

    private static CreateSessionRequest Request(RequestChannel channel, string? uri = null) =>
        channel.Security.Complete(new CreateSessionRequest
        {
            ClientDescription = new ApplicationDescription { ApplicationUri = uri ?? Party.Client.Uri },
            RequestedSessionTimeoutMs = 60_000,
        });

    private static async Task<(CreateSessionRequest Request, CreateSessionResponse Created)> CreateAsync(
        RequestChannel channel)
    {
        var request = Request(channel);
        return (request, await SendAsync<CreateSessionResponse>(channel, request));
    }

    private static Task<ActivateSessionResponse> ActivateAsync(
        RequestChannel channel, CreateSessionResponse created, byte[]? nonce = null) =>
        SendAsync<ActivateSessionResponse>(
            channel, channel.Security.ActivateRequest(created, nonce ?? created.ServerNonce),
            created.AuthenticationToken);

    [Test]
    public async Task CreateSession_WithAnotherCertificateThanTheChannels_IsRefused()
    {
        await using var channel = await ChannelAsync();
        var request = Request(channel) with { ClientCertificate = Party.Of("other", 2048).Own.Certificate.RawData };
        Assert.That(
            await LineServer.RefusalAsync(SendAsync<CreateSessionResponse>(channel, request)),
            Is.EqualTo(StatusCodes.BadCertificateInvalid));
    }

    [Test]
    public async Task CreateSession_UnderAnotherNameThanTheCertificates_IsRefused()
    {
        await using var channel = await ChannelAsync();
        Assert.That(
            await LineServer.RefusalAsync(
                SendAsync<CreateSessionResponse>(channel, Request(channel, uri: "urn:somebody:else"))),
            Is.EqualTo(StatusCodes.BadCertificateUriInvalid));
    }

    [TestCase(31, false)]
    [TestCase(32, true)]
    [TestCase(128, true)]
    [TestCase(129, false)]
    public async Task CreateSession_WithANonceOfThisLength_IsTakenOrNot(int length, bool isTaken)
    {
        await using var channel = await ChannelAsync();
        var creating = SendAsync<CreateSessionResponse>(
            channel, Request(channel) with { ClientNonce = new byte[length] });
        if (isTaken)
        {
            Assert.That((await creating).ServerNonce, Has.Length.EqualTo(32));
        }
        else
        {
            Assert.That(await LineServer.RefusalAsync(creating), Is.EqualTo(StatusCodes.BadNonceInvalid));
        }
    }

    [Test]
    public async Task ActivateSession_WithoutOrWithAWrongSignature_IsRefusedAndARightOneStillWorks()
    {
        await using var channel = await ChannelAsync();
        var (_, created) = await CreateAsync(channel);
        var right = channel.Security.ActivateRequest(created, created.ServerNonce);
        var signature = right.ClientSignature;
        foreach (var wrong in new[]
        {
            new SignatureData(),
            signature with { Algorithm = UaSecurityPolicy.Basic256Sha256.SignatureUri },
            signature with { Signature = [.. signature.Signature!.Reverse()] },
        })
        {
            Assert.That(
                await LineServer.RefusalAsync(SendAsync<ActivateSessionResponse>(
                    channel, right with { ClientSignature = wrong }, created.AuthenticationToken)),
                Is.EqualTo(StatusCodes.BadApplicationSignatureInvalid));
        }

        var activated = await SendAsync<ActivateSessionResponse>(channel, right, created.AuthenticationToken);
        Assert.That(activated.ServerNonce, Has.Length.EqualTo(32).And.Not.EqualTo(created.ServerNonce));
        Assert.That(
            await LineServer.RefusalAsync(
                SendAsync<ActivateSessionResponse>(channel, right with { }, created.AuthenticationToken)),
            Is.EqualTo(StatusCodes.BadApplicationSignatureInvalid), "the nonce has been used up");
        await ActivateAsync(channel, created, activated.ServerNonce);
    }

    [Test]
    public async Task Session_OnANewChannelOfTheSameClient_IsActivatedWithTheLastNonce()
    {
        await using var first = await ChannelAsync();
        var (_, created) = await CreateAsync(first);
        var activated = await ActivateAsync(first, created);
        await first.DisposeAsync();
        await using var second = await ChannelAsync();
        Assert.That(
            await LineServer.RefusalAsync(ActivateAsync(second, created)),
            Is.EqualTo(StatusCodes.BadApplicationSignatureInvalid));
        await ActivateAsync(second, created, activated.ServerNonce);
        Assert.That(line.Server.SessionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Session_OnAChannelOfAnotherClientOrOtherSecurity_IsRefused()
    {
        await using var first = await ChannelAsync();
        var (_, created) = await CreateAsync(first);
        var activated = await ActivateAsync(first, created);
        var stranger = Party.Of("other", 2048).With(line.Party);
        await using var theirs = await ChannelAsync(
            o => o with { ApplicationUri = stranger.Uri, Pki = stranger.Pki });
        await using var weaker = await ChannelAsync(o => o with { SecurityMode = MessageSecurityMode.Sign });
        await using var older = await ChannelAsync(o => o with { SecurityPolicy = UaSecurityPolicy.Basic256Sha256 });
        foreach (var channel in new[] { theirs, weaker, older })
        {
            Assert.That(
                await LineServer.RefusalAsync(ActivateAsync(channel, created, activated.ServerNonce)),
                Is.EqualTo(StatusCodes.BadSecurityChecksFailed));
        }
    }

    [Test]
    public async Task Session_OnANewChannelWithAnotherUser_IsRefused()
    {
        await using var first = await ChannelAsync(o => o with { User = UserIdentity.UserName("one", "one") });
        var (_, created) = await CreateAsync(first);
        var activated = await ActivateAsync(first, created);
        await using var second = await ChannelAsync(o => o with { User = UserIdentity.UserName("two", "two") });
        Assert.That(
            await LineServer.RefusalAsync(ActivateAsync(second, created, activated.ServerNonce)),
            Is.EqualTo(StatusCodes.BadIdentityChangeNotSupported));
    }

    [Test]
    public async Task Client_ToldSomethingElseThanBefore_RefusesTheSession()
    {
        await using var channel = await ChannelAsync();
        var (request, created) = await CreateAsync(channel);
        channel.Security.Check(request, created);
        void Refuses(CreateSessionResponse changed, StatusCode status) => Assert.That(
            () => channel.Security.Check(request, changed),
            Throws.TypeOf<UaException>().With.Property("Status").EqualTo(status));

        var other = Party.Of("other", 2048).Own.Certificate.RawData;
        var signature = created.ServerSignature;
        Refuses(created with { ServerCertificate = other }, StatusCodes.BadSecurityChecksFailed);
        Refuses(created with { ServerNonce = new byte[31] }, StatusCodes.BadNonceInvalid);
        Refuses(created with { ServerNonce = null }, StatusCodes.BadNonceInvalid);
        Refuses(
            created with { ServerSignature = new SignatureData() }, StatusCodes.BadApplicationSignatureInvalid);
        Refuses(
            created with { ServerSignature = signature with { Signature = new byte[256] } },
            StatusCodes.BadApplicationSignatureInvalid);
        Refuses(
            created with { ServerSignature = signature with { Algorithm = null } },
            StatusCodes.BadApplicationSignatureInvalid);

        // Somebody has hidden an endpoint from discovery, or weakened its user tokens.
        var hidden = created.ServerEndpoints[0] with { SecurityLevel = 99 };
        Refuses(
            created with { ServerEndpoints = [hidden, .. created.ServerEndpoints] },
            StatusCodes.BadSecurityChecksFailed);
        Refuses(created with { ServerEndpoints = created.ServerEndpoints[1..] }, StatusCodes.BadSecurityChecksFailed);
        var bare = created.ServerEndpoints[0] with { UserIdentityTokens = [] };
        Refuses(
            created with { ServerEndpoints = [bare, .. created.ServerEndpoints[1..]] },
            StatusCodes.BadSecurityChecksFailed);
        channel.Security.Check(request, created with { ServerEndpoints = [.. created.ServerEndpoints.Reverse()] });
    }
}
