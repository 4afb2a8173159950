using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Server;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>Client and server with security, over real sockets.</summary>
[CancelAfter(60_000)]
internal sealed class SecuredSessionTests
{
    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    private static IEnumerable<TestCaseData> Securities() =>
        from policy in UaSecurityPolicy.Secured
        from mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt }
        select new TestCaseData(policy, mode);

    [TestCaseSource(nameof(Securities))]
    public async Task Client_WithPolicyAndMode_ReadsAndRenews(UaSecurityPolicy policy, MessageSecurityMode mode)
    {
        await using var line = await SecuredLine.StartAsync();
        await using var client = await SecuredLine.ConnectAsync(
            line.Options() with { SecurityPolicy = policy, SecurityMode = mode }, Token);
        Assert.That(await SecuredLine.StateAsync(client, Token), Is.Zero);
        Assert.That(line.Server.SessionCount, Is.EqualTo(1));
    }

    [TestCase(2048, 3072)]
    [TestCase(3072, 2048)]
    [TestCase(4096, 4096)]
    public async Task Client_WithKeysOfOtherLengths_Reads(int serverBits, int clientBits)
    {
        await using var line = await SecuredLine.StartAsync(party: Party.Of("server", serverBits));
        await using var client = await SecuredLine.ConnectAsync(line.Options(Party.Of("client", clientBits)), Token);
        Assert.That(await SecuredLine.StateAsync(client, Token), Is.Zero);
    }

    [Test]
    public async Task Client_WithoutWishes_TakesTheStrongestEndpoint()
    {
        await using var line = await SecuredLine.StartAsync(o => o with { AllowInsecure = true });
        var security = await ClientSecurity.PrepareAsync(
            line.Options() with { AllowInsecure = true }, TimeSpan.FromSeconds(10), TimeProvider.System, Token);
        Assert.That(security.Policy.Uri, Is.EqualTo(UaSecurityPolicy.Aes256_Sha256_RsaPss.Uri));
        Assert.That(security.Mode, Is.EqualTo(MessageSecurityMode.SignAndEncrypt));
    }

    [Test]
    public async Task Client_WithoutCertificateOrLeave_IsToldWhatToSet()
    {
        await using var line = await SecuredLine.StartAsync(o => o with { AllowInsecure = true });
        var failure = await SecuredLine.FailureAsync(SecuredLine.ConnectAsync(
            new UaClientOptions { EndpointUrl = line.Server.EndpointUrl }, Token));
        Assert.That(failure.Message, Does.Contain("AllowInsecure").And.Contain("Pki"));
    }

    [Test]
    public async Task Server_ThatOffersNoneOnly_IsRefusedUnlessAllowed()
    {
        await using var line = await SecuredLine.StartAsync(o => o with { Pki = null, AllowInsecure = true });
        var failure = await SecuredLine.FailureAsync(SecuredLine.ConnectAsync(line.Options(), Token));
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadSecurityPolicyRejected));
        Assert.That(failure.Message, Does.Contain("None None").And.Contain("AllowInsecure"));
        await using var client = await SecuredLine.ConnectAsync(line.Options() with { AllowInsecure = true }, Token);
        Assert.That(await SecuredLine.StateAsync(client, Token), Is.Zero);
    }

    [Test]
    public void Server_WithoutAnyEndpoint_IsNoServer() => Assert.That(
        () => new UaServer(new UaServerOptions(), new AddressSpace(), TimeProvider.System),
        Throws.ArgumentException.With.Message.Contains("AllowInsecure"));

    [Test]
    public async Task Client_ThatIsNotTrusted_LearnsNoMoreThanThatTheChecksFailed()
    {
        await using var line = await SecuredLine.StartAsync();
        var stranger = Party.Of("stranger", 2048);
        stranger.Store.Add(CoatLine.OpcUa.Pki.PkiFolder.Trusted, line.Party.Own.Certificate);
        var options = line.Options() with { ApplicationUri = stranger.Uri, Pki = stranger.Pki };
        var failure = await SecuredLine.FailureAsync(SecuredLine.ConnectAsync(options, Token));
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadSecurityChecksFailed));
        Assert.That(failure.InnerException!.Message, Does.Contain("The security checks failed"));
        Assert.That(failure.InnerException.Message, Does.Not.Contain("Untrusted"), "what came over the wire");
        Assert.That(failure.Message, Does.Contain(stranger.Own.Certificate.Thumbprint));
        Assert.That(line.Incidents.Single().Why, Does.Contain("BadCertificateUntrusted"));
    }

    [Test]
    public async Task Server_ThatIsNotTrusted_IsNotConnected()
    {
        await using var line = await SecuredLine.StartAsync(party: Party.Of("unknown", 2048));
        var party = Party.Of("careful", 2048);
        var options = line.Options() with { ApplicationUri = party.Uri, Pki = party.Pki };
        var failure = await SecuredLine.FailureAsync(SecuredLine.ConnectAsync(options, Token));
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadCertificateUntrusted));
        Assert.That(line.Server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task Client_UnderAnotherNameThanItsCertificate_IsStoppedAtHome()
    {
        await using var line = await SecuredLine.StartAsync();
        var failure = await SecuredLine.FailureAsync(SecuredLine.ConnectAsync(
            line.Options() with { ApplicationUri = "urn:somebody:else" }, Token));
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadCertificateUriInvalid));
        Assert.That(failure.Message, Does.Contain("urn:somebody:else").And.Contain(Party.Client.Uri));
    }

    [Test]
    public async Task Discovery_WhereNoneIsNotOnOffer_WorksWithoutSecurityAndSessionsDoNot()
    {
        await using var line = await SecuredLine.StartAsync();
        var endpoints = await UaDiscovery.GetEndpointsAsync(line.Server.EndpointUrl, TimeProvider.System, Token);
        Assert.That(
            endpoints.Select(e => (UaSecurityPolicy.Find(e.SecurityPolicyUri)!.Name, e.SecurityMode, e.SecurityLevel)),
            Is.EqualTo(new[]
            {
                ("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, (byte)23),
                ("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, (byte)22),
                ("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt, (byte)21),
                ("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign, (byte)13),
                ("Basic256Sha256", MessageSecurityMode.Sign, (byte)12),
                ("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign, (byte)11),
            }));
        Assert.That(endpoints.Select(e => e.ServerCertificate), Is.All.EqualTo(line.Party.Own.Chain.ToArray()));
        var servers = await UaDiscovery.FindServersAsync(line.Server.EndpointUrl, TimeProvider.System, Token);
        Assert.That(servers.Single().ApplicationUri, Is.EqualTo(line.Party.Uri));
        Assert.That(
            await LineServer.RefusalAsync(SecuredLine.ConnectAsync(
                new UaClientOptions { EndpointUrl = line.Server.EndpointUrl, AllowInsecure = true }, Token)),
            Is.EqualTo(StatusCodes.BadSecurityModeRejected));
    }
}
