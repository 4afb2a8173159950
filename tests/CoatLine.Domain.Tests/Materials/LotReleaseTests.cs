using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;

namespace CoatLine.Domain.Tests.Materials;

public sealed class LotReleaseTests
{
    private static readonly Stock Received = Stock.Of(Delivery.Lots.Select(Delivery.Received));

    [Test]
    public void Receipt_OfADelivery_IsOneFactALotWithItsChecks()
    {
        FactsOrRefusals decided = LotReceipt.Decide(Delivery.Lots, Stock.Empty, " Ito ", Delivery.Now);

        Assert.That(decided.Refusals, Is.Empty);
        LotReceived[] facts = [.. decided.Facts.Cast<LotReceived>()];
        Assert.That(facts.Select(f => f.Lot), Is.EqualTo(Delivery.Lots));
        Assert.That(facts.Select(f => f.By), Has.All.EqualTo("Ito"));
        Assert.That(
            facts[0].Checks.Select(c => c.Rule), Is.EqualTo(new[] { "R03", "R06", "R15", "R15", "R16", "R17" }));
    }

    [Test]
    public void Receipt_WithOneLotAmiss_TakesNoneAndSaysAll()
    {
        MaterialLot ahead = Delivery.Lot("nmp") with { Lot = "N", ReceivedAt = Delivery.Now.AddDays(1).AddSeconds(1) };

        FactsOrRefusals decided = LotReceipt.Decide(
            [Delivery.Lot("silver"), ahead, ahead], Received, " ", Delivery.Now);

        Assert.That(decided.Facts, Is.Empty);
        Assert.That(decided.Refusals, Has.Length.EqualTo(5));
        Assert.That(decided.Refusals, Has.Some.EqualTo("silver lot SIM-AG-01 was received before"));
        Assert.That(decided.Refusals, Has.Some.EqualTo("lot N is there 2 times"));
    }

    [TestCase(SignerRole.QaManager, "Mori", null)]
    [TestCase(SignerRole.ProcessEngineer, "Mori", "only a QA manager releases a lot")]
    [TestCase(SignerRole.Operator, "Mori", "only a QA manager releases a lot")]
    [TestCase(SignerRole.QaManager, " ito", "was received by Ito, who cannot release it too")]
    [TestCase(SignerRole.QaManager, "", "who signs is not said")]
    public void Release_BySomebody_NeedsAnotherPersonInTheRole(SignerRole role, string person, string? refusal)
    {
        foreach (LotStatus status in new[] { LotStatus.Released, LotStatus.Engineering })
        {
            FactsOrRefusals decided = LotRelease.Decide(
                Received, "SIM-AG-01", status, "certificate checked", new Signature(person, role, Delivery.Now));

            Assert.That(decided.Facts, Has.Length.EqualTo(refusal is null ? 1 : 0));
            Assert.That(string.Join("; ", decided.Refusals), refusal is null ? Is.Empty : Does.Contain(refusal));
        }
    }

    [Test]
    public void Release_OfALotThatBreaksAHardRule_IsForEngineeringOnly()
    {
        FactsOrRefusals product = Decide(Received, "SIM-CB120-01", LotStatus.Released);

        Assert.That(product.Facts, Is.Empty);
        Assert.That(product.Refusals, Has.Some.Contains("for engineering only: R06 carbon D50 120 nm"));
        Assert.That(Decide(Received, "SIM-CB120-01", LotStatus.Engineering).Refusals, Is.Empty);
    }

    [Test]
    public void Release_AtTheExpiry_IsRefused()
    {
        DateTimeOffset expires = Delivery.Lot("silver").Expires;

        Assert.That(At(expires).Refusals.Single(), Does.Contain("expired at 2099-12-31"));
        Assert.That(At(expires.AddSeconds(-1)).Refusals, Is.Empty);

        static FactsOrRefusals At(DateTimeOffset at) => LotRelease.Decide(
            Received, "SIM-AG-01", LotStatus.Released, "ok", new Signature("Mori", SignerRole.QaManager, at));
    }

    [Test]
    public void Block_ByAnybody_IsGrantedOnceAndCanBeLifted()
    {
        FactsOrRefusals decided = LotRelease.Decide(
            Received,
            "SIM-AG-01",
            LotStatus.Blocked,
            "bag torn",
            new Signature("Ito", SignerRole.Operator, Delivery.Now));
        Stock blocked = Received.Apply(decided.Facts.Single());

        Assert.That(blocked.Lot("SIM-AG-01")!.Reason, Is.EqualTo("bag torn"));
        Assert.That(
            Decide(blocked, "SIM-AG-01", LotStatus.Blocked).Refusals.Single(), Does.Contain("is blocked already"));
        Assert.That(Decide(blocked, "SIM-AG-01", LotStatus.Released).Refusals, Is.Empty);
    }

    [TestCase("NO-SUCH", LotStatus.Blocked, "why", "was never received")]
    [TestCase("SIM-AG-01", LotStatus.Quarantine, "why", "quarantine is where a lot begins")]
    [TestCase("SIM-AG-01", LotStatus.Blocked, " ", "a reason of 1 to 400 characters is needed")]
    public void Status_ThatMeansNothing_IsRefused(string lot, LotStatus status, string reason, string refusal) =>
        Assert.That(
            string.Join(
                "; ", LotRelease.Decide(Received, lot, status, reason, Delivery.Set(lot, status).Signature).Refusals),
            Does.Contain(refusal));

    private static FactsOrRefusals Decide(Stock stock, string lot, LotStatus status) =>
        LotRelease.Decide(stock, lot, status, "certificate checked", Delivery.Set(lot, status).Signature);
}
