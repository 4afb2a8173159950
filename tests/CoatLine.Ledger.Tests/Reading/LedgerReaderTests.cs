using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests.Reading;

[TestFixture]
internal sealed class LedgerReaderTests : LedgerFixture
{
    private static readonly string[] TwoBatches =
    [
        "engine-started:", "batch-created:B-1", "coat-completed:B-1", "batch-created:B-2", "batch-held:B-2",
        "coat-completed:B-1", "batch-released:B-1", "batch-resumed:B-2", "batch-rejected:B-2", "batch-created:B-3",
        "batch-held:B-3", "batch-created:B-4", "batch-held:B-4", "batch-resumed:B-4", "coat-completed:B-4",
    ];

    private LedgerReader Reader => new(LedgerPath);

    [SetUp]
    public void FillWithBatches()
    {
        var chain = new List<ChainedEvent>();
        foreach (string[] parts in TwoBatches.Select(e => e.Split(':')))
        {
            chain.Add(SampleChain.Next(SampleChain.Line, chain.LastOrDefault(), parts[0], parts[1], "x"));
        }

        using LedgerStore store = LedgerStore.Open(LedgerPath);
        store.Append(chain);
    }

    [Test]
    public void Events_NoFilter_GivesAllInOrder() =>
        Assert.That(Reader.Events(new EventQuery()).Select(r => r.Seq), Is.EqualTo(Enumerable.Range(1, 15)));

    [Test]
    public void Events_FromSeqWithLimit_GivesThatPiece() =>
        Assert.That(
            Reader.Events(new EventQuery { FromSeq = 4, Limit = 3 }).Select(r => r.Seq),
            Is.EqualTo(new[] { 4, 5, 6 }));

    [TestCase("coat-completed", new[] { 3, 6, 15 })]
    [TestCase("coatline.coat-completed.v1", new[] { 3, 6, 15 })]
    [TestCase("coatline.coat-completed.v2", new int[0])]
    [TestCase("coat", new int[0])]
    [TestCase("coat%", new int[0])]
    public void Events_ByType_TakesTheFullOrTheBareName(string type, int[] seqs) =>
        Assert.That(Reader.Events(new EventQuery { Type = type }).Select(r => r.Seq), Is.EqualTo(seqs));

    [Test]
    public void Events_ByBatchAndLine_GivesTheirs()
    {
        Fill(3, new LineId("line-2"), "B-2");

        Assert.That(Reader.Events(new EventQuery { Batch = "B-2" }), Has.Count.EqualTo(7));
        Assert.That(
            Reader.Events(new EventQuery { Batch = "B-2", Line = "line-1" }).Select(r => r.Seq),
            Is.EqualTo(new[] { 4, 5, 8, 9 }));
    }

    [TestCase(0)]
    [TestCase(EventQuery.MaxLimit + 1)]
    public void Events_LimitOutOfRange_IsRefused(int limit) =>
        Assert.That(
            () => Reader.Events(new EventQuery { Limit = limit }), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Batches_AllStates_AreToldByTheLastWord() =>
        Assert.That(
            Reader.Batches().Select(b => (b.Batch, b.State, b.Events, b.FirstSeq, b.LastSeq)),
            Is.EqualTo(new[]
            {
                ("B-1", BatchState.Released, 4L, 2L, 7L),
                ("B-2", BatchState.Rejected, 4L, 4L, 9L),
                ("B-3", BatchState.Held, 2L, 10L, 11L),
                ("B-4", BatchState.Open, 4L, 12L, 15L),
            }));

    [Test]
    public void Batch_Known_HasCountsAndTimes()
    {
        BatchSummary batch = Reader.Batch("B-1")!;

        Assert.That(batch.Count("coat-completed"), Is.EqualTo(2));
        Assert.That(batch.Count("press-cycle-completed"), Is.Zero);
        Assert.That(batch.CountByType["coatline.batch-created.v1"], Is.EqualTo(1));
        Assert.That(
            (batch.FirstTime, batch.LastTime),
            Is.EqualTo(("2026-01-05T06:00:03.0000000Z", "2026-01-05T06:00:10.5000000Z")));
    }

    [Test]
    public void Batch_Unknown_IsNull() => Assert.That(Reader.Batch("B-9"), Is.Null);

    [Test]
    public void Events_TamperedRows_AreShownAsTheyStand()
    {
        Edit("UPDATE events SET payload = x'ff00', hash = 'x', batch = x'41', time = 7 WHERE seq = 3");

        LedgerRow row = Reader.Events(new EventQuery { FromSeq = 3, Limit = 1 })[0];

        Assert.That((row.Seq, row.Hash, row.Batch, row.Time), Is.EqualTo((3L, "x", "A", "7")));
    }

    [Test]
    public void Events_MissingLedger_SaysSo()
    {
        File.Delete(LedgerPath);

        Assert.That(
            () => Reader.Events(new EventQuery()),
            Throws.TypeOf<LedgerException>().With.Property(nameof(LedgerException.Fault)).EqualTo(LedgerFault.Missing));
    }
}
