using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests.Verification;

[TestFixture]
internal sealed class LedgerVerifierTests : LedgerFixture
{
    [Test]
    public void Verify_SoundLedger_ReportsEventsHeadAndTimes()
    {
        List<ChainedEvent> chain = Fill(1234);

        VerifyReport report = LedgerVerifier.Verify(LedgerPath);

        Assert.That(report.Sound, Is.True);
        Assert.That(report.Events, Is.EqualTo(1234));
        Assert.That(report.Head, Is.EqualTo(new LineReport("line-1", 1234, 1234, chain[^1].Hash.ToString(),
            "2026-01-05T06:00:01.5000000Z", "2026-01-05T06:30:51.0000000Z")));
    }

    [Test]
    public void Verify_EmptyLedger_IsSoundWithoutAHead()
    {
        LedgerStore.Open(LedgerPath).Dispose();

        VerifyReport report = LedgerVerifier.Verify(LedgerPath);

        Assert.That((report.Sound, report.Events, report.Head), Is.EqualTo((true, 0L, (LineReport?)null)));
    }

    [Test]
    public void Verify_TwoLines_ReportsBothAndNoSingleHead()
    {
        Fill(3);
        Fill(5, new LineId("line-0"));

        VerifyReport report = LedgerVerifier.Verify(LedgerPath);

        Assert.That(report.Sound, Is.True);
        Assert.That(report.Head, Is.Null);
        Assert.That(report.Lines.Select(l => (l.Line, l.Seq)), Is.EqualTo(new[] { ("line-0", 5L), ("line-1", 3L) }));
    }

    [Test]
    public void Verify_LedgerAtRest_CreatesNoFile()
    {
        Fill(3);
        string[] before = Folder.FileNames();

        LedgerVerifier.Verify(LedgerPath);

        Assert.That(before, Is.EqualTo(new[] { "ledger.db" }));
        Assert.That(Folder.FileNames(), Is.EqualTo(before));
    }

    [Test]
    public void Verify_WhileAWriterIsOpen_SeesWhatIsCommitted()
    {
        List<ChainedEvent> chain = SampleChain.Of(6);
        using LedgerStore store = LedgerStore.Open(LedgerPath);
        store.Append(chain);

        VerifyReport report = LedgerVerifier.Verify(LedgerPath);

        Assert.That((report.Sound, report.Events), Is.EqualTo((true, 6L)));
    }

    [Test]
    public void Verify_CopyOfAnOpenLedgerWithItsLog_SeesWhatIsCommitted()
    {
        using LedgerStore store = LedgerStore.Open(LedgerPath);
        store.Append(SampleChain.Of(6));
        string copy = Folder.File("copy #1%.db");
        File.Copy(LedgerPath, copy);
        File.Copy(LedgerPath + "-wal", copy + "-wal");

        VerifyReport report = LedgerVerifier.Verify(copy);

        Assert.That((report.Sound, report.Events), Is.EqualTo((true, 6L)));
    }

    [Test]
    public void Verify_PathWithUriCharacters_IsOpened()
    {
        Fill(2);
        string odd = Folder.File("a b#c?d%20.db");
        File.Move(LedgerPath, odd);

        Assert.That(LedgerVerifier.Verify(odd).Events, Is.EqualTo(2));
    }

    [Test]
    public void Verify_MissingFile_SaysSoAndCreatesNothing()
    {
        Assert.That(() => LedgerVerifier.Verify(LedgerPath), Fails(LedgerFault.Missing));
        Assert.That(Folder.FileNames(), Is.Empty);
    }

    [Test]
    public void Verify_TextFile_IsNotALedger()
    {
        File.WriteAllText(LedgerPath, string.Concat(Enumerable.Repeat("not a database ", 100)));

        Assert.That(() => LedgerVerifier.Verify(LedgerPath), Fails(LedgerFault.NotALedger));
    }

    [Test]
    public void Verify_EmptyFile_IsNotALedger()
    {
        File.WriteAllText(LedgerPath, "");

        Assert.That(() => LedgerVerifier.Verify(LedgerPath), Fails(LedgerFault.NotALedger));
    }

