using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests.Appending;

[TestFixture]
internal sealed class LedgerStoreTests : LedgerFixture
{
    private static readonly LineId Line = SampleChain.Line;

    [Test]
    public void Append_ContiguousSegments_AreReadBackToTheByte()
    {
        List<ChainedEvent> chain = Fill(12);

        IReadOnlyList<LedgerRow> rows = new LedgerReader(LedgerPath).Events(new EventQuery());

        Assert.That(
            rows.Select(r => (r.Seq, r.Id, r.Type, r.Batch, r.PreviousHash, r.Hash)),
            Is.EqualTo(chain.Select(e =>
                (e.Seq, e.EventId, e.Type, e.Batch, e.Previous.ToString(), e.Hash.ToString()))));
        Assert.That(
            rows.Select(r => System.Text.Encoding.UTF8.GetBytes(r.Payload)),
            Is.EqualTo(chain.Select(e => e.Payload.ToArray())));
    }

    [Test]
    public void Mark_UnknownLine_IsNull()
    {
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        Assert.That(store.Mark(Line), Is.Null);
    }

    [Test]
    public void Mark_AfterReopening_IsTheLastCommittedEvent()
    {
        List<ChainedEvent> chain = Fill(7);

        using LedgerStore store = LedgerStore.Open(LedgerPath);

        Assert.That(store.Mark(Line), Is.EqualTo(new LedgerMark(Line, 7, chain[6].Hash)));
    }

    [Test]
    public void Append_SameSegmentTwice_DropsTheSecond()
    {
        List<ChainedEvent> chain = Fill(5);
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        AppendOutcome outcome = store.Append(chain);

        Assert.That(outcome, Is.EqualTo(new AppendOutcome(
            AppendVerdict.AllDuplicates, new LedgerMark(Line, 5, chain[4].Hash), 0, 5, 5, "")));
    }

    [Test]
    public void Append_OverlappingSegment_CommitsWhatIsNew()
    {
        List<ChainedEvent> chain = SampleChain.Of(9);
        using LedgerStore store = LedgerStore.Open(LedgerPath);
        store.Append(chain[..5]);

        AppendOutcome outcome = store.Append(chain[2..]);

        Assert.That(outcome, Is.EqualTo(new AppendOutcome(
            AppendVerdict.Committed, new LedgerMark(Line, 9, chain[8].Hash), 4, 3, 9, "")));
        Assert.That(LedgerVerifier.Verify(LedgerPath).Sound, Is.True);
    }

    [Test]
    public void Append_TwoLines_KeepTheirOwnHeads()
    {
        List<ChainedEvent> one = Fill(4);
        List<ChainedEvent> two = Fill(6, new LineId("line-2"));
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        Assert.That(store.Mark(Line)!.Hash, Is.EqualTo(one[^1].Hash));
        Assert.That(store.Mark(new LineId("line-2"))!.Hash, Is.EqualTo(two[^1].Hash));
    }

    [TestCase(0, 1, AppendVerdict.Gap, 1, TestName = "Append_FirstSegmentWithoutSeqOne_IsRefused")]
    [TestCase(3, 4, AppendVerdict.Gap, 4, TestName = "Append_SegmentAfterAGap_IsRefused")]
    public void Append_Gap_NamesTheSeqThatIsDue(int committed, int from, AppendVerdict verdict, long due)
    {
        List<ChainedEvent> chain = SampleChain.Of(8);
        using LedgerStore store = LedgerStore.Open(LedgerPath);
        if (committed > 0)
        {
            store.Append(chain[..committed]);
        }

        AppendOutcome outcome = store.Append(chain[from..]);

        Assert.That((outcome.Verdict, outcome.Seq, outcome.Accepted), Is.EqualTo((verdict, due, false)));
        AssertUnchanged(store, chain, committed);
    }

