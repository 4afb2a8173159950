using CoatLine.Domain.Events;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger.Tests;

/// <summary>Base of fixtures with one ledger file per test, and a way to damage it behind the ledger's back.</summary>
internal abstract class LedgerFixture
{
    private TemporaryFolder? _folder;

    protected TemporaryFolder Folder => _folder!;

    protected string LedgerPath => Folder.File("ledger.db");

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder?.Delete();

    protected List<ChainedEvent> Fill(int count, LineId? line = null, string batch = "B-2026-0001")
    {
        List<ChainedEvent> chain = SampleChain.Of(count, line, batch);
        using LedgerStore store = LedgerStore.Open(LedgerPath);
        foreach (ChainedEvent[] segment in chain.Chunk(LedgerStore.MaxSegmentEvents))
        {
            Assert.That(store.Append(segment).Verdict, Is.EqualTo(AppendVerdict.Committed));
        }

        return chain;
    }

    /// <summary>What a person with the sqlite3 tool does.</summary>
    protected int Edit(string sql, object? arguments = null) => Edit(LedgerPath, sql, arguments);

    protected static int Edit(string path, string sql, object? arguments = null)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        return connection.Execute(sql, arguments);
    }
}
