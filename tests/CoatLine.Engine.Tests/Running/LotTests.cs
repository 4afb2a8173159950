using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Running;

/// <summary>Batches of a line that keeps a register of its lots.</summary>
public sealed class LotTests
{
    [Test]
    public async Task Batch_OfALineWithLots_IsMadeOfTheLotsBookedAndNamesThem()
    {
        using var shop = new Workshop();
        Deliver(shop);

        string batch = shop.Create();
        await shop.RunAsync(batch);

        List<BatchEvent> events = shop.Events();
        BatchOrder order = events.OfType<BatchCreated>().Single().Order!;
        Assert.That(
            order.Lots.Select(l => l.Material).Order(),
            Is.EquivalentTo(new[] { "cb-40", "cb-80", "nmp", "pvdf-6-nmp", "silver", order.Foil!.Material }));
        Assert.That(
            events.OfType<MaterialWeighed>().Select(e => e.Lot),
            Is.EqualTo(events.OfType<MaterialWeighed>().Select(e => order.Lot(e.Material)!.Lot)));
        Assert.That(
            events.OfType<CoatCompleted>().Select(e => e.FoilRoll).Distinct(), Is.EqualTo(new[] { order.Foil.Lot }));
        ChecksJudged lots = events.OfType<ChecksJudged>().Single(e => e.Stage == RuleStage.LotReceipt);
        Assert.That(
            lots.Checks.Select(c => c.Rule),
            Is.SupersetOf(new[] { "R02", "R03", "R04", "R05", "R06", "R15", "R24" }));
        using Journal journal = shop.OpenJournal();
        foreach (MaterialLot lot in order.Lots.Where(l => l.Kind != LotKind.Foil))
        {
            decimal weighed = events.OfType<MaterialWeighed>().Where(e => e.Lot == lot.Lot).Sum(e => e.NetG);
            Assert.That(journal.Stock.Lot(lot.Lot)!.Used, Is.EqualTo(weighed), lot.Lot);
            Assert.That(journal.Stock.Lot(lot.Lot)!.Free, Is.EqualTo(lot.Quantity - weighed), lot.Lot);
        }
    }

    [Test]
    public void Batch_WhenALotIsBlocked_IsRefusedAndNothingIsReserved()
    {
        using var shop = new Workshop();
        Deliver(shop);
        using (Journal journal = shop.OpenJournal())
        {
            LotRegister register = new(journal, shop.Line.Clock);
            string silver = register.Stock.Lots.Values.Single(a => a.Lot.Kind == LotKind.Silver).Lot.Lot;
            register.SetStatus(silver, LotStatus.Blocked, "Maria", SignerRole.QaManager, "complaint of the supplier");
        }

        BatchCreation creation = shop.TryCreate("embodiment-4", BatchOrder.Plain);

        Assert.That(creation.Batch, Is.Null);
        Assert.That(creation.Refusals.Single(), Does.Contain("silver").And.Contain("blocked"));
        Assert.That(shop.Events().OfType<BatchCreated>(), Is.Empty);
    }

    [Test]
    public async Task SlurryMadeAnew_TakesWhatItTakesFromTheSameLots()
    {
        using var shop = new Workshop();
        Deliver(shop);
        string batch = shop.Create();
        bool spoilt = false;
        shop.Line.Distort = (r, result) =>
        {
            bool now = !spoilt && IsMix(r, cycle: 12);
            spoilt |= now;
            return now ? With(result, "RevSpeedMin", v => v with { Value = 1900d }) : result;
        };
        await shop.RunAsync(batch);
        Assert.That(shop.Answer(batch, AnswerKind.Remake), Is.Empty);
        await shop.RunAsync(batch);

        List<BatchEvent> events = shop.Events();
        using Journal journal = shop.OpenJournal();
        LotAccount carbon = journal.Stock.Lots.Values.Single(a => a.Lot.Material == "cb-80");
        Assert.That(events.OfType<MaterialWeighed>().Count(e => e.Material == "cb-80"), Is.EqualTo(2));
        Assert.That(
            carbon.Used,
            Is.EqualTo(events.OfType<MaterialWeighed>().Where(e => e.Material == "cb-80").Sum(e => e.NetG)));
    }

    internal static void Deliver(Workshop shop)
    {
        string file = Path.Combine(TestContext.CurrentContext.TestDirectory, "recipes", "simulated-lots.yaml");
        LotReading reading = LotFile.Read(File.ReadAllText(file), "simulated-lots.yaml");
        Assert.That(reading.Errors, Is.Empty);
        using Journal journal = shop.OpenJournal();
        LotRegister register = new(journal, shop.Line.Clock);
        Assert.That(register.Receive(reading.Lots, "Nora").Refusals, Is.Empty);
        foreach (MaterialLot lot in reading.Lots)
        {
            // Coarse carbons are for engineering lots only.
            register.SetStatus(lot.Lot, LotStatus.Released, "Maria", SignerRole.QaManager, "certificate seen");
        }
    }
}
