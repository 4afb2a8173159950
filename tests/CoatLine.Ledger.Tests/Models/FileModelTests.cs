using CoatLine.Domain.Events;
using CoatLine.Ledger.Models;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger.Tests.Models;

[TestFixture]
[CancelAfter(60_000)]
internal sealed class FileModelTests : ModelTests<FileLedger>
{
    [Test]
    public async Task Rebuild_BesideALedgerInAFile_DoesNotTouchThatFile()
    {
        await Ledger.AppendAsync(RecordedChain.All());
        byte[] before = await File.ReadAllBytesAsync(Ledger.Path);

        await new LedgerModels(Ledger.Place).RebuildAsync(default);

        Assert.That(await File.ReadAllBytesAsync(Ledger.Path), Is.EqualTo(before));
    }

    [Test]
    public async Task Models_OfAnotherLayout_AreThrownAwayAndFilledAnew()
    {
        await Ledger.AppendAsync(RecordedChain.All());
        await new LedgerModels(Ledger.Place).CatchUpAsync(default);
        string before = await TextAsync();
        FileLedger.Edit(SqliteModels.PathOf(Ledger.Path), "DROP TABLE audit; PRAGMA user_version = 99");

        await new LedgerModels(Ledger.Place).CatchUpAsync(default);

        Assert.That(await TextAsync(), Is.EqualTo(before));
    }

    [Test]
    public void Models_WithoutALedger_MakeNoFile()
    {
        Assert.That(
            async () => await new LedgerModels(Ledger.Place).RebuildAsync(default),
            Throws.TypeOf<LedgerException>().With.Property(nameof(LedgerException.Fault)).EqualTo(LedgerFault.Missing));
        Assert.That(File.Exists(SqliteModels.PathOf(Ledger.Path)), Is.False);
    }
}

/// <summary>A ledger in a file.</summary>
internal sealed class FileLedger : IModelLedger
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.File("ledger.db");

    public LedgerPlace Place => LedgerPlace.File(Path);

    public static void Edit(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Execute(sql);
    }

    public Task MakeAsync() => Task.CompletedTask;

    public Task AppendAsync(IReadOnlyList<ChainedEvent> chain)
    {
        using LedgerStore store = LedgerStore.Open(Path);
        foreach (ChainedEvent[] segment in chain.Chunk(LedgerStore.MaxSegmentEvents))
        {
            Assert.That(store.Append(segment).Verdict, Is.EqualTo(AppendVerdict.Committed));
        }

        return Task.CompletedTask;
    }

    public Task EditAsync(string sql)
    {
        Edit(Path, sql);
        return Task.CompletedTask;
    }

    public Task DeleteAsync()
    {
        _folder.Delete();
        return Task.CompletedTask;
    }
}
