using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Domain.Spc;

namespace CoatLine.Domain.Tests.Quality;

public sealed class LotDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Deviation Waiver = new(
        "W-7",
        DeviationKind.Waiver,
        "R30",
        "for the bench only",
        [new("ann", SignerRole.ProcessEngineer, Now.AddDays(-1)), new("bob", SignerRole.QaManager, Now.AddDays(-1))],
        Now.AddDays(30),
        2);

    private static readonly RuleCheck Broken = CoatRules.CheckRatio(
        Profiles.Base(LayerState.Dried, 41m), Profiles.Top(LayerState.Dried, 4m)).Single();

    private static readonly RuleCheck Sound = CoatRules.CheckRatio(
        Profiles.Base(LayerState.Dried, 33.5m), Profiles.Top(LayerState.Dried, 5m)).Single();

    private static readonly DeviatingLot Product = new("B-1", RecipeClass.Production, ["carl"], Now);
    private static readonly DeviatingLot Trial = Product with { Lot = "B-2", Class = RecipeClass.Engineering };

    [Test]
    public void Waiver_ByTwoPeople_CoversTheRuleAndTakesTheLotOutOfStatistics()
    {
        LotDecision decision = Decide(Product, [Broken, Sound], Waiver);

        Assert.That(decision.Outcome, Is.EqualTo(LotOutcome.ProductByWaiver));
        Assert.That(decision.IsProduct, Is.True);
        Assert.That(decision.Standing, Is.EqualTo(LotStanding.Waived));
        Assert.That(decision.Reasons, Is.EqualTo(new[] { Broken.Message }));
    }

    [TestCase("R06")]
    [TestCase("R09")]
    [TestCase("R10")]
    public void Waiver_OfWhatMakesTheElectrode_IsImpossible(string rule)
    {
        Assert.That(
            DeviationRules.Refusals(Waiver with { Rule = rule }).Single(), Does.Contain($"{rule} can never be waived"));
    }

    [TestCase("R31")]
    [TestCase("S01")]
    [TestCase("S02")]
    [TestCase("S03")]
    [TestCase("S07")]
    public void Deviation_OfIdentityOrSafety_IsImpossibleForEitherKind(string rule)
    {
        foreach (DeviationKind kind in Enum.GetValues<DeviationKind>())
        {
            Assert.That(
                DeviationRules.Refusals(Waiver with { Rule = rule, Kind = kind }).Single(),
                Does.Contain("identity or safety"));
        }
    }

    [Test]
    public void Deviation_BySignersThatDoNotSuffice_IsRefused()
    {
        Signature engineer = Waiver.Signatures[0];
        Signature manager = Waiver.Signatures[1];

        Assert.That(Says([engineer]), Does.Contain("a QA manager has not signed"));
        Assert.That(Says([manager]), Does.Contain("a process engineer has not signed"));
        Assert.That(Says([engineer, manager with { Person = " ANN " }]), Does.Contain("two different people"));
        Assert.That(Says([]), Does.Contain("a process engineer has not signed").And.Contain("QA manager"));
        Assert.That(Says([engineer, manager]), Is.Empty);
    }

    [Test]
    public void Deviation_WithoutReasonQuantityOrTime_IsRefused()
    {
        Assert.That(DeviationRules.Refusals(Waiver with { Reason = " " }).Single(), Does.Contain("reason"));
        Assert.That(DeviationRules.Refusals(Waiver with { Quantity = 0 }).Single(), Does.Contain("covers nothing"));
        Assert.That(
            DeviationRules.Refusals(Waiver with { Expires = Now.AddDays(-1) }).Single(),
            Does.Contain("expires before it is signed"));
        Assert.That(DeviationRules.Refusals(Waiver with { Rule = "R99" }).Single(), Does.Contain("no rule R99"));
    }

    [Test]
    public void Waiver_AtItsExpiry_CoversNothingAnyMore()
    {
        Assert.That(
            Decide(Product with { Now = Waiver.Expires.AddTicks(-1) }, [Broken], Waiver).IsProduct, Is.True);

        LotDecision late = Decide(Product with { Now = Waiver.Expires }, [Broken], Waiver);
        Assert.That(late.Outcome, Is.EqualTo(LotOutcome.Reject));
        Assert.That(late.Reasons, Has.Some.Contain("expired"));
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    public void Waiver_UsedUp_CoversNoMore(int used, bool covers)
    {
        Assert.That(
            LotDecision.Of(Product, [Broken], [new DeviationInUse(Waiver, used)]).IsProduct, Is.EqualTo(covers));
    }

    [Test]
    public void Waiver_SignedByWhoMadeTheLot_CoversNothing()
    {
        LotDecision decision = Decide(Product with { Performers = ["carl", "Bob"] }, [Broken], Waiver);

        Assert.That(decision.Outcome, Is.EqualTo(LotOutcome.Reject));
        Assert.That(decision.Reasons, Has.Some.Contain("cannot sign for it"));
    }

    [Test]
    public void Waiver_OfAnotherRule_LeavesTheBrokenOneBare()
    {
        Assert.That(
            Decide(Product, [Broken], Waiver with { Rule = "R35" }).Outcome, Is.EqualTo(LotOutcome.Reject));
    }

    [Test]
    public void Waiver_OfWhatWasNotMeasured_IsNoMeasurement()
    {
        RuleCheck missing = Broken with { Verdict = Verdict.NotMeasured };

        Assert.That(Decide(Product, [missing], Waiver).Outcome, Is.EqualTo(LotOutcome.Hold));
        Assert.That(
            DeviationRules.Refusals(Waiver, missing, Product, 0).Single(), Does.Contain("only what was measured"));
    }

    [Test]
    public void EngineeringLot_WithItsDeviations_IsATrialAndNeverProduct()
    {
        RuleCheck[] checks = [.. RecipeRules.Check(RecipeFiles.Read("comparative-3"))];
        DeviationInUse[] signed =
        [
            .. checks.Where(c => c.Verdict == Verdict.Fail)
                .Select(c => c.Rule)
                .Distinct()
                .Select(rule => new DeviationInUse(Waiver with { Kind = DeviationKind.Trial, Rule = rule }, 0)),
        ];

        LotDecision decision = LotDecision.Of(Trial, checks, signed);
        Assert.That(decision.Outcome, Is.EqualTo(LotOutcome.Trial));
        Assert.That(decision.IsProduct, Is.False);
        Assert.That(decision.Standing, Is.EqualTo(LotStanding.Invalid), "a trial moves no chart");
        Assert.That(LotDecision.Of(Trial, checks, signed[1..]).Outcome, Is.EqualTo(LotOutcome.Reject));
        Assert.That(LotDecision.Of(Product, checks, signed).Outcome, Is.EqualTo(LotOutcome.Reject));
    }

    [Test]
    public void EngineeringLot_WithoutABrokenRule_IsNotProductEither()
    {
        Assert.That(Decide(Trial, [Sound]).IsProduct, Is.False);
        Assert.That(Decide(Product, [Sound]).Outcome, Is.EqualTo(LotOutcome.Product));
        Assert.That(Decide(Trial, [Broken], Waiver).Outcome, Is.EqualTo(LotOutcome.Reject), "a waiver is for product");
    }

    [Test]
    public void Lot_InsideTheGuardBand_NeedsASignature()
    {
        RuleCheck near = CoatRules.CheckRatio(
            Profiles.Base(LayerState.Dried, 41m), Profiles.Top(LayerState.Dried, 4.1m)).Single();

        Assert.That(Decide(Product, [near]).Outcome, Is.EqualTo(LotOutcome.ProductOnSignature));
        Assert.That(Decide(Product, [near]).Standing, Is.EqualTo(LotStanding.Valid));
    }

    [Test]
    public void Lot_WithNothingChecked_IsHeld()
    {
        Assert.That(Decide(Product, []).Outcome, Is.EqualTo(LotOutcome.Hold));
    }

    private static LotDecision Decide(DeviatingLot lot, RuleCheck[] checks, params Deviation[] deviations) =>
        LotDecision.Of(lot, checks, [.. deviations.Select(d => new DeviationInUse(d, 0))]);

    private static string Says(ImmutableArray<Signature> signatures) =>
        string.Join('\n', DeviationRules.Refusals(Waiver with { Signatures = signatures }));
}
