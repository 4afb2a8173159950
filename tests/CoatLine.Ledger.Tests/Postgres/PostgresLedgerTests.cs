using System.Collections.Immutable;
using System.Text;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Postgres;
using Dapper;
using Npgsql;

namespace CoatLine.Ledger.Tests.Postgres;

[TestFixture]
[CancelAfter(60_000)]
internal sealed class PostgresLedgerTests : PostgresFixture
{
    private static readonly string[] Changes =
    [
        "UPDATE coatline.events SET payload = payload WHERE seq = 1", "DELETE FROM coatline.events WHERE seq = 1",
        "TRUNCATE coatline.events", "DELETE FROM coatline.line_head", "TRUNCATE coatline.line_head",
        "UPDATE coatline.line_head SET seq = seq - 1",
    ];

    private static readonly ImmutableSortedDictionary<string, long> Nothing =
        ImmutableSortedDictionary<string, long>.Empty;

    [Test]
    public async Task Append_ContiguousSegments_AreReadBackToTheByte()
    {
        List<ChainedEvent> chain = await FillAsync(1200);

        using var reader = new PostgresReader(Reader);
        IReadOnlyList<LedgerRow> rows = reader.Events(new EventQuery { Limit = 2000 });

        Assert.That(
            rows.Select(r => (r.Seq, r.Id, r.Type, r.Batch, r.PreviousHash, r.Hash)),
            Is.EqualTo(chain.Select(e =>
                (e.Seq, e.EventId, e.Type, e.Batch, e.Previous.ToString(), e.Hash.ToString()))));
        Assert.That(
            rows.Select(r => Encoding.UTF8.GetBytes(r.Payload)), Is.EqualTo(chain.Select(e => e.Payload.ToArray())));
        Assert.That(reader.Mark(Line), Is.EqualTo(new LedgerMark(Line, 1200, chain[^1].Hash)));
        Assert.That(Verify(), Has.Property(nameof(VerifyReport.Sound)).True);
    }

    [Test]
    public async Task Append_SameSegmentTwice_DropsTheSecond()
    {
        List<ChainedEvent> chain = await FillAsync(5);
        await using var ledger = new PostgresLedger(Writer);

        AppendOutcome outcome = await ledger.AppendAsync(chain, Token);

        Assert.That(outcome, Is.EqualTo(new AppendOutcome(
            AppendVerdict.AllDuplicates, new LedgerMark(Line, 5, chain[4].Hash), 0, 5, 5, "")));
    }

    [Test]
    public async Task Append_OverlappingSegment_CommitsWhatIsNew()
    {
        List<ChainedEvent> chain = SampleChain.Of(9);
        await using var ledger = new PostgresLedger(Writer);
        await ledger.AppendAsync(chain.Take(5).ToList(), Token);

        AppendOutcome outcome = await ledger.AppendAsync(chain.Skip(3).ToList(), Token);

        Assert.That(outcome, Is.EqualTo(new AppendOutcome(
            AppendVerdict.Committed, new LedgerMark(Line, 9, chain[8].Hash), 4, 2, 9, "")));
    }

    [Test]
    public async Task Append_AfterAGap_IsRefusedAndChangesNothing()
    {
        List<ChainedEvent> chain = SampleChain.Of(9);
        await using var ledger = new PostgresLedger(Writer);
        await ledger.AppendAsync(chain.Take(3).ToList(), Token);

        AppendOutcome outcome = await ledger.AppendAsync(chain.Skip(4).ToList(), Token);

        Assert.That((outcome.Verdict, outcome.Seq), Is.EqualTo((AppendVerdict.Gap, 4L)));
        Assert.That((await ledger.MarkAsync(Line, Token))!.Seq, Is.EqualTo(3));
    }

    [Test]
    public async Task Append_AnotherEventUnderAKnownNumber_IsAnAlarmAndNoDuplicate()
    {
        List<ChainedEvent> chain = await FillAsync(5);
        await using var ledger = new PostgresLedger(Writer);
        ChainedEvent forged = SampleChain.Forged(chain[4], "180.0", "181.0");

        AppendOutcome outcome = await ledger.AppendAsync([forged], Token);

        Assert.That((outcome.Verdict, outcome.Seq), Is.EqualTo((AppendVerdict.SequenceReused, 5L)));
    }

    [Test]
    public async Task Append_OfAForkBehindTheHead_IsABrokenLink()
    {
        List<ChainedEvent> chain = SampleChain.Of(6);
        await using var ledger = new PostgresLedger(Writer);
        await ledger.AppendAsync(chain.Take(4).ToList(), Token);
        ChainedEvent other = SampleChain.Forged(chain[3], "180.0", "181.0");
        ChainedEvent after = SampleChain.Next(Line, other, "coat-completed", "B-2026-0001", "fork");

        AppendOutcome outcome = await ledger.AppendAsync([after], Token);

        Assert.That((outcome.Verdict, outcome.Seq), Is.EqualTo((AppendVerdict.BrokenLink, 5L)));
    }

    [Test]
    public async Task Append_ToAHeadThatItsRowDoesNotBearOut_IsRefused()
    {
        List<ChainedEvent> chain = await FillAsync(5);
        Edit("UPDATE coatline.events SET hash = decode(repeat('ab', 32), 'hex') WHERE seq = 5");
        await using var ledger = new PostgresLedger(Writer);

        AppendOutcome outcome = await ledger.AppendAsync(
            [SampleChain.Next(Line, chain[4], "coat-completed", "B-2026-0001", "more")], Token);

        Assert.That(outcome.Verdict, Is.EqualTo(AppendVerdict.LedgerDamaged));
    }

