using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>What a server does on a secured channel with frames that are not right: the right code, and the end of the
/// connection.</summary>
[CancelAfter(60_000)]
internal sealed class SecuredChannelTests
{
    private SecuredLine line = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp() => line = await SecuredLine.StartAsync();

    [TearDown]
    public async Task TearDown() => await line.DisposeAsync();

    private async Task<StatusCode> RefusalOfOpenAsync(Func<SecuredPeer, byte[]> frame, UaSecurityPolicy? policy = null)
    {
        var by = SecuredPeer.Between(Party.Client.With(line.Party), line.Party, policy);
        using var peer = await SecuredPeer.ConnectAsync(line, by, MessageSecurityMode.SignAndEncrypt, Token);
        await peer.SendAsync(frame(peer), Token);
        return (await peer.RefusalAsync(Token)).Status;
    }

    [Test]
    public async Task Open_ForAnotherReceiver_FailsTheSecurityChecks() => Assert.That(
        await RefusalOfOpenAsync(peer => peer.Open(SecurityTokenRequestType.Issue, thumbprint: new byte[20])),
        Is.EqualTo(StatusCodes.BadSecurityChecksFailed));

    [Test]
    public async Task Open_WithoutThumbprint_FailsTheSecurityChecks() => Assert.That(
        await RefusalOfOpenAsync(peer => peer.Open(SecurityTokenRequestType.Issue, thumbprint: [])),
        Is.EqualTo(StatusCodes.BadSecurityChecksFailed));

    [Test]
    public async Task Open_ThatWasChanged_FailsTheSecurityChecks() => Assert.That(
        await RefusalOfOpenAsync(peer =>
        {
            var frame = peer.Open(SecurityTokenRequestType.Issue);
            frame[^1] ^= 1;
            return frame;
        }),
        Is.EqualTo(StatusCodes.BadSecurityChecksFailed));

