using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;

namespace CoatLine.System.Tests;

/// <summary>Genealogy and laboratory results at the shell, on the record of a batch that has ended.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MaterialHistoryTests : IDisposable
{
    private const string Batch = "B-2026-0001";
    private const string Sheet = "S-B-2026-0001-1";

    private static readonly DateTimeOffset Then = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task LabResult_OfABatchThatHasEnded_IsEnteredAndListed()
    {
        Record();
        string file = _folder.File("lab.yaml");
        File.WriteAllText(file, Xps(Sheet));

        Answer first = await Coatline.RunAsync("lab", "enter", file, "--by", "Sato", "--data", Data);
        Answer again = await Coatline.RunAsync("lab", "enter", file, "--by", "Sato", "--data", Data, "--json");
        Answer list = await Coatline.RunAsync("lab", "list", "--data", Data, "--json");
        Answer verify = await Coatline.RunAsync("ledger", "verify", "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.Zero, first.ToString());
            Assert.That(first.Output, Does.Contain("XPS of S-B-2026-0001-1, sample X-1, entered by Sato: 5 checks"));
            Assert.That(again.ExitCode, Is.Zero, "the rows of the batch are retired by now: " + again);
            Assert.That(list.Json.GetProperty("results").GetArrayLength(), Is.EqualTo(2));
            Assert.That(verify.ExitCode, Is.Zero, verify.ToString());
        }
    }

    [TestCase("S-9", TestName = "LabResult_OfASheetThatWasNeverCoated_IsRefusedAndRecordsNothing")]
    public async Task LabResult_Unknown_IsRefused(string sheet)
    {
        Record();
        string file = _folder.File("lab.yaml");
        File.WriteAllText(file, Xps(sheet));

        Answer refused = await Coatline.RunAsync("lab", "enter", file, "--by", "Sato", "--data", Data);
        File.WriteAllText(file, Xps(sheet).Replace("oxygen: 3 at%", "oxygen: 300 at%"));
        Answer bad = await Coatline.RunAsync("lab", "enter", file, "--by", "Sato", "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
            Assert.That(refused.Errors, Does.Contain("batch B-2026-0001 has no sheet S-9 that was coated"));
            Assert.That(bad.ExitCode, Is.EqualTo(2), bad.ToString());
            Assert.That(bad.Errors, Does.Contain("oxygen 300 at% is outside 0 ≤ oxygen ≤ 100 at%"));
            Assert.That(LedgerFile.CountByType(Data), Does.Not.ContainKey("coatline.lab-result-entered.v1"));
        }
    }

    [Test]
    public async Task Genealogy_OfLotSheetAndBatch_IsReadFromTheLedger()
    {
        Record();
        string lots = _folder.File("lots.yaml");
        File.WriteAllText(lots, File.ReadAllText(Path.Combine(RecipeCommandTests.FindRecipes(), "simulated-lots.yaml"))
            .Replace("lot: FR-01", "lot: FR-02").Replace("lot: SIM", "lot: NEW"));
        // Any command that records something brings the journal to the ledger.
        await Coatline.RunAsync("lot", "receive", lots, "--by", "Ito", "--data", Data);

        Answer lot = await Coatline.RunAsync("genealogy", "N-1", "--data", Data);
        Answer sheet = await Coatline.RunAsync("genealogy", Sheet, "--data", Data, "--json");
        Answer nothing = await Coatline.RunAsync("genealogy", "X", "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lot.ExitCode, Is.Zero, lot.ToString());
            Assert.That(lot.Output, Does.Contain("lot N-1  nmp"));
            Assert.That(lot.Output, Does.Contain("7.7 g container J-1  Base of B-2026-0001"));
            Assert.That(lot.Output, Does.Contain($"sheet {Sheet}"));
            Assert.That(sheet.Json.GetProperty("gaps").GetArrayLength(), Is.EqualTo(1), "the foil was never received");
            Assert.That(
                sheet.Json.GetProperty("trace").GetProperty("parts")[0].GetProperty("parts")[0].GetProperty("id")
                    .GetString(),
                Is.EqualTo("N-1"));
            Assert.That(nothing.ExitCode, Is.EqualTo(2), nothing.ToString());
        }
    }

    private static string Xps(string sheet) => $"""
        results:
          - kind: xps
            batch: {Batch}
            sheet: {sheet}
            sample: X-1
            measured: 2026-01-06
            oxygen: 3 at%
            carbon: 80 at%
            silver: 1 at%
            fluorine: 15 at%
            sulfur: 0.1 at%
        """;

    /// <summary>A short batch with one lot and one coat, released, as its journal would have it.</summary>
    private void Record()
    {
        string yaml = File.ReadAllText(Path.Combine(RecipeCommandTests.FindRecipes(), "embodiment-1.yaml"));
        Recipe recipe = RecipeFile.Read(yaml, "embodiment-1.yaml").Recipe!;
        MaterialLot nmp = new("N-1", "nmp", LotKind.Solvent, "Kanto", Then, Then.AddYears(1), 100m);
        Directory.CreateDirectory(Data);
        using Journal journal = Journal.Open(
            Path.Combine(Data, "journal.db"), new LineId("line-1"), TimeProvider.System);
        journal.AppendAll(
        [
            new LotReceived("", nmp, [], "Ito"),
            PinnedRecipe.Pin(Batch, recipe, yaml, BatchOrder.Plain with { Lots = [nmp] }),
            new MaterialWeighed(
                Batch, "w", default, SubLayer.Base, "J-1", "nmp", false, 7.67m, 0.08m, 7.7m, 100m, 107.7m, 50m, "BAL-1",
                Then.AddYears(1)) { StartedAt = Then, EndedAt = Then, Lot = "N-1" },
            new CoatCompleted(
                Batch, "c", default, SubLayer.Base, 1, "J-1", Sheet, "FR-01", "BL-01", 150m, 150m, 150m, 20m, 200m,
                -70m, -40m, 600m) { StartedAt = Then, EndedAt = Then },
            new BatchReleased(Batch, "end", Disposition.Accept, Sheet, []),
        ]);
    }
}
