using CoatLine.Conformance.Tests.Servers;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;

namespace CoatLine.Conformance.Tests;

/// <summary>Who is let in, by both ends, at every policy.</summary>
[TestFixtureSource(typeof(Row), nameof(Row.All))]
[CancelAfter(LongestMs)]
public sealed class LineTrustConformance(Row row)
{
    private const int LongestMs = 60_000;

    private UaLineConnectionOptions options = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    private static TestCertificates Certificates => TestCertificates.Instance;

    private static UserIdentity Operator => UserIdentity.UserName(TestCertificates.UserName, TestCertificates.Password);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(ServerPark.LongestStart);
        LineServer server = await ServerPark.SharedAsync(row.Server, limit.Token);
        options = Clients.Options(row, server.EndpointUrl);
    }

    [Test]
    public async Task User_WithHisPassword_IsLetIn() => await ReadsAsync(options with { User = Operator });

    [Test]
    public async Task User_WithAWrongPassword_IsRefused()
    {
        UserIdentity wrong = UserIdentity.UserName(TestCertificates.UserName, TestCertificates.Password + "x");
        await RefusedAsync(options with { User = wrong });
    }

    [Test]
    public async Task User_WithATrustedCertificate_IsLetIn() =>
        await ReadsAsync(options with { User = UserIdentity.Certificate(Certificates.User) });

    [Test]
    public async Task User_WithACertificateNobodyTrusts_IsRefused() =>
        await RefusedAsync(options with { User = UserIdentity.Certificate(Certificates.UserNobodyTrusts) });

    [Test]
    public async Task Server_NotTrusted_IsRefusedByTheClientWhichSaysSo()
    {
        if (row.Security.Policy.IsNone)
        {
            // Without security nobody shows a certificate; then the client must have been told that this is allowed.
            string why = await RefusedAsync(options with { AllowInsecure = false });
            Assert.That(why, Does.Contain("AllowInsecure"));
            return;
        }

        ApplicationPki suspicious = Certificates.ClientThatTrustsNobody;
        Assert.That(await RefusedAsync(options with { Pki = suspicious }), Does.Contain("not trusted"));
    }

    [Test]
    public async Task Client_NotTrusted_IsRefusedByTheServer()
    {
        UaLineConnectionOptions stranger = options with { Pki = Certificates.ClientNobodyTrusts };
        if (row.Security.Policy.IsNone)
        {
            await ReadsAsync(stranger);
        }
        else
        {
            await RefusedAsync(stranger);
        }
    }

    [Test]
    public async Task Client_ThatMayChoose_TakesWhatTheServerOffersAndIsSecure()
    {
        UaLineConnectionOptions free = options with
        {
            SecurityPolicy = null,
            SecurityMode = MessageSecurityMode.Invalid,
            AllowInsecure = false,
        };
        await ReadsAsync(free);
    }

    private async Task ReadsAsync(UaLineConnectionOptions with)
    {
        await using ILineConnection client = Clients.Create(row.Stack, with);
        await client.ConnectAsync(Token);
        DataValue[] read = await client.ReadAsync([new TagRead(new TagAddress("Types.Locked"))], Token);
        Assert.That(read[0].Value, Is.EqualTo(Variant.Of(5)));
    }

    /// <summary>Fails unless connecting is refused; gives why.</summary>
    private async Task<string> RefusedAsync(UaLineConnectionOptions with)
    {
        await using ILineConnection client = Clients.Create(row.Stack, with);
        try
        {
            await client.ConnectAsync(Token);
        }
        catch (LineUnreachableException refused)
        {
            Assert.That(client.State.IsUp, Is.False);
            return refused.Message;
        }

        throw new AssertionException("The connection was expected to be refused.");
    }
}
