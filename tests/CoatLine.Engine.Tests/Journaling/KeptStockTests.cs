using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Engine.Journaling;
using CoatLine.Faults;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Engine.Tests.Journaling;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KeptStockTests : IDisposable
{
    private const string Batch = "B-2026-0001";

    private static readonly LineId Line = new("line-1");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero));
    private int _opens;

    private static MaterialLot Nmp { get; } = new(
        "N-1",
        "nmp",
        LotKind.Solvent,
        "Kanto",
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        100m);

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Stock_AfterEveryRowWasRetired_IsStillThere()
    {
        using (Journal journal = Open())
        {
            journal.Append(new LotReceived("", Nmp, [], "Ito"));
            journal.Append(Set(LotStatus.Released));
            journal.Append(Created([Nmp]));
            journal.Append(Weighed(7.7m));
            ChainedEvent last = journal.Append(new BatchRejected(Batch, "end", "torn", []));
            journal.Confirm(last.Seq, last.Hash);
            Assert.That(journal.Read(0, 10), Is.Empty);
        }

        using Journal reopened = Open();
        LotAccount account = reopened.Stock.Lot("N-1")!;
        Assert.That((account.Status, account.Used, account.Reserved), Is.EqualTo((LotStatus.Released, 7.7m, 0m)));
        Assert.That(account.ReceivedBy, Is.EqualTo("Ito"));
    }

    [Test]
    public void Stock_OfAnOpenBatch_KeepsItsReservationsAcrossReopening()
    {
        using (Journal journal = Open())
        {
            journal.AppendAll([new LotReceived("", Nmp, [], "Ito"), Created([Nmp]), Weighed(7.7m)]);
        }

        using Journal reopened = Open();
        LotAccount account = reopened.Stock.Lot("N-1")!;
        Assert.That(account.Reservations.Single(), Is.EqualTo(new LotReservation(Batch, "base/dilution/nmp", 5.05m)));
        Assert.That(account.Free, Is.EqualTo(100m - 7.7m - 5.05m));
    }

    [Test]
    public void Stock_AtAnyMoment_IsTheFoldOfTheFacts()
    {
        using Journal journal = Open();
        BatchEvent[] facts =
        [
            new LotReceived("", Nmp, [], "Ito"), Set(LotStatus.Blocked), Set(LotStatus.Released), Created([Nmp]),
            Weighed(7.67m), new BatchHeld(Batch, "x", "y", "z?"), new BatchRejected(Batch, "end", "torn", []),
        ];
        for (int i = 0; i < facts.Length; i++)
        {
            journal.Append(facts[i]);

            Assert.That(
                journal.Stock.Lots.Values.Select(a => a.ToJson()),
                Is.EqualTo(Stock.Of(facts[..(i + 1)]).Lots.Values.Select(a => a.ToJson())));
            Assert.That(
                journal.ReadKept(Kept.Lot).Select(r => r.Value),
                Is.EqualTo(journal.Stock.Lots.Values.Select(a => a.ToJson())));
        }
    }

    [TestCase(nameof(JournalMoment.BeforeWrite), 0)]
    [TestCase(nameof(JournalMoment.BeforeCommit), 0)]
    [TestCase(nameof(JournalMoment.AfterCommit), 7.7)]
    public void Crash_AtAWeighing_LeavesFactAndStockTogether(string at, decimal used)
    {
        bool failing = false;
        using (Journal journal = Open((moment, _) => Fail(failing && moment.ToString() == at)))
        {
            journal.AppendAll([new LotReceived("", Nmp, [], "Ito"), Created([Nmp])]);
            failing = true;
            Assert.That(() => journal.Append(Weighed(7.7m)), Throws.TypeOf<JournalException>());
            Assert.That(() => journal.Stock, Throws.TypeOf<JournalException>(), "nothing is known of it any more");
        }

        using Journal reopened = Open();
        Assert.That(reopened.Stock.Lot("N-1")!.Used, Is.EqualTo(used));
        Assert.That(
            reopened.Read(0, 10).Select(EventCatalog.Read).OfType<MaterialWeighed>().Sum(w => w.NetG),
            Is.EqualTo(used));
    }

    [Test]
    public void Format1_WhenOpened_IsMigratedAndItsChainGoesOn()
    {
        ChainHash head;
        using (Journal journal = Open())
        {
            journal.NextEpoch();
            journal.Append(new EngineStarted("", 1, 0));
            head = journal.HeadHash;
        }

        MakeFormat1();
        using (Journal migrated = Open())
        {
            Assert.That(migrated.Stock.Lots, Is.Empty);
            ChainedEvent next = migrated.Append(new LotReceived("", Nmp, [], "Ito"));
            Assert.That((next.Seq, next.Previous, migrated.Epoch), Is.EqualTo((2L, head, 1UL)));
        }

        using Journal reopened = Open();
        Assert.That(reopened.Stock.Lot("N-1"), Is.Not.Null);
        ChainAssert.IsWhole(reopened.Read(0, 10));
    }

    [Test]
    public void Format1_ThatIsRefused_StaysAsItIs()
    {
        using (Journal journal = Open())
        {
            journal.Append(new EngineStarted("", 1, 0));
        }

        MakeFormat1();
        Execute("UPDATE journal SET head_seq = 2");

        Assert.That(() => Open(), Throws.TypeOf<JournalException>().With.Message.Contains("does not fit"));
        Assert.That(
            () => Journal.Open(_folder.Journal, new LineId("line-2"), _clock), Throws.TypeOf<JournalException>());
        using SqliteConnection connection = Connect();
        Assert.That(connection.ExecuteScalar<long>("PRAGMA user_version"), Is.EqualTo(1));
        Assert.That(
            connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'kept'"), Is.Zero);
    }

    [TestCase(3)]
    [TestCase(99)]
    public void Format_OfALaterVersion_IsRefused(int format)
    {
        Open().Dispose();
        Execute($"PRAGMA user_version = {format}");

        Assert.That(() => Open(), Throws.TypeOf<JournalException>()
            .With.Message.Contains($"no journal of format 2 (it has {format})"));
    }

    [Test]
    public void KeptLot_ThatCannotBeRead_KeepsTheJournalFromOpening()
    {
        using (Journal journal = Open())
        {
            journal.Append(new LotReceived("", Nmp, [], "Ito"));
        }

        Execute("UPDATE kept SET value = '{}'");

        Assert.That(() => Open(), Throws.TypeOf<JournalException>().With.Message.Contains("a lot that cannot be read"));
        Execute("DELETE FROM kept");
        Open().Dispose();
    }

    private static void Fail(bool now)
    {
        if (now)
        {
            throw new IOException("injected");
        }
    }

    private static LotStatusSet Set(LotStatus status) => new(
        "", "N-1", status, "why", new Signature("Mori", SignerRole.QaManager, Nmp.ReceivedAt));

    private static BatchCreated Created(MaterialLot[] lots) =>
        PinnedRecipe.Pin(
            Batch,
            Workshop.Recipe("embodiment-1"),
            Workshop.Yaml("embodiment-1"),
            BatchOrder.Plain with { Lots = [.. lots] });

    private static MaterialWeighed Weighed(decimal grams) => new(
        Batch,
        "base/weigh/05-nmp",
        default,
        SubLayer.Base,
        "J-1",
        "nmp",
        Dilution: false,
        7.67m,
        0.0767m,
        grams,
        100m,
        100m + grams,
        50m,
        "BAL-1",
        Nmp.Expires) { StartedAt = Nmp.ReceivedAt, EndedAt = Nmp.ReceivedAt, Lot = "N-1" };

    private void MakeFormat1()
    {
        Execute("DROP TABLE kept");
        Execute("PRAGMA user_version = 1");
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = Connect();
        connection.Execute(sql);
    }

    private SqliteConnection Connect() => new($"Data Source={_folder.Journal};Pooling=False");

    private Journal Open(JournalProbe? probe = null) =>
        Journal.Open(_folder.Journal, Line, _clock, EventIdSource.Seeded(++_opens), probe);
}
