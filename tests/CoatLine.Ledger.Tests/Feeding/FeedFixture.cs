namespace CoatLine.Ledger.Tests.Feeding;

/// <summary>Base of fixtures that look at the ledger after a feed.</summary>
internal abstract class FeedFixture : LedgerFixture
{
    protected void AssertLedgerIs(FeedRig rig, long count)
    {
        LedgerMark mark = rig.Ledger.Mark(SampleChain.Line)!;
        Assert.That((mark.Seq, mark.Hash), Is.EqualTo((rig.Journal.HeadSeq, rig.Journal.HeadHash)));
        AssertLedgerHolds(count);
    }

    protected void AssertLedgerHolds(long count)
    {
        VerifyReport report = LedgerVerifier.Verify(LedgerPath);
        Assert.That(report.Damages, Is.Empty);
        Assert.That((report.Events, report.Head!.Seq), Is.EqualTo((count, count)));
    }
}
