using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Engine.Tests.Running;

/// <summary>The record of a whole batch, followed from its lots to its sheets and back.</summary>
public sealed class CustodyTests
{
    [Test]
    public async Task Batch_OfThreeSheets_LeavesEveryGramWhereItCanBeFound()
    {
        using var shop = new Workshop();
        ImmutableArray<MaterialLot> lots = Deliver(shop);
        string batch = shop.Create("embodiment-4", BatchOrder.Plain with { Sheets = 3 });
        await shop.RunAsync(batch);

        List<BatchEvent> events = shop.Events();
        ImmutableArray<LotCustody> custody = Custody.Of(events);
        Assert.That(Custody.Gaps(custody), Is.Empty);
        Assert.That(custody.Select(l => l.Lot), Is.EquivalentTo(lots.Select(l => l.Lot)));
        Assert.That(custody.Sum(l => l.Reserved), Is.Zero, "the batch has ended");
        Assert.That(custody.Single(l => l.Lot == "FR-01").Used, Is.EqualTo(600m));
        using Journal journal = shop.OpenJournal();
        Assert.That(
            journal.Stock.Lots.Values.Select(a => a.ToJson()),
            Is.EqualTo(Stock.Of(events).Lots.Values.Select(a => a.ToJson())));
    }

    [Test]
    public async Task Lot_OfABatchOfThreeSheets_LeadsToAllOfThemAndEachLeadsBack()
    {
        using var shop = new Workshop();
        Deliver(shop);
        string batch = shop.Create("embodiment-4", BatchOrder.Plain with { Sheets = 3 });
        await shop.RunAsync(batch);

        List<BatchEvent> events = shop.Events();
        Genealogy genealogy = Genealogy.Of(events);
        string[] sheets = [.. events.OfType<CoatCompleted>().Select(c => c.Sheet).Distinct()];
        Assert.That(sheets, Has.Length.EqualTo(3));
        Assert.That(genealogy.SheetsOf("SIM-AG-01").Select(s => s.Sheet), Is.EquivalentTo(sheets));
        Assert.That(genealogy.SheetsOf("SIM-KB80-01"), Is.Empty);
        foreach (string sheet in sheets)
        {
            TraceNode trace = Trace.Of(genealogy, Stock.Of(events), sheet)!;
            Assert.That(trace.Parts.Select(p => p.Kind), Is.EqualTo(new[]
            {
                TraceKind.Container, TraceKind.Container, TraceKind.Lot,
            }));
            Assert.That(
                trace.Parts[0].Parts.Select(p => p.Id),
                Is.EqualTo(new[] { "SIM-CB40-01", "SIM-CB80-01", "SIM-AG-01", "SIM-PVDF-01", "SIM-NMP-01" }));
        }

        Assert.That(genealogy.Sheets.Values.Select(s => s.Outcome), Has.All.Not.Null);
    }

    [TestCase(SubLayer.Base)]
    [TestCase(SubLayer.Top)]
    public async Task Slurry_OfABatchOfThreeSheets_HasThatMuchLess(SubLayer layer)
    {
        using var shop = new Workshop();
        Deliver(shop);
        string batch = shop.Create("embodiment-4", BatchOrder.Plain with { Sheets = 3 });
        await shop.RunAsync(batch);

        Recipe recipe = Workshop.Recipe("embodiment-4");
        SlurryBalance balance = SlurryBalance.Of(recipe, layer, shop.Events());
        SlurryBalance fresh = SlurryBalance.Fresh(recipe, recipe.Slurry(layer)!, recipe.Site);

        Assert.That(balance.WeighedIn.Value, Is.EqualTo(fresh.WeighedIn.Value).Within(0.3m));
        Assert.That(balance.Drawn.Value, Is.GreaterThan(0m).And.LessThanOrEqualTo(3.1m * fresh.PerSheet.Value));
        Assert.That(balance.SheetsLeft, Is.GreaterThanOrEqualTo(fresh.SheetsLeft - 4).And.LessThan(fresh.SheetsLeft));
    }

    private static ImmutableArray<MaterialLot> Deliver(Workshop shop)
    {
        string file = Path.Combine(TestContext.CurrentContext.TestDirectory, "recipes", "simulated-lots.yaml");
        ImmutableArray<MaterialLot> lots = LotFile.Read(File.ReadAllText(file), "simulated-lots.yaml").Lots;
        using Journal journal = shop.OpenJournal();
        LotRegister register = new(journal, shop.Line.Clock);
        Assert.That(register.Receive(lots, "Nora").Refusals, Is.Empty);
        foreach (MaterialLot lot in lots.Where(l => LotReceipt.Broken(l).IsEmpty))
        {
            Assert.That(
                register.SetStatus(lot.Lot, LotStatus.Released, "Maria", SignerRole.QaManager, "certificate seen")
                    .Refusals,
                Is.Empty);
        }

        return lots;
    }
}
