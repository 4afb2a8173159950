using CoatLine.OpcUa.Transport;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Transport;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TokenRingTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(100);

    private readonly FakeTimeProvider time = new();

    private SecurityToken Token(uint id) => new(
        1, id, time.GetTimestamp(), Lifetime, NoSecurityPolicy.Instance, NoSecurityPolicy.Instance);

    private TokenRing Ring(bool isServer)
    {
        var ring = new TokenRing(time, isServer);
        ring.Install(Token(1));
        time.Advance(Lifetime * 0.75);
        ring.Install(Token(2));
        return ring;
    }

    [Test]
    public void Server_AfterRenewal_SendsUnderTheOldTokenUntilTheClientUsesTheNewOne()
    {
        var ring = Ring(isServer: true);
        Assert.That(ring.ForSending().TokenId, Is.EqualTo(1));
        Assert.That(ring.ForReceiving(1)?.TokenId, Is.EqualTo(1));
        Assert.That(ring.ForSending().TokenId, Is.EqualTo(1));
        Assert.That(ring.ForReceiving(2)?.TokenId, Is.EqualTo(2));
        Assert.That(ring.ForSending().TokenId, Is.EqualTo(2));
    }

    [Test]
    public void Server_WhenTheOldTokenExpires_SendsUnderTheNewOne()
    {
        var ring = Ring(isServer: true);
        time.Advance(Lifetime * 0.25);
        Assert.That(ring.ForSending().TokenId, Is.EqualTo(1));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(ring.ForSending().TokenId, Is.EqualTo(2));
    }

    [Test]
    public void Server_TakesThePreviousTokenUntilItExpires()
    {
        var ring = Ring(isServer: true);
        time.Advance(Lifetime * 0.25);
        Assert.That(ring.ForReceiving(1), Is.Not.Null);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(ring.ForReceiving(1), Is.Null);
    }

    [Test]
    public void Client_AfterRenewal_SendsUnderTheNewTokenAtOnce() =>
        Assert.That(Ring(isServer: false).ForSending().TokenId, Is.EqualTo(2));

    [Test]
    public void Client_TakesAnExpiredTokenForAnotherQuarterOfItsLifetime()
    {
        var ring = Ring(isServer: false);
        time.Advance(Lifetime * 0.5);
        Assert.That(ring.ForReceiving(1), Is.Not.Null);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(ring.ForReceiving(1), Is.Null);
    }

    [Test]
    public void Receiving_OfAnUnknownToken_GivesNone() => Assert.That(Ring(isServer: true).ForReceiving(3), Is.Null);

    [Test]
    public void Lapse_ComesWhenTheLastTokenExpires()
    {
        var ring = Ring(isServer: true);
        time.Advance(Lifetime);
        Assert.That(ring.IsLapsed, Is.False);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(ring.IsLapsed, Is.True);
    }
}
