using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests.Materials;

public sealed class StockTests
{
    private const string Batch = "B-2026-0001";

    private static readonly BatchCreated Created =
        Delivery.Created(Batch, "embodiment-4", sheets: 3, Delivery.Released);

    [Test]
    public void Lot_AsReceived_IsInQuarantineAndWhole()
    {
        LotAccount account = Stock.Empty.Apply(Delivery.Received(Delivery.Lot("nmp"))).Lot("SIM-NMP-01")!;

        Assert.That(account.Status, Is.EqualTo(LotStatus.Quarantine));
        Assert.That((account.Used, account.Reserved, account.Free), Is.EqualTo((0m, 0m, 50_000m)));
    }

    [Test]
    public void Lot_ReceivedTwice_StaysAsItWasFirst()
    {
        Stock stock = Delivery.Released.Apply(Delivery.Received(Delivery.Lot("nmp") with { Quantity = 1m }));

        Assert.That(stock, Is.SameAs(Delivery.Released));
    }

    [Test]
    public void Batch_Created_ReservesWhatItMayTakeAndItsFoil()
    {
        Stock stock = Delivery.Released.Apply(Created);

        Assert.That(stock.Lot("SIM-CB40-01")!.Reserved, Is.EqualTo(4.04m));
        Assert.That(stock.Lot("SIM-NMP-01")!.Reserved, Is.EqualTo(16.8367m));
        Assert.That(stock.Lot("FR-01")!.Reserved, Is.EqualTo(600m));
        Assert.That(stock.Lot("FR-01")!.Free, Is.EqualTo(1_000_000m - 600m));
    }

    [Test]
    public void Weighing_OfALot_TurnsItsReservationIntoUse()
    {
        Stock stock = Delivery.Released.Apply(Created)
            .Apply(Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 3.01m, "SIM-CB40-01"));

        LotAccount account = stock.Lot("SIM-CB40-01")!;
        Assert.That((account.Used, account.Reserved, account.Free), Is.EqualTo((3.01m, 1.01m, 4995.98m)));
    }

    [Test]
    public void Weighing_OfAnotherLotThanBooked_FreesTheBookedOne()
    {
        MaterialLot other = Delivery.Lot("cb-40") with { Lot = "X" };
        Stock stock = Delivery.With(other).Apply(Created)
            .Apply(Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 3m, "X"));

        Assert.That(stock.Lot("SIM-CB40-01")!.Used, Is.Zero);
        Assert.That(stock.Lot("SIM-CB40-01")!.Reserved, Is.EqualTo(1.01m), "Top is still to come");
        Assert.That(stock.Lot("X")!.Free, Is.EqualTo(4997m));
    }

    [Test]
    public void Weighing_WithoutALot_ChangesNothing()
    {
        Stock stock = Delivery.Released.Apply(Created);

        Assert.That(stock.Apply(Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 3m, null)), Is.SameAs(stock));
    }

    [Test]
    public void Coats_OfOneSheet_UseItsFoilOnce()
    {
        Stock stock = Delivery.Released.Apply(Created)
            .Apply(Delivery.Coated(Batch, SubLayer.Base, "S-1"))
            .Apply(Delivery.Coated(Batch, SubLayer.Top, "S-1"));

        LotAccount foil = stock.Lot("FR-01")!;
        Assert.That((foil.Used, foil.Reserved), Is.EqualTo((200m, 400m)));
    }

    [Test]
    public void Batch_AtItsEnd_LetsGoWhatItDidNotTake()
    {
        Stock begun = Delivery.Released.Apply(Created)
            .Apply(Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 3m, "SIM-CB40-01"));
        BatchEvent[] ends =
        [
            new BatchReleased(Batch, "end", Disposition.Accept, "S-1", []),
            new BatchRejected(Batch, "end", "torn", []),
            new TrialConcluded(Batch, "end", ["S-1"], ["R06"]),
        ];

        foreach (Stock stock in ends.Select(begun.Apply))
        {
            Assert.That(stock.Lots.Values.Sum(a => a.Reserved), Is.Zero);
            Assert.That(stock.Lot("SIM-CB40-01")!.Free, Is.EqualTo(4997m));
        }
    }

    [Test]
    public void TwoBatches_OnOneLot_ReserveBesideEachOther()
    {
        BatchCreated second = Delivery.Created("B-2026-0002", "embodiment-4", 1, Delivery.Released);
        Stock stock = Delivery.Released.Apply(Created).Apply(second)
            .Apply(new BatchRejected(Batch, "end", "torn", []));

        Assert.That(stock.Lot("SIM-CB40-01")!.Reserved, Is.EqualTo(4.04m));
        Assert.That(stock.Lot("FR-01")!.Reserved, Is.EqualTo(200m));
    }

    [Test]
    public void Account_WrittenAndRead_IsTheSame()
    {
        Stock stock = Delivery.Released.Apply(Created)
            .Apply(Delivery.Weighed(Batch, SubLayer.Base, "silver", 2m, "SIM-AG-01"));

        foreach (LotAccount account in stock.Lots.Values)
        {
            LotAccount read = LotAccount.FromJson(account.ToJson());

            Assert.That(read.ToJson(), Is.EqualTo(account.ToJson()));
            Assert.That((read.Status, read.Used, read.Reserved, read.Free), Is.EqualTo(
                (account.Status, account.Used, account.Reserved, account.Free)));
        }
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[1]")]
    public void Account_OfADamagedText_IsAFormatError(string text) =>
        Assert.That(() => LotAccount.FromJson(text), Throws.TypeOf<FormatException>());
}