    [Test]
    public async Task Open_SignedByAnother_FailsTheSecurityChecks()
    {
        // The thief shows the client's certificate but has not its key.
        using var thief = SecuredPeer.Between(Party.Of("thief", 2048), line.Party);
        Assert.That(
            await RefusalOfOpenAsync(peer =>
            {
                var stolen = peer.Open(SecurityTokenRequestType.Issue);
                AsymmetricHeader.Read(stolen, out var headerLength);
                var forged = peer.Open(SecurityTokenRequestType.Issue, by: thief);
                AsymmetricHeader.Read(forged, out var forgedLength);
                return [.. stolen[..headerLength], .. forged[forgedLength..]];
            }),
            Is.EqualTo(StatusCodes.BadSecurityChecksFailed));
        Assert.That(line.Incidents, Has.Count.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    public async Task Open_WithANonceOfAnotherLength_IsRefused(int length) => Assert.That(
        await RefusalOfOpenAsync(peer => peer.Open(SecurityTokenRequestType.Issue, otherNonce: new byte[length])),
        Is.EqualTo(StatusCodes.BadNonceInvalid));

    [TestCase(MessageSecurityMode.None)]
    [TestCase(MessageSecurityMode.Invalid)]
    [TestCase((MessageSecurityMode)4)]
    public async Task Open_WithAModeThatIsNoneWithKeys_IsRefused(MessageSecurityMode mode) => Assert.That(
        await RefusalOfOpenAsync(peer => peer.Open(SecurityTokenRequestType.Issue, asked: mode)),
        Is.EqualTo(StatusCodes.BadSecurityModeRejected));

    [TestCase(MessageSecurityMode.Sign)]
    [TestCase(MessageSecurityMode.SignAndEncrypt)]
    public async Task Message_ThatWasChanged_FailsTheSecurityChecks(MessageSecurityMode mode)
    {
        using var peer = await SecuredPeer.OpenAsync(line, Token, mode);
        await peer.SendAsync(peer.Message(), Token);
        Assert.That(await peer.AnswerAsync(Token), Is.TypeOf<GetEndpointsResponse>());
        var frame = peer.Message();
        frame[40] ^= 1;
        await peer.SendAsync(frame, Token);
        var refusal = await peer.RefusalAsync(Token);
        Assert.That(refusal.Status, Is.EqualTo(StatusCodes.BadSecurityChecksFailed));
        Assert.That(refusal.Message, Does.Contain("The security checks failed"));
    }

    [Test]
    public async Task Message_ThatComesTwice_HasAnInvalidSequenceNumber()
    {
        using var peer = await SecuredPeer.OpenAsync(line, Token);
        var frame = peer.Message();
        await peer.SendAsync(frame, Token);
        await peer.AnswerAsync(Token);
        await peer.SendAsync(frame, Token);
        Assert.That((await peer.RefusalAsync(Token)).Status, Is.EqualTo(StatusCodes.BadSequenceNumberInvalid));
    }

    [Test]
    public async Task Message_UnderAnExpiredToken_IsRefusedAndBeforeThatItIsNot()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-06-01T00:00:00Z"));
        await using var slow = await SecuredLine.StartAsync(time: time);
        using var peer = await SecuredPeer.OpenAsync(slow, Token, lifetimeMs: 10_000);
        var first = peer.TokenId;
        time.Advance(TimeSpan.FromSeconds(8));
        await peer.RenewAsync(SecurityTokenRequestType.Renew, Token);
        Assert.That(peer.TokenId, Is.Not.EqualTo(first));
        time.Advance(TimeSpan.FromSeconds(2));
        await peer.SendAsync(peer.Message(first), Token);
        Assert.That(await peer.AnswerAsync(Token), Is.TypeOf<GetEndpointsResponse>(), "its time is not over yet");
        time.Advance(TimeSpan.FromMilliseconds(1));
        await peer.SendAsync(peer.Message(first), Token);
        Assert.That((await peer.RefusalAsync(Token)).Status, Is.EqualTo(StatusCodes.BadSecureChannelTokenUnknown));
    }

    [Test]
    public async Task Renewal_WithAnotherCertificate_FailsTheSecurityChecks()
    {
        using var peer = await SecuredPeer.OpenAsync(line, Token);
        using var other = SecuredPeer.Between(Party.Of("other", 2048).With(line.Party), line.Party);
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Renew, by: other), Token);
        Assert.That((await peer.RefusalAsync(Token)).Status, Is.EqualTo(StatusCodes.BadSecurityChecksFailed));
    }

    [Test]
    public async Task Renewal_WithAnotherPolicy_FailsTheSecurityChecks()
    {
        using var peer = await SecuredPeer.OpenAsync(line, Token);
        using var other = SecuredPeer.Between(Party.Client, line.Party, UaSecurityPolicy.Aes128_Sha256_RsaOaep);
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Renew, by: other), Token);
        Assert.That((await peer.RefusalAsync(Token)).Status, Is.EqualTo(StatusCodes.BadSecurityChecksFailed));
    }

    [Test]
    public async Task Renewal_WithAnotherMode_IsRefused()
    {
        using var peer = await SecuredPeer.OpenAsync(line, Token);
        await peer.SendAsync(peer.Open(SecurityTokenRequestType.Renew, asked: MessageSecurityMode.Sign), Token);
        Assert.That((await peer.RefusalAsync(Token)).Status, Is.EqualTo(StatusCodes.BadSecurityModeRejected));
    }

    [Test]
    public async Task Token_OfTheShortestLife_IsRenewedUnderLoadWithoutLosingARequest()
    {
        const int readers = 8;
        var lifetime = TimeSpan.FromSeconds(1);
        var until = TimeProvider.System.GetTimestamp() + (4 * TimeProvider.System.TimestampFrequency);
        await using var client = await SecuredLine.ConnectAsync(
            line.Options() with { TokenLifetime = lifetime }, Token);
        client.StateChanged += state => Assert.Fail($"the link was lost: {state}");
        var firstToken = client.Session.Channel!.TokenId;
        var counts = await Task.WhenAll(Enumerable.Range(0, readers).Select(async _ =>
        {
            var done = 0;
            while (TimeProvider.System.GetTimestamp() < until)
            {
                Assert.That(await SecuredLine.StateAsync(client, Token), Is.Zero);
                done++;
            }

            return done;
        }));
        Assert.That(counts.Sum(), Is.GreaterThan(readers));
        Assert.That(line.Server.ConnectionCount, Is.EqualTo(1));
        Assert.That(client.Session.Channel!.TokenId, Is.GreaterThanOrEqualTo(firstToken + 3), "renewals in 4 s");
    }
}