    [Test]
    public void Verify_OtherDatabase_IsNotALedger()
    {
        Edit("CREATE TABLE events(x)");

        Assert.That(() => LedgerVerifier.Verify(LedgerPath), Fails(LedgerFault.NotALedger));
        Assert.That(() => LedgerStore.Open(LedgerPath), Fails(LedgerFault.NotALedger));
    }

    [TestCase("PRAGMA user_version = 2")]
    [TestCase("DROP TABLE line_head")]
    [TestCase("ALTER TABLE events RENAME COLUMN payload TO body")]
    public void Verify_OtherLayout_IsRefused(string sql)
    {
        Fill(2);
        Edit(sql);

        Assert.That(() => LedgerVerifier.Verify(LedgerPath), Fails(LedgerFault.UnknownVersion));
        Assert.That(() => LedgerStore.Open(LedgerPath), Fails(LedgerFault.UnknownVersion));
    }

    [Test]
    public void Verify_ForgedTailWithFittingHead_IsFoundByTheExpectedMark()
    {
        List<ChainedEvent> chain = Fill(6);
        ChainedEvent five = SampleChain.Forged(chain[4], "180", "999");
        ChainedEvent six = SampleChain.Next(SampleChain.Line, five, "coat-completed", "B-2026-0001", "x");
        Edit("DELETE FROM events WHERE seq > 4; UPDATE line_head SET seq = 4, hash = @hash",
            new { hash = chain[3].Hash.ToString() });
        using (LedgerStore store = LedgerStore.Open(LedgerPath))
        {
            store.Append([five, six]);
        }

        var mark = new LedgerMark(SampleChain.Line, 6, chain[5].Hash);

        Assert.That(LedgerVerifier.Verify(LedgerPath).Sound, Is.True, "stated limit: nothing in the file shows it");
        Assert.That(
            LedgerVerifier.Verify(LedgerPath, [mark]).Damages.Select(d => (d.Seq, d.Kind)),
            Is.EqualTo(new[] { (6L, DamageKind.NotAsExpected) }));
    }

    [Test]
    public void Verify_TailCutTogetherWithTheHead_IsFoundByTheExpectedMark()
    {
        List<ChainedEvent> chain = Fill(6);
        Edit("DELETE FROM events WHERE seq > 4; UPDATE line_head SET seq = 4, hash = @hash",
            new { hash = chain[3].Hash.ToString() });

        VerifyReport report = LedgerVerifier.Verify(
            LedgerPath, [new LedgerMark(SampleChain.Line, 6, chain[5].Hash)]);

        Assert.That(report.Damages.Select(d => (d.Seq, d.Kind)), Is.EqualTo(new[] { (5L, DamageKind.Truncated) }));
    }

    [Test]
    public void Verify_LineWipedAltogether_IsFoundByTheExpectedMark()
    {
        List<ChainedEvent> chain = Fill(6);
        Edit("DELETE FROM events; DELETE FROM line_head");

        VerifyReport report = LedgerVerifier.Verify(
            LedgerPath, [new LedgerMark(SampleChain.Line, 6, chain[5].Hash)]);

        Assert.That(report.Damages.Select(d => (d.Seq, d.Kind)), Is.EqualTo(new[] { (1L, DamageKind.Truncated) }));
    }

    [Test]
    public void Verify_EverythingDamaged_CountsAllAndKeepsTheFirst()
    {
        Fill(LedgerVerifier.MaxDamages + 50);
        Edit("UPDATE events SET payload = payload || ' '");

        VerifyReport report = LedgerVerifier.Verify(LedgerPath);

        Assert.That(report.DamageCount, Is.EqualTo(LedgerVerifier.MaxDamages + 50));
        Assert.That(report.Damages.Select(d => d.Seq), Is.EqualTo(Enumerable.Range(1, LedgerVerifier.MaxDamages)));
    }

    [Test]
    public void Verify_Cancelled_Stops()
    {
        Fill(3);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.That(
            () => LedgerVerifier.Verify(LedgerPath, cancellationToken: cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static NUnit.Framework.Constraints.EqualConstraint<LedgerFault> Fails(LedgerFault fault) =>
        Throws.TypeOf<LedgerException>().With.Property(nameof(LedgerException.Fault)).EqualTo(fault);
}
