using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Engine.Journaling;
using CoatLine.Faults;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Engine.Tests.Journaling;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JournalTests : IDisposable
{
    private static readonly LineId Line = new("line-1");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero));
    private int _opens;

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Append_AnyGroupingAndReopening_IsOneGaplessChain([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        var meant = new List<BatchEvent>();
        Journal journal = Open();
        try
        {
            for (int round = 0; round < 40; round++)
            {
                BatchEvent[] facts = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => Fact(round, i))];
                journal.AppendAll(facts);
                meant.AddRange(facts);
                _clock.Advance(TimeSpan.FromMilliseconds(random.Next(0, 3)));
                if (random.Next(4) == 0)
                {
                    journal.Dispose();
                    journal = Open();
                }
            }

            IReadOnlyList<ChainedEvent> read = journal.Read(0, Journal.MaxRead);
            ChainAssert.IsWhole(read);
            Assert.That(read.Select(EventCatalog.Read), Is.EqualTo(meant));
            Assert.That(journal.HeadSeq, Is.EqualTo(meant.Count));
            Assert.That(journal.HeadHash, Is.EqualTo(read[^1].Hash));
        }
        finally
        {
            journal.Dispose();
        }
    }

    [Test]
    public void Read_AfterAndMax_GivesThatPart()
    {
        using Journal journal = Open();
        journal.AppendAll([.. Enumerable.Range(0, 10).Select(i => Fact(0, i))]);

        Assert.That(journal.Read(3, 4).Select(e => e.Seq), Is.EqualTo(new[] { 4, 5, 6, 7 }));
        Assert.That(journal.Read(10, 4), Is.Empty);
    }

    [Test]
    public void AppendAll_Nothing_ChangesNothing()
    {
        using Journal journal = Open();

        Assert.That(journal.AppendAll([]), Is.Empty);
        Assert.That(journal.HeadSeq, Is.Zero);
    }

    [TestCase(nameof(JournalMoment.BeforeWrite), 1)]
    [TestCase(nameof(JournalMoment.BeforeCommit), 1)]
    [TestCase(nameof(JournalMoment.AfterCommit), 3)]
    public void Append_DiskFails_NothingOrAllIsThereAfterReopening(string at, int expected)
    {
        bool failing = false;
        using (Journal journal = Open((moment, _) => Fail(failing && moment.ToString() == at)))
        {
            journal.Append(Fact(0, 0));
            failing = true;
            Assert.That(() => journal.AppendAll([Fact(1, 0), Fact(1, 1)]), Throws.TypeOf<JournalException>());
            failing = false;

            Assert.That(() => journal.Append(Fact(2, 0)), Throws.TypeOf<JournalException>()
                .With.Message.Contains("open it again"), "the handle is never used again");
            Assert.That(() => journal.Read(0, 10), Throws.TypeOf<JournalException>());
            Assert.That(() => journal.NextEpoch(), Throws.TypeOf<JournalException>());
            Assert.That(() => journal.Confirm(1, ChainHash.Zero), Throws.TypeOf<JournalException>());
        }

        using Journal reopened = Open();
        Assert.That(reopened.HeadSeq, Is.EqualTo(expected));
        reopened.Append(Fact(3, 0));
        ChainAssert.IsWhole(reopened.Read(0, 10));
    }

    [Test]
    public void NextEpoch_AcrossReopening_OnlyRises()
    {
        using (Journal journal = Open())
        {
            Assert.That(journal.NextEpoch(), Is.EqualTo(1));
            Assert.That(journal.NextEpoch(), Is.EqualTo(2));
        }

        using Journal reopened = Open();
        Assert.That(reopened.Epoch, Is.EqualTo(2));
        Assert.That(reopened.NextEpoch(), Is.EqualTo(3));
    }

    [Test]
    public void Confirm_OpenBatch_KeepsItsRowsAndRetiresTheLines()
    {
        using Journal journal = Open();
        journal.Append(new EngineStarted("", 1, 0));
        journal.Append(Created("B-2026-0001"));
        ChainedEvent last = journal.Append(new BatchHeld("B-2026-0001", "x", "y", "z?"));

        journal.Confirm(last.Seq, last.Hash);

        Assert.That(journal.Read(0, 10).Select(e => e.Seq), Is.EqualTo(new[] { 2, 3 }));
        Assert.That(journal.OpenBatches(), Is.EqualTo(new[] { "B-2026-0001" }));
    }

    [Test]
    public void Confirm_ClosedBatch_RetiresItAndTheChainGoesOn()
    {
        using (Journal journal = Open())
        {
            journal.Append(Created("B-2026-0001"));
            ChainedEvent last = journal.Append(Released("B-2026-0001"));
            journal.Confirm(last.Seq, last.Hash);
            Assert.That(journal.Read(0, 10), Is.Empty);
        }

        using Journal reopened = Open();
        ChainHash head = reopened.HeadHash;
        ChainedEvent next = reopened.Append(Created("B-2026-0002"));
        Assert.That(next.Seq, Is.EqualTo(3));
        Assert.That(next.Previous, Is.EqualTo(head));
        Assert.That(reopened.ConfirmedSeq, Is.EqualTo(2));
        Assert.That(reopened.AllBatches(), Is.EqualTo(new[] { "B-2026-0001", "B-2026-0002" }));
    }

    [Test]
    public void Confirm_EndOfTheBatchNotConfirmedYet_KeepsItWhole()
    {
        using Journal journal = Open();
        ChainedEvent first = journal.Append(Created("B-2026-0001"));
        journal.Append(Released("B-2026-0001"));

        journal.Confirm(first.Seq, first.Hash);

        Assert.That(journal.ReadBatch("B-2026-0001"), Has.Count.EqualTo(2));
    }

    [Test]
    public void Confirm_OldMarkAgain_ChangesNothing()
    {
        using Journal journal = Open();
        ChainedEvent one = journal.Append(Created("B-2026-0001"));
        ChainedEvent two = journal.Append(Fact(0, 0));
        journal.Confirm(two.Seq, two.Hash);

        journal.Confirm(one.Seq, one.Hash);
        journal.Confirm(two.Seq, two.Hash);

        Assert.That(journal.ConfirmedSeq, Is.EqualTo(2));
    }

    [Test]
    public void Confirm_OtherHash_RetiresNothing()
    {
        using Journal journal = Open();
        ChainedEvent one = journal.Append(new EngineStarted("", 1, 0));

        Assert.That(() => journal.Confirm(1, ChainHash.Zero), Throws.TypeOf<JournalException>()
            .With.Message.Contains("event 1 of line-1 differs"));
        Assert.That(journal.Read(0, 10), Has.Count.EqualTo(1));
        journal.Confirm(1, one.Hash);
        Assert.That(() => journal.Confirm(1, ChainHash.Zero), Throws.TypeOf<JournalException>());
    }

    [Test]
    public void Confirm_BeyondTheHead_SaysThatAnOldCopyIsInUse()
    {
        using Journal journal = Open();
        journal.Append(Fact(0, 0));

        Assert.That(() => journal.Confirm(2, ChainHash.Zero), Throws.TypeOf<JournalException>()
            .With.Message.Contains("old copy"));
    }

    [Test]
    public void Open_SecondTime_IsRefused()
    {
        using Journal journal = Open();
        journal.Append(Fact(0, 0));

        Assert.That(() => Open(), Throws.TypeOf<JournalException>().With.Message.Contains("another process"));
    }

    [Test]
    public void Open_JournalOfAnotherLine_IsRefused()
    {
        Open().Dispose();

        Assert.That(
            () => Journal.Open(_folder.Journal, new LineId("line-2"), _clock),
            Throws.TypeOf<JournalException>().With.Message.Contains("belongs to line 'line-1', not 'line-2'"));
    }

    [Test]
    public void Open_NotADatabase_SaysSo()
    {
        File.WriteAllText(_folder.Journal, new string('x', 8192));

        Assert.That(() => Open(), Throws.TypeOf<JournalException>().With.Message.Contains("not a sound SQLite file"));
    }

    [Test]
    public void Open_FolderIsAFile_NamesTheCure()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "blocked"), "");

        Assert.That(
            () => Journal.Open(Path.Combine(_folder.Path, "blocked", "journal.db"), Line, _clock),
            Throws.TypeOf<JournalException>().With.Message.Contains("not writable"));
    }

    [TestCase("UPDATE events SET payload = replace(payload, '\"epoch\":2', '\"epoch\":3') WHERE seq = 2", 2)]
    [TestCase("UPDATE events SET hash = prevhash WHERE seq = 2", 2)]
    [TestCase("UPDATE events SET prevhash = hash WHERE seq = 3", 3)]
    [TestCase("UPDATE events SET hash = 'zz' WHERE seq = 2", 2)]
    [TestCase("UPDATE events SET time = 'yesterday' WHERE seq = 2", 2)]
    [TestCase("DELETE FROM events WHERE seq = 2", 4)]
    [TestCase("DELETE FROM events WHERE seq = 4", 4)]
    [TestCase("UPDATE journal SET head_seq = 3", 3)]
    public void Open_ChangedBehindItsBack_NamesTheEvent(string damage, int seq)
    {
        using (Journal journal = Open())
        {
            journal.AppendAll([.. Enumerable.Range(1, 4).Select(i => new EngineStarted("", (ulong)i, i))]);
        }

        using (var connection = new SqliteConnection($"Data Source={_folder.Journal};Pooling=False"))
        {
            connection.Execute(damage);
        }

        Assert.That(() => Open(), Throws.TypeOf<JournalException>().With.Message.Contains($"event {seq} "));
    }

    [Test]
    public async Task WaitForMore_UntilAppended_IsWokenOnce()
    {
        using Journal journal = Open();
        Task waiting = journal.WaitForMoreAsync(0, CancellationToken.None).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);

        journal.Append(Fact(0, 0));

        await waiting;
        await journal.WaitForMoreAsync(0, CancellationToken.None);
        Assert.That(journal.WaitForMoreAsync(1, CancellationToken.None).AsTask().IsCompleted, Is.False);
    }

    [Test]
    public void WaitForMore_JournalFaults_EndsTheWait()
    {
        bool failing = false;
        using Journal journal = Open((moment, _) => Fail(failing));
        Task waiting = journal.WaitForMoreAsync(0, CancellationToken.None).AsTask();
        failing = true;
        Assert.That(() => journal.Append(Fact(0, 0)), Throws.TypeOf<JournalException>());

        Assert.That(async () => await waiting, Throws.TypeOf<JournalException>());
    }

    [Test]
    public void WaitForMore_Cancelled_Ends()
    {
        using Journal journal = Open();

        Assert.That(
            async () => await journal.WaitForMoreAsync(0, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Appended_AfterCommit_IsRaisedInOrder()
    {
        using Journal journal = Open();
        List<long> seen = [];
        journal.Appended += e =>
        {
            Assert.That(journal.HeadSeq, Is.GreaterThanOrEqualTo(e.Seq));
            seen.Add(e.Seq);
        };

        journal.AppendAll([Fact(0, 0), Fact(0, 1)]);
        journal.Append(Fact(0, 2));

        Assert.That(seen, Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    public void Append_LargerThanAPayloadMayBe_IsRefusedAndNothingIsWritten()
    {
        using Journal journal = Open();

        Assert.That(
            () => journal.Append(new BatchHeld("B", "s", new string('x', EventChain.MaxPayloadBytes), "?")),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(journal.Append(Fact(0, 0)).Seq, Is.EqualTo(1));
    }

    [Test]
    public void LastKnown_ThroughAHandshake_FollowsTheUnit()
    {
        RequestId before = new(5);
        RequestId id = new(6);
        using Journal journal = Open();
        Assert.That(journal.LastKnown(Unit.Mixer), Is.Null);

        journal.Append(new PhaseIntended("B", "s", 1, Unit.Mixer, PhaseKind.MixCycle, id, 1, before, before, []));
        Assert.That(journal.LastKnown(Unit.Mixer), Is.EqualTo(new UnitTrace(before, before)));
        journal.Append(new PhaseAccepted("B", "s", id));
        Assert.That(journal.LastKnown(Unit.Mixer), Is.EqualTo(new UnitTrace(RequestId.None, id)));
        journal.Append(new PhaseFailed("B", "s", id, ResultCode.Aborted, "", [])
        {
            StartedAt = _clock.GetUtcNow(),
            EndedAt = _clock.GetUtcNow(),
        });
        Assert.That(journal.LastKnown(Unit.Mixer), Is.EqualTo(new UnitTrace(id, id)));
        journal.Append(new PhaseIntended("B", "t", 1, Unit.Mixer, PhaseKind.MixCycle, new(7), 1, id, id, []));
        journal.Append(new PhaseRefused("B", "t", new(7), AckCode.Busy, "", []));
        Assert.That(journal.LastKnown(Unit.Mixer), Is.EqualTo(new UnitTrace(id, new RequestId(7))));
        Assert.That(journal.LastKnown(Unit.Press), Is.Null);
    }

    private static void Fail(bool now)
    {
        if (now)
        {
            throw new IOException("injected");
        }
    }

    private static LinkLost Fact(int round, int index) => new("B-2026-0001", null, $"{round}/{index} µm ≤ \"x\"");

    private static BatchCreated Created(string batch) =>
        new(batch, "r", 1, "t", "h", RecipeClass.Production, "y", "s", "z");

    private static BatchReleased Released(string batch) => new(batch, "qc/disposition", Disposition.Accept, "S", []);

    private Journal Open(JournalProbe? probe = null) =>
        Journal.Open(_folder.Journal, Line, _clock, EventIdSource.Seeded(++_opens), probe);
}
