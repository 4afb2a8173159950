using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Server;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>Anonymous users, user names and user certificates, on channels with and without security.</summary>
[CancelAfter(60_000)]
internal sealed class UserTokenTests
{
    /// <summary>Longer than one RSA block of any policy and key.</summary>
    private static readonly string LongPassword = new('ß', 250);

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    private static bool Check(string name, string password) => (name, password) switch
    {
        ("operator", "wet film") => true,
        ("long", _) => password == LongPassword,
        ("empty", "") => true,
        ("broken", _) => throw new InvalidOperationException("the directory is down"),
        _ => false,
    };

    private static Task<SecuredLine> StartAsync(TimeProvider? time = null) => SecuredLine.StartAsync(
        o => o with
        {
            AllowInsecure = true,
            CheckUser = Check,
            UserCertificates = Users.Pki.Validator,
            Limits = new UaServerLimits { SendTimeout = TimeSpan.FromHours(1) },
        },
        time: time);

    /// <summary>The store in which the users' certificates are judged.</summary>
    private static Party Users => Party.Of("users", 2048);

    private static IEnumerable<TestCaseData> Channels() =>
        from policy in UaSecurityPolicy.All
        from name in new[] { "operator", "long", "empty" }
        select new TestCaseData(policy, name);

    private static UaClientOptions By(SecuredLine line, UaSecurityPolicy policy, UserIdentity user) =>
        line.Options() with { SecurityPolicy = policy, AllowInsecure = policy.IsNone, User = user };

    [TestCaseSource(nameof(Channels))]
    public async Task UserName_WithItsPassword_IsLetIn(UaSecurityPolicy policy, string name)
    {
        await using var line = await StartAsync();
        var password = name switch { "operator" => "wet film", "long" => LongPassword, _ => "" };
        await using var client = await SecuredLine.ConnectAsync(
            By(line, policy, UserIdentity.UserName(name, password)), Token);
        Assert.That(await SecuredLine.StateAsync(client, Token), Is.Zero);
    }

    [TestCase("operator", "dry film")]
    [TestCase("nobody", "wet film")]
    [TestCase("broken", "wet film")]
    public async Task UserName_WithAWrongPassword_IsNot(string name, string password)
    {
        await using var line = await StartAsync();
        Assert.That(
            await LineServer.RefusalAsync(SecuredLine.ConnectAsync(
                By(line, UaSecurityPolicy.Basic256Sha256, UserIdentity.UserName(name, password)), Token)),
            Is.EqualTo(StatusCodes.BadUserAccessDenied));
        Assert.That(line.Incidents.Last().Why, Does.Contain(name).And.Not.Contain(password));
    }

    [Test]
    public void UserName_AfterTooManyWrongPasswords_IsLockedOutForAGrowingTime()
    {
        var limits = new UaServerLimits();
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-06-01T00:00:00Z"));
        var lockout = new UserLockout(limits, time);
        for (var wrong = 1; wrong < limits.MaxWrongPasswords; wrong++)
        {
            lockout.Wrong("operator");
        }

        Assert.That(lockout.IsLocked("operator"), Is.False);
        for (var expected = limits.FirstLockout; expected < limits.LongestLockout * 2; expected *= 2)
        {
            lockout.Wrong("operator");
            time.Advance((expected < limits.LongestLockout ? expected : limits.LongestLockout)
                - TimeSpan.FromMilliseconds(1));
            Assert.That(lockout.IsLocked("operator"), Is.True);
            Assert.That(lockout.IsLocked("other"), Is.False);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.That(lockout.IsLocked("operator"), Is.False);
        }

        lockout.Right("operator");
        lockout.Wrong("operator");
        Assert.That(lockout.IsLocked("operator"), Is.False, "a right password forgives");
    }

    [Test]
    public void Lockout_OfMoreNamesThanItCounts_KeepsThoseThatAreLockedOut()
    {
        var limits = new UaServerLimits { MaxCountedUsers = 10, MaxWrongPasswords = 2 };
        var lockout = new UserLockout(limits, new FakeTimeProvider());
        lockout.Wrong("operator");
        lockout.Wrong("operator");
        for (var stranger = 0; stranger < 100; stranger++)
        {
            lockout.Wrong($"stranger {stranger}");
        }

        Assert.That(lockout.IsLocked("operator"), Is.True);
    }

