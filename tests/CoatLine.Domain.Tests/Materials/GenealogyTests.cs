using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CsCheck;

namespace CoatLine.Domain.Tests.Materials;

public sealed class GenealogyTests
{
    private const string Batch = "B-2026-0001";
    private const string Other = "B-2026-0002";

    private static readonly ImmutableArray<BatchEvent> Facts =
    [
        .. Delivery.Lots.Select(Delivery.Received),
        Delivery.Created(Batch, "embodiment-4", 2, Delivery.Released),
        Delivery.Weighed(Batch, SubLayer.Base, "cb-40", 3.01m, "SIM-CB40-01"),
        Delivery.Weighed(Batch, SubLayer.Base, "nmp", 7.6m, "SIM-NMP-01"),
        Delivery.Weighed(Batch, SubLayer.Base, "nmp", 5.02m, "SIM-NMP-01", dilution: true),
        Delivery.Weighed(Batch, SubLayer.Top, "cb-40", 1.02m, "SIM-CB40-01"),
        Delivery.Coated(Batch, SubLayer.Base, "S-1"),
        Delivery.Coated(Batch, SubLayer.Base, "S-2"),
        Delivery.Coated(Batch, SubLayer.Top, "S-1"),
        new SheetDisposed(Batch, "x", "S-1", LotOutcome.Product, default, [], [], []),
        Delivery.Created(Other, "embodiment-1", 1, Delivery.Released),
        Delivery.Weighed(Other, SubLayer.Base, "cb-80", 3m, "SIM-CB80-01"),
        Delivery.Weighed(Other, SubLayer.Base, "nmp", 5m, null),
    ];

    [Test]
    public void Lot_Traced_LeadsToEveryContainerAndSheetItIsIn()
    {
        TraceNode lot = Of("SIM-CB40-01");

        Assert.That(Lines(lot), Is.EqualTo(new[]
        {
            "Lot SIM-CB40-01 cb-40",
            "  Container J-B-2026-0001-BASE Base of B-2026-0001 3.01 g",
            "    Sheet S-1 of B-2026-0001, Product",
            "    Sheet S-2 of B-2026-0001",
            "  Container J-B-2026-0001-TOP Top of B-2026-0001 1.02 g",
            "    Sheet S-1 of B-2026-0001, Product",
        }));
    }

    [Test]
    public void Sheet_Traced_LeadsBackToItsLotsWithTheirMasses() => Assert.That(Lines(Of("S-2")), Is.EqualTo(new[]
    {
        "Sheet S-2 of B-2026-0001",
        "  Container J-B-2026-0001-BASE Base of B-2026-0001 15.63 g",
        "    Lot SIM-CB40-01 cb-40 3.01 g",
        "    Lot SIM-NMP-01 nmp 12.62 g",
        "  Lot FR-01 sus-foil 200 mm",
    }));

    [Test]
    public void Batch_Traced_ShowsMaterialsWithoutALotToo() => Assert.That(Lines(Of(Other)), Is.EqualTo(new[]
    {
        "Batch B-2026-0002 embodiment-1",
        "  Container J-B-2026-0002-BASE Base of B-2026-0002 8 g",
        "    Lot SIM-CB80-01 cb-80 3 g",
        "    Material nmp  5 g",
    }));

    [Test]
    public void FoilRoll_Traced_LeadsToTheSheetsCutFromIt() => Assert.That(
        Of("FR-01").Parts.Select(p => (p.Id, p.Amount)), Is.EqualTo(new[] { ("S-1", 200m), ("S-2", 200m) }));

    [Test]
    public void Id_ThatNothingHas_GivesNoTrace()
    {
        Assert.That(Trace.Of(Genealogy.Of(Facts), Stock.Of(Facts), "S-9"), Is.Null);
        Assert.That(Of("SIM-KB80-01").Parts, Is.Empty, "received, and in nothing yet");
    }