    [Test]
    public async Task Append_ByTwoWritersAtOnce_CommitsEachEventOnceAndInOrder()
    {
        List<ChainedEvent> chain = SampleChain.Of(400);
        await using var one = new PostgresLedger(Writer);
        await using var two = new PostgresLedger(Writer);

        await Task.WhenAll(new[] { one, two }.Select(ledger => Task.Run(async () =>
        {
            foreach (ChainedEvent[] segment in chain.Chunk(10))
            {
                // The other one may be ahead (duplicates) but never so far behind that this one finds a gap.
                AppendOutcome outcome = await ledger.AppendAsync(segment, Token);
                Assert.That(outcome.Accepted, outcome.Reason);
            }
        })));

        VerifyReport report = Verify(new LedgerMark(Line, 400, chain[^1].Hash));
        Assert.That((report.Sound, report.Events), Is.EqualTo((true, 400L)));
    }

    [TestCaseSource(nameof(Changes))]
    public async Task Change_EvenByTheOwner_IsRefused(string sql)
    {
        await FillAsync(3);
        await using var connection = new NpgsqlConnection(Owner);

        PostgresException refused = (await Assert.ThrowsAsync<PostgresException>(
            () => connection.ExecuteAsync(sql)))!;

        Assert.That(refused.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
        Assert.That(Verify().Sound);
    }

    [TestCaseSource(nameof(Changes))]
    [TestCase("INSERT INTO coatline.line_head VALUES ('line-9', 1, '')")]
    [TestCase("DROP TABLE coatline.events")]
    [TestCase("ALTER TABLE coatline.events DISABLE TRIGGER ALL")]
    [TestCase("SET session_replication_role = replica")]
    [TestCase("INSERT INTO coatline.layout VALUES (9)")]
    public async Task Change_ByTheWriter_HasNoRight(string sql)
    {
        await FillAsync(3);
        await using var connection = new NpgsqlConnection(Writer);

        PostgresException refused = (await Assert.ThrowsAsync<PostgresException>(
            () => connection.ExecuteAsync(sql)))!;

        Assert.That(refused.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [TestCase(5, 9)]
    [TestCase(3, 2)]
    [TestCase(0, 3)]
    public async Task MoveHead_ToWhereItMayNotGo_MovesNothing(long from, long to)
    {
        List<ChainedEvent> chain = await FillAsync(3);
        await using var connection = new NpgsqlConnection(Writer);
        byte[] hash = chain[(int)Math.Min(to, 3) - 1].Hash.Span.ToArray();

        bool moved;
        try
        {
            moved = await connection.ExecuteScalarAsync<bool>(
                "SELECT coatline.move_head('line-1', @from, @to, @hash)", new { from, to, hash });
        }
        catch (PostgresException)
        {
            moved = false;
        }

        Assert.That(moved, Is.False);
        Assert.That(Verify(new LedgerMark(Line, 3, chain[2].Hash)).Sound);
    }

    [Test]
    public async Task Reader_MayNotAdd()
    {
        await using var ledger = new PostgresLedger(Reader);

        LedgerException refused = (await Assert.ThrowsAsync<LedgerException>(
            async () => await ledger.AppendAsync(SampleChain.Of(1), Token)))!;

        Assert.That((refused.Fault, refused.Message), Is.EqualTo((LedgerFault.Unavailable, refused.Message)));
        Assert.That(refused.Message, Does.Contain("coatline_writer"));
    }

    [Test]
    public async Task Open_OfADatabaseWithoutLedger_SaysHowToMakeOne()
    {
        string bare = await PostgresServer.Server.CreateDatabaseAsync();
        await using var ledger = new PostgresLedger(PostgresServer.Server.Connection(bare));

        LedgerException refused = (await Assert.ThrowsAsync<LedgerException>(
            async () => await ledger.MarkAsync(Line, Token)))!;

        Assert.That(refused.Fault, Is.EqualTo(LedgerFault.NotALedger));
        Assert.That(refused.Message, Does.Contain("coatline ledger migrate").And.Not.Contain("owner;"));
    }

    [Test]
    public void Migrate_Twice_DoesNothingTheSecondTime() => Assert.That(PostgresLayout.Migrate(Owner), Is.Empty);

    [Test]
    public async Task Open_OfANewerLayout_IsRefused()
    {
        Edit("INSERT INTO coatline.layout VALUES (2)");
        await using var ledger = new PostgresLedger(Writer);

        LedgerException refused = (await Assert.ThrowsAsync<LedgerException>(
            async () => await ledger.MarkAsync(Line, Token)))!;

        Assert.That(refused.Fault, Is.EqualTo(LedgerFault.UnknownVersion));
    }

    [Test]
    public async Task Batches_AreSummedUpAsInAFile()
    {
        List<ChainedEvent> chain = await FillAsync(7);
        using var folder = new NoFile();
        using (LedgerStore file = LedgerStore.Open(folder.Path))
        {
            file.Append(chain);
        }

        using var reader = new PostgresReader(Reader);
        BatchSummary[] ours = [.. reader.Batches()];
        BatchSummary[] theirs = [.. new LedgerReader(folder.Path).Batches()];

        Assert.That(
            ours.Select(b => b with { CountByType = Nothing }),
            Is.EqualTo(theirs.Select(b => b with { CountByType = Nothing })));
        Assert.That(ours.SelectMany(b => b.CountByType), Is.EqualTo(theirs.SelectMany(b => b.CountByType)));
        Assert.That(
            reader.Events(new EventQuery { Type = "coat-completed", Batch = "B-2026-0001" }).Select(e => e.Seq),
            Is.EqualTo(new long[] { 5 }));
    }

    private sealed class NoFile : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public string Path => _folder.File("ledger.db");

        public void Dispose() => _folder.Delete();
    }
}