    [Test]
    public async Task UserName_ThatIsLockedOut_IsRefusedWithItsPasswordUntilTheTimeIsOver()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-06-01T00:00:00Z"));
        await using var line = await StartAsync(time);
        Task<UaClient> TryAsync(string password) => SecuredLine.ConnectAsync(
            By(line, UaSecurityPolicy.Basic256Sha256, UserIdentity.UserName("operator", password)), Token);
        for (var wrong = 0; wrong < new UaServerLimits().MaxWrongPasswords; wrong++)
        {
            await LineServer.RefusalAsync(TryAsync("dry film"));
        }

        Assert.That(
            await LineServer.RefusalAsync(TryAsync("wet film")), Is.EqualTo(StatusCodes.BadUserAccessDenied));
        Assert.That(line.Incidents.Last().Why, Does.Contain("locked out"));
        time.Advance(new UaServerLimits().FirstLockout);
        await using var client = await TryAsync("wet film");
        Assert.That(await SecuredLine.StateAsync(client, Token), Is.Zero);
    }

    [Test]
    public async Task Certificate_OfAKnownUser_IsLetInOnEveryChannel()
    {
        await using var line = await StartAsync();
        var user = Party.Of("known-user", 2048);
        Users.Store.Add(PkiFolder.Trusted, user.Own.Certificate);
        foreach (var policy in UaSecurityPolicy.All)
        {
            await using var client = await SecuredLine.ConnectAsync(
                By(line, policy, UserIdentity.Certificate(user.Own.Certificate)), Token);
            Assert.That(await SecuredLine.StateAsync(client, Token), Is.Zero, policy.Name);
        }
    }

    [Test]
    public async Task Certificate_OfAnUnknownUser_IsNot()
    {
        await using var line = await StartAsync();
        var user = Party.Of("unknown-user", 2048);
        Assert.That(
            await LineServer.RefusalAsync(SecuredLine.ConnectAsync(
                By(line, UaSecurityPolicy.Basic256Sha256, UserIdentity.Certificate(user.Own.Certificate)), Token)),
            Is.EqualTo(StatusCodes.BadIdentityTokenRejected));
    }

    [Test]
    public async Task Tokens_OnAChannelWithoutSecurity_NameAPolicyOfTheirOwn()
    {
        await using var line = await StartAsync();
        var endpoints = await UaDiscovery.GetEndpointsAsync(line.Server.EndpointUrl, TimeProvider.System, Token);
        var plain = endpoints.Single(e => e.SecurityMode == MessageSecurityMode.None);
        Assert.That(
            plain.UserIdentityTokens.Select(t => (t.PolicyId, t.SecurityPolicyUri)),
            Is.EqualTo(new[]
            {
                ("anonymous", null),
                ("username_Aes256_Sha256_RsaPss", UaSecurityPolicy.Aes256_Sha256_RsaPss.Uri),
                ("certificate_Aes256_Sha256_RsaPss", UaSecurityPolicy.Aes256_Sha256_RsaPss.Uri),
            }));
        Assert.That(plain.SecurityLevel, Is.Zero);
        Assert.That(
            endpoints[0].UserIdentityTokens.Select(t => (t.PolicyId, t.SecurityPolicyUri)),
            Is.EqualTo(new[] { ("anonymous", (string?)null), ("username", null), ("certificate", null) }));
    }

    [Test]
    public async Task Anonymous_WhereUsersHaveToHaveANameOnly_IsRefused()
    {
        await using var line = await SecuredLine.StartAsync(o => o with { AllowAnonymous = false, CheckUser = Check });
        Assert.That(
            await LineServer.RefusalAsync(SecuredLine.ConnectAsync(line.Options(), Token)),
            Is.EqualTo(StatusCodes.BadIdentityTokenRejected));
    }

    [Test]
    public void UserIdentity_AsText_DoesNotShowThePassword() => Assert.That(
        UserIdentity.UserName("operator", "wet film").ToString(), Is.EqualTo("UserName 'operator'"));
}