    [Test]
    public void Custody_OfALotThatWasNeverReceived_IsAGap()
    {
        BatchEvent[] facts = [.. Facts, Delivery.Weighed(Other, SubLayer.Base, "silver", 2m, "GHOST")];

        Assert.That(Custody.Gaps(Custody.Of(Facts)), Is.Empty);
        Assert.That(
            Custody.Gaps(Custody.Of(facts)).Single(),
            Is.EqualTo("lot GHOST: 0 g are booked as used, 2 g stand in containers and sheets"));
    }

    [Test]
    public void Custody_OfMoreThanWasReceived_IsAGap()
    {
        BatchEvent[] facts = [.. Facts, Delivery.Weighed(Other, SubLayer.Base, "silver", 5000.1m, "SIM-AG-01")];

        Assert.That(
            Custody.Gaps(Custody.Of(facts)).Single(), Does.StartWith("lot SIM-AG-01: 5000.1 g were used of 5000 g"));
    }

    [Test]
    public void Custody_OfAnyStream_AddsUpForEveryLotAndEveryContainer() => Streams.Holds(facts =>
    {
        ImmutableArray<LotCustody> lots = Custody.Of(facts);
        Genealogy genealogy = Genealogy.Of(facts);
        MaterialWeighed[] weighings = [.. facts.OfType<MaterialWeighed>()];
        return lots.All(l => l.Received == l.Used + l.Reserved + l.Free && l.Used == l.Found)
            && lots.Where(l => l.Unit == "g").Sum(l => l.Used) == weighings.Sum(w => w.NetG)
            && genealogy.Jars.Values.All(
                j => j.TotalG == weighings.Where(w => w.Container == j.Container).Sum(w => w.NetG))
            && Stock.Of([.. facts, .. Ends]).Lots.Values.All(a => a.Reserved == 0m);
    });

    private static readonly BatchCreated Created =
        Delivery.Created(Batch, "embodiment-4", 3, Delivery.Released);

    private static BatchEvent[] Ends =>
        [.. Enumerable.Range(1, 3).Select(i => new BatchRejected($"B-2026-000{i}", "end", "torn", []))];

    /// <summary>A delivery, then anything that may happen to three batches in any order.</summary>
    private static Gen<BatchEvent[]> Streams { get; } =
        (from batch in Gen.Int[1, 3]
         from what in Gen.Int[0, 5]
         from lot in Gen.Int[0, Delivery.Lots.Length - 2]
         from grams in Gen.Int[1, 9999]
         from top in Gen.Bool
         from sheet in Gen.Int[1, 4]
         select Fact($"B-2026-000{batch}", what, Delivery.Lots[lot], grams / 1000m, top, $"S-{batch}-{sheet}"))
        .Array[0, 60]
        .Select(static facts => (BatchEvent[])[.. Delivery.Lots.Select(Delivery.Received), .. facts]);

    private static BatchEvent Fact(string batch, int what, MaterialLot lot, decimal grams, bool top, string sheet) =>
        what switch
        {
            0 => Created with { Batch = batch },
            1 => new BatchRejected(batch, "end", "torn", []),
            2 => Delivery.Set(lot.Lot, LotStatus.Blocked),
            3 => Delivery.Coated(batch, top ? SubLayer.Top : SubLayer.Base, sheet),
            _ => Delivery.Weighed(
                batch, top ? SubLayer.Top : SubLayer.Base, lot.Material, grams, lot.Lot, dilution: what == 5),
        };

    private static TraceNode Of(string id) => Trace.Of(Genealogy.Of(Facts), Stock.Of(Facts), id)!;

    private static IEnumerable<string> Lines(TraceNode node, int depth = 0)
    {
        string amount = node.Amount is { } some ? FormattableString.Invariant($" {some:0.###} {node.Unit}") : "";
        yield return $"{new string(' ', 2 * depth)}{node.Kind} {node.Id} {node.Text}{amount}";
        foreach (string line in node.Parts.SelectMany(p => Lines(p, depth + 1)))
        {
            yield return line;
        }
    }
}
