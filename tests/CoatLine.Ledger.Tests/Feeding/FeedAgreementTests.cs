using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Messaging;

namespace CoatLine.Ledger.Tests.Feeding;

/// <summary>Journal and ledger meet again after a restart, and one of them may be an old copy.</summary>
[TestFixture]
internal sealed class FeedAgreementTests : FeedFixture
{
    [Test]
    public async Task Feed_ProcessEndsBetweenCommitAndMark_GoesOnWithoutADuplicate()
    {
        var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (FeedRig rig = await FeedRig.StartAsync(Folder, new FeedFaults
        {
            Ledger = (_, append) =>
            {
                append();
                committed.TrySetResult();
                throw new LedgerException(LedgerFault.Unavailable, "the process ended here");
            },
        }))
        {
            rig.Record(30);
            await committed.Task.WaitAsync(FeedRig.Patience);
        }

        using (Journal left = Journal.Open(Folder.File("journal.db"), SampleChain.Line, TimeProvider.System))
        {
            Assert.That(left.HeadSeq, Is.EqualTo(30));
        }

        await using FeedRig again = await FeedRig.StartAsync(Folder);
        again.Record(5);
        await again.DrainAsync();

        AssertLedgerIs(again, 35);
    }

    [Test]
    public async Task Feed_RestartWithNothingNew_AgreesAndSendsNothing()
    {
        await using (FeedRig rig = await FeedRig.StartAsync(Folder))
        {
            rig.Record(12);
            await rig.DrainAsync();
        }

        await using FeedRig again = await FeedRig.StartAsync(Folder, new FeedFaults
        {
            Ledger = (_, _) => throw new InvalidOperationException("nothing was to be sent again"),
        });
        await again.Feed.AgreeAsync(CancellationToken.None).WaitAsync(FeedRig.Patience);

        Assert.That(again.Feed.Status, Has.Property(nameof(FeedStatus.State)).EqualTo(FeedState.Following));
        Assert.That(again.Journal.ConfirmedSeq, Is.EqualTo(12));
    }

    [Test]
    public async Task Feed_OldCopyOfTheJournal_IsRefusedBeforeAnythingIsSent()
    {
        string journal = Folder.File("journal.db");
        string old = Folder.File("journal-old.db");
        await using (FeedRig rig = await FeedRig.StartAsync(Folder))
        {
            rig.Record(3);
            await rig.DrainAsync();
        }

        File.Copy(journal, old);
        await using (FeedRig rig = await FeedRig.StartAsync(Folder))
        {
            rig.Record(4);
            await rig.DrainAsync();
        }

        File.Copy(old, journal, overwrite: true);
        await using FeedRig again = await FeedRig.StartAsync(Folder);

        Assert.That(
            async () => await again.Feed.AgreeAsync(CancellationToken.None).WaitAsync(FeedRig.Patience),
            Throws.TypeOf<LedgerFeedException>().With.Message.Contains("old copy"));
        again.Record(6);
        Assert.That(async () => await again.DrainAsync(), Throws.TypeOf<LedgerFeedException>());
        AssertLedgerHolds(7);
    }

    [Test]
    public async Task Feed_LedgerOfAnotherHistory_IsRefused()
    {
        using (LedgerStore other = LedgerStore.Open(LedgerPath))
        {
            other.Append(SampleChain.Of(2));
        }

        using (Journal journal = Journal.Open(Folder.File("journal.db"), SampleChain.Line, TimeProvider.System))
        {
            journal.AppendAll([.. Enumerable.Range(1, 5).Select(i => new LinkLost("", null, $"fact {i}"))]);
        }

        await using FeedRig rig = await FeedRig.StartAsync(Folder);

        FeedStatus status = await rig.UntilAsync(s => s.State == FeedState.Faulted);
        Assert.That(status.Reason, Does.Contain("two different chains"));
        Assert.That(rig.Journal.ConfirmedSeq, Is.Zero);
        AssertLedgerHolds(2);
    }

    [Test]
    public async Task Feed_LedgerRestoredFromABackup_GetsWhatTheJournalStillHolds()
    {
        await using (FeedRig rig = await FeedRig.StartAsync(Folder))
        {
            rig.Record(4);
            await rig.DrainAsync();
            File.Copy(LedgerPath, Folder.File("backup.db"));
            File.Copy(LedgerPath + "-wal", Folder.File("backup.db-wal"));

            // Of an open batch, so the journal keeps it although it is confirmed.
            rig.Journal.AppendAll([.. Enumerable.Range(5, 6).Select(i => new LinkLost("B-2026-0001", null, $"{i}"))]);
            await rig.DrainAsync();
        }

        File.Move(Folder.File("backup.db"), LedgerPath, overwrite: true);
        File.Move(Folder.File("backup.db-wal"), LedgerPath + "-wal");
        await using FeedRig again = await FeedRig.StartAsync(Folder);

        await again.UntilAsync(s => s.ConfirmedSeq == 10 && again.Ledger.Mark(SampleChain.Line)!.Seq == 10);
        AssertLedgerIs(again, 10);
    }

    [Test]
    public async Task Feed_LedgerLostWhatTheJournalHasRetired_AsksForAPerson()
    {
        await using (FeedRig rig = await FeedRig.StartAsync(Folder))
        {
            rig.Record(4);
            await rig.DrainAsync();
        }

        File.Delete(LedgerPath);
        await using FeedRig again = await FeedRig.StartAsync(Folder);
        again.Record(2);

        FeedStatus status = await again.UntilAsync(s => s.State == FeedState.Faulted);
        Assert.That(status.Reason, Does.Contain("restore the ledger"));
        Assert.That(again.Journal.Read(0, 10), Has.Count.EqualTo(2));
    }
}