    [Test]
    public void Append_ForkAfterTheHead_IsABrokenLink()
    {
        List<ChainedEvent> chain = Fill(4);
        ChainedEvent otherFour = SampleChain.Forged(chain[3], "note", "lies");
        ChainedEvent five = SampleChain.Next(Line, otherFour, "coat-completed", "B-2026-0001", "fork");
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        AppendOutcome outcome = store.Append([five]);

        Assert.That((outcome.Verdict, outcome.Seq), Is.EqualTo((AppendVerdict.BrokenLink, 5L)));
        AssertUnchanged(store, chain, 4);
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    public void Append_SameSeqWithAnotherHash_IsAnAlarmAndNoDuplicate(int seq)
    {
        List<ChainedEvent> chain = Fill(4);
        ChainedEvent other = SampleChain.Forged(chain[seq - 1], "note", "lies");
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        AppendOutcome outcome = store.Append([other]);

        Assert.That((outcome.Verdict, outcome.Seq), Is.EqualTo((AppendVerdict.SequenceReused, (long)seq)));
        Assert.That(outcome.Reason, Does.Contain(other.Hash.ToString()).And.Contain(chain[seq - 1].Hash.ToString()));
        AssertUnchanged(store, chain, 4);
    }

    [Test]
    public void Append_ReusedSeqInFrontOfNewEvents_CommitsNoneOfThem()
    {
        List<ChainedEvent> chain = Fill(4);
        ChainedEvent four = SampleChain.Forged(chain[3], "note", "lies");
        ChainedEvent five = SampleChain.Next(Line, four, "coat-completed", "B-2026-0001", "fork");
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        Assert.That(store.Append([four, five]).Verdict, Is.EqualTo(AppendVerdict.SequenceReused));
        AssertUnchanged(store, chain, 4);
    }

    private static IEnumerable<TestCaseData> Contradictions()
    {
        List<ChainedEvent> chain = SampleChain.Of(3);
        ChainedEvent two = chain[1];
        yield return Case("payload", two with { Payload = SampleChain.Forged(two, "180", "181").Payload });
        yield return Case("hash", two with { Hash = chain[2].Hash });
        yield return Case("previous", two with { Previous = chain[2].Hash });
        yield return Case("id", two with { EventId = chain[2].EventId });
        yield return Case("type", two with { Type = chain[2].Type });
        yield return Case("batch", two with { Batch = "B-2026-0002" });
        yield return Case("time", two with { Time = two.Time.AddTicks(1) });
        yield return Case("seq", two with { Seq = 5 });
        yield return Case("line", two with { Line = new LineId("line-2") });
        yield return Case("not-json", SampleChain.Forged(two, "}", ""));
        yield return Case("two-documents", SampleChain.Forged(two, "} }", "} }{}"));
        yield return Case("no-id", SampleChain.Forged(two, "\"id\"", "\"ident\""));
        yield return Case("id-twice", SampleChain.Forged(two, "\"specversion\"", "\"id\""));
        yield return Case("other-line-in-payload", Said(two, "\"line\":\"line-2\""));
        yield return Case("other-seq-in-payload", Said(two, "\"seq\":3"));
        yield return Case("other-prevhash-in-payload", Said(two, "\"prevhash\":\"\""));
        yield return Case("id-a-number", SampleChain.Forged(two, $"\"{two.EventId}\"", "7"));

        static ChainedEvent Said(ChainedEvent e, string attribute) =>
            SampleChain.Forged(e, "\"data\"", attribute + ",\"data\"");

        static TestCaseData Case(string name, ChainedEvent second) =>
            new TestCaseData(second).SetName($"Append_SegmentWithContradictingEvent_IsMalformed({name})");
    }

    [TestCaseSource(nameof(Contradictions))]
    public void Append_SegmentWithContradictingEvent_IsMalformed(ChainedEvent second)
    {
        List<ChainedEvent> chain = SampleChain.Of(3);
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        AppendOutcome outcome = store.Append([chain[0], second, chain[2]]);

        Assert.That((outcome.Verdict, outcome.Accepted), Is.EqualTo((AppendVerdict.Malformed, false)));
        Assert.That(outcome.Reason, Is.Not.Empty);
        Assert.That(store.Mark(Line), Is.Null);
    }

    [Test]
    public void Append_SegmentSize_IsBoundedOnBothSides()
    {
        List<ChainedEvent> chain = SampleChain.Of(LedgerStore.MaxSegmentEvents + 1);
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        Assert.That(store.Append([]).Verdict, Is.EqualTo(AppendVerdict.Malformed));
        Assert.That(store.Append(chain).Verdict, Is.EqualTo(AppendVerdict.Malformed));
        Assert.That(store.Append(chain[..^1]).Verdict, Is.EqualTo(AppendVerdict.Committed));
    }

    [TestCase("UPDATE line_head SET hash = replace(hash, substr(hash, 1, 1), 'f') || ''")]
    [TestCase("UPDATE line_head SET seq = 3")]
    [TestCase("DELETE FROM events WHERE seq = 4")]
    public void Append_HeadAndRowsDisagree_IsRefusedAsDamaged(string sql)
    {
        List<ChainedEvent> chain = SampleChain.Of(6);
        using (LedgerStore store = LedgerStore.Open(LedgerPath))
        {
            store.Append(chain[..4]);
        }

        Edit(sql);
        using LedgerStore reopened = LedgerStore.Open(LedgerPath);
        AppendOutcome outcome = reopened.Append(chain[4..]);

        Assert.That(outcome.Accepted, Is.False);
        Assert.That(outcome.Verdict, Is.AnyOf(AppendVerdict.LedgerDamaged, AppendVerdict.Gap));
    }

    [Test]
    public void Mark_DamagedHead_SaysSo()
    {
        Fill(4);
        Edit("UPDATE line_head SET hash = x'00ff'");
        using LedgerStore store = LedgerStore.Open(LedgerPath);

        Assert.That(
            () => store.Mark(Line),
            Throws.TypeOf<LedgerException>().With.Property(nameof(LedgerException.Fault)).EqualTo(LedgerFault.Damaged));
    }

    [Test]
    public void Open_FolderThatIsNotThere_NamesTheCure()
    {
        string path = Path.Combine(Folder.Path, "nowhere", "ledger.db");

        Assert.That(
            () => LedgerStore.Open(path),
            Throws.TypeOf<LedgerException>().With.Message.Contains("folder must exist")
                .And.Property(nameof(LedgerException.Fault)).EqualTo(LedgerFault.Unavailable));
        Assert.That(Folder.FileNames(), Is.Empty);
    }

    [Test]
    public void Append_AfterTheDatabaseFailed_ReadsWhatIsOnDiskAndGoesOn()
    {
        List<ChainedEvent> chain = SampleChain.Of(6);
        using LedgerStore store = LedgerStore.Open(LedgerPath);
        store.Append(chain[..3]);
        Edit("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(FAIL, 'no'); END");

        Assert.That(() => store.Append(chain), Throws.TypeOf<LedgerException>());
        Assert.That(store.Mark(Line)!.Seq, Is.EqualTo(3));
        Edit("DROP TRIGGER full");

        Assert.That(store.Append(chain).Committed, Is.EqualTo(3));
        Assert.That(LedgerVerifier.Verify(LedgerPath).Sound, Is.True);
    }

    [Test]
    public void Append_AfterDispose_Throws()
    {
        LedgerStore store = LedgerStore.Open(LedgerPath);
        store.Dispose();

        Assert.That(() => store.Append(SampleChain.Of(1)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(store.Dispose, Throws.Nothing);
    }

    [Test]
    public void Append_TwoStoresOnOneFile_TakeTurnsAndShareTheHead()
    {
        List<ChainedEvent> chain = SampleChain.Of(6);
        using LedgerStore one = LedgerStore.Open(LedgerPath);
        using LedgerStore two = LedgerStore.Open(LedgerPath);

        Assert.That(one.Append(chain[..2]).Committed, Is.EqualTo(2));
        Assert.That(two.Append(chain[..4]).Committed, Is.EqualTo(2));
        Assert.That(one.Append(chain).Committed, Is.EqualTo(2));
        Assert.That(two.Mark(Line)!.Seq, Is.EqualTo(6));
    }

    private void AssertUnchanged(LedgerStore store, List<ChainedEvent> chain, int committed)
    {
        LedgerMark? mark = committed == 0 ? null : new LedgerMark(Line, committed, chain[committed - 1].Hash);
        Assert.That(store.Mark(Line), Is.EqualTo(mark));
        VerifyReport report = LedgerVerifier.Verify(LedgerPath);
        Assert.That((report.Events, report.Sound), Is.EqualTo(((long)committed, true)));
    }
}
