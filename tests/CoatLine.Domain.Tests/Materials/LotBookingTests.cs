using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Tests.Materials;

public sealed class LotBookingTests
{
    private static readonly DateTimeOffset Now = Delivery.Now;

    [Test]
    public void Embodiment4_OnAReleasedDelivery_BooksOneLotAMaterialAndOneRoll()
    {
        BookingPlan plan = Plan("embodiment-4", Delivery.Released);

        Assert.That(plan.Refusals, Is.Empty);
        Assert.That(
            plan.Lots.Select(l => l.Lot),
            Is.EqualTo(new[] { "SIM-CB40-01", "SIM-CB80-01", "SIM-AG-01", "SIM-PVDF-01", "SIM-NMP-01", "FR-01" }));
        Assert.That(plan.Checks.Select(c => c.Rule).Distinct(), Is.SupersetOf(
            new[] { "R02", "R03", "R04", "R05", "R06", "R14", "R15", "R24" }));
        Assert.That(plan.Checks, Is.Unique);
    }

    [Test]
    public void TwoLots_BothReleased_TheOneThatExpiresFirstGoesFirst()
    {
        MaterialLot late = Delivery.Lot("nmp") with { Lot = "B", Expires = Now.AddDays(20) };
        MaterialLot early = late with { Lot = "C", Expires = Now.AddDays(10) };
        MaterialLot received = early with { Lot = "D", ReceivedAt = early.ReceivedAt.AddDays(-1) };

        Assert.That(Nmp(Delivery.With(late, early)), Is.EqualTo("C"));
        Assert.That(Nmp(Delivery.With(late, early, received)), Is.EqualTo("D"), "of two, the one received first");
        Assert.That(Nmp(Delivery.With(late, early, early with { Lot = "A" })), Is.EqualTo("A"), "then by id");
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    public void Lot_AtItsExpiry_IsNotUsedFromThenOn(int secondsLeft, bool used)
    {
        MaterialLot lot = Delivery.Lot("nmp") with { Lot = "B", Expires = Now.AddSeconds(secondsLeft) };

        Assert.That(Nmp(Delivery.With(lot)), Is.EqualTo(used ? "B" : "SIM-NMP-01"));
    }

    [Test]
    public void Lot_WithLessThanTheBatchTakesWithItsTolerance_IsPassedOver()
    {
        // 7.67 + 5 + 2.5 + 1.5 g, each ± 1 %: 16.67 g and 0.1667 g.
        MaterialLot enough = Delivery.Lot("nmp") with { Lot = "B", Expires = Now.AddDays(1), Quantity = 16.8367m };

        Assert.That(Nmp(Delivery.With(enough)), Is.EqualTo("B"));
        Assert.That(Nmp(Delivery.With(enough with { Quantity = 16.8366m })), Is.EqualTo("SIM-NMP-01"));
    }

    [Test]
    public void Refusals_OfEveryMaterial_NameLotReasonAndNumbers()
    {
        MaterialLot silver = Delivery.Lot("silver");
        Stock stock = Stock.Of(
        [
            Delivery.Received(silver with { Expires = Now, Quantity = 1m }),
            Delivery.Received(Delivery.Lot("cb-40")),
            Delivery.Set("SIM-CB40-01", LotStatus.Engineering),
            Delivery.Received(Delivery.Lot("cb-80")),
            Delivery.Set("SIM-CB80-01", LotStatus.Blocked),
            Delivery.Received(Delivery.Lot("pvdf-6-nmp") with { BinderWeightFraction = 0.08m }),
            Delivery.Set("SIM-PVDF-01", LotStatus.Released),
        ]);

        BookingPlan plan = LotBooking.Plan(RecipeFiles.Read("embodiment-4"), 2, stock, Now);

        Assert.That(plan.Lots, Is.Empty);
        Assert.That(plan.Refusals, Is.EqualTo(new[]
        {
            "cb-40 lot SIM-CB40-01 is released for engineering only, and this is a production batch",
            "cb-80 lot SIM-CB80-01 is blocked, not released",
            "silver lot SIM-AG-01 is in quarantine, not released and expired at 2026-03-02 06:00:00Z and has only 1 g "
                + "free of 2.323 g needed",
            "pvdf-6-nmp lot SIM-PVDF-01 has 8 wt% binder; the recipe has 6 wt%",
            "nmp: no lot was received; 16.8367 g are needed",
            "foil: no lot was received; 400 mm are needed",
        }));
    }

    [TestCase(0.0603, true)]
    [TestCase(0.0597, true)]
    [TestCase(0.0604, false)]
    public void BinderSolution_OfAnotherStrength_IsAnotherMaterial(decimal fraction, bool booked)
    {
        Stock stock = Stock.Of(Delivery.Lots.SelectMany(l => new BatchEvent[]
        {
            Delivery.Received(l.Kind == LotKind.BinderSolution ? l with { BinderWeightFraction = fraction } : l),
            Delivery.Set(l.Lot, LotStatus.Released),
        }));

        Assert.That(Plan("embodiment-1", stock).IsGranted, Is.EqualTo(booked));
    }

    [TestCase(40, 80, true)]
    [TestCase(45, 54, false)] // R05: difference 9
    [TestCase(20, 81, false)] // R02: ratio 4.05
    [TestCase(49, 91, false)] // R04
    public void Pair_OfTheActualLots_IsJudgedForProduction(decimal small, decimal large, bool booked)
    {
        BookingPlan plan = Plan("embodiment-1", Delivery.With(
            Sized("cb-40", small) with { Lot = "A", Expires = Now.AddDays(1) },
            Sized("cb-80", large) with { Lot = "B", Expires = Now.AddDays(1) }));

        Assert.That(plan.IsGranted, Is.EqualTo(booked), string.Join("; ", plan.Refusals));
        Assert.That(plan.Checks.Any(LotReceipt.Forbids), Is.EqualTo(!booked));
    }

    [Test]
    public void Carbon_ReceivedForAnotherPart_IsJudgedAsTheRecipeUsesIt()
    {
        // Received as "other", for which 60 nm is no matter; as the first carbon of the recipe it breaks R03.
        MaterialLot lot = Sized("cb-40", 60m) with { Lot = "A", Expires = Now.AddDays(1) };
        lot = lot with { Carbon = lot.Carbon! with { Role = CarbonRole.Other } };

        Assert.That(LotReceipt.Broken(lot), Is.Empty);
        Assert.That(Plan("embodiment-1", Delivery.With(lot)).Refusals, Has.Some.StartsWith("R03"));
    }

    [TestCase("comparative-1")]
    [TestCase("comparative-2")]
    [TestCase("comparative-3")]
    public void Comparative_OnAReleasedDelivery_IsBookedWithItsBrokenRules(string recipe)
    {
        BookingPlan plan = Plan(recipe, Delivery.Released);

        Assert.That(plan.Refusals, Is.Empty);
        Assert.That(
            plan.Checks.Where(LotReceipt.Forbids).Select(c => c.Rule),
            Is.EquivalentTo(recipe switch
            {
                "comparative-1" => Array.Empty<string>(),
                "comparative-2" => ["R03", "R06"],
                _ => ["R03", "R06", "R04", "R06", "R05"],
            }));
    }

    [Test]
    public void Comparative_OnAnExpiredLot_IsRefusedAsAnyBatch()
    {
        BookingPlan plan = LotBooking.Plan(
            RecipeFiles.Read("comparative-3"), 1, Delivery.Released, Delivery.Lots[0].Expires);

        Assert.That(plan.Refusals, Has.Length.EqualTo(6).And.All.Contains("expired at"));
    }

    [TestCase(0)]
    [TestCase(101)]
    public void Sheets_OutsideTheirLimits_AreAMistake(int sheets) => Assert.That(
        () => LotBooking.Plan(RecipeFiles.Read("embodiment-1"), sheets, Delivery.Released, Now),
        Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static MaterialLot Sized(string material, decimal nm)
    {
        MaterialLot lot = Delivery.Lot(material);
        return lot with { Carbon = lot.Carbon! with { D50 = new Nanometres(nm) } };
    }

    private static string Nmp(Stock stock) =>
        Plan("embodiment-4", stock).Lots.Single(l => l.Material == "nmp").Lot;

    private static BookingPlan Plan(string recipe, Stock stock) =>
        LotBooking.Plan(RecipeFiles.Read(recipe), 1, stock, Now);
}
