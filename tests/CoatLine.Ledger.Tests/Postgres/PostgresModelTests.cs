using CoatLine.Domain.Events;
using CoatLine.Ledger.Models;
using CoatLine.Ledger.Postgres;
using CoatLine.Ledger.Tests.Models;
using Dapper;
using Npgsql;

namespace CoatLine.Ledger.Tests.Postgres;

[TestFixture]
[CancelAfter(120_000)]
internal sealed class PostgresModelTests : ModelTests<ServerLedger>
{
    [TestCase("w", "INSERT INTO coatline_model.layout(version) VALUES (2)")]
    [TestCase("w", "SELECT * FROM coatline_model.batches")]
    [TestCase("r", "DELETE FROM coatline_model.batches")]
    [TestCase("p", "INSERT INTO coatline.line_head VALUES ('line-1', 1, '')")]
    [TestCase("p", "DELETE FROM coatline.events")]
    public async Task Role_BeyondItsRights_IsRefused(string user, string sql)
    {
        await using var connection = new NpgsqlConnection(Ledger.Connection(user));

        PostgresException? refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));

        Assert.That(refused!.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [Test]
    public async Task Projector_WithItsRoleAlone_MakesWhatAReaderReads()
    {
        await Ledger.AppendAsync(RecordedChain.All());

        ModelReport made = await new LedgerModels(LedgerPlace.Server(Ledger.Connection("p"))).RebuildAsync(default);

        await using var connection = new NpgsqlConnection(Ledger.Connection("r"));
        long rows = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM coatline_model.measurements");
        Assert.That(rows, Is.EqualTo(made.Rows["measurements"]));
    }

    [Test]
    public async Task Layout_OverALedgerThatIsOlder_IsAddedAndLeavesItsRows()
    {
        await Ledger.AppendAsync(RecordedChain.All());
        await Ledger.EditAsync(
            "DROP SCHEMA coatline_model CASCADE; DELETE FROM coatline.migrations WHERE scriptname LIKE '%0002%'");

        IReadOnlyList<string> ran = PostgresLayout.Migrate(Ledger.Connection("owner"));

        Assert.That(ran, Is.EqualTo(["0002-models.sql"]));
        Assert.That((await new LedgerModels(Ledger.Place).RebuildAsync(default)).Events, Is.Positive);
    }

    [Test]
    public async Task Columns_AsTheScriptMakesThem_AreThoseOfTheModels()
    {
        await using var connection = new NpgsqlConnection(Ledger.Connection("owner"));
        foreach (ModelTable table in ModelTable.All)
        {
            IEnumerable<(string, string, string)> columns = await connection.QueryAsync<(string, string, string)>(
                "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
                + "WHERE table_schema = 'coatline_model' AND table_name = @name", new { name = table.Name });

            Assert.That(columns, Is.EquivalentTo(table.Columns.Select(c => (c.Name,
                c.Holds == ModelValue.Whole ? "bigint" : c.Holds == ModelValue.Real ? "double precision" : "text",
                c.IsRequired ? "NO" : "YES"))), table.Name);
        }
    }
}

/// <summary>A ledger in a database of its own.</summary>
internal sealed class ServerLedger : IModelLedger
{
    private string _database = "";

    public LedgerPlace Place => LedgerPlace.Server(Connection("owner"));

    public string Connection(string user) =>
        PostgresServer.Server.Connection(_database, user) + ";Pooling=false";

    public async Task MakeAsync()
    {
        _database = await PostgresServer.Server.CreateDatabaseAsync();
        PostgresLayout.Migrate(Connection("owner"));
        await PostgresServer.Server.ExecuteAsync(
            _database, "GRANT coatline_writer TO w; GRANT coatline_reader TO r; GRANT coatline_projector TO p");
    }

    public async Task AppendAsync(IReadOnlyList<ChainedEvent> chain)
    {
        await using var ledger = new PostgresLedger(Connection("w"));
        foreach (ChainedEvent[] segment in chain.Chunk(LedgerStore.MaxSegmentEvents))
        {
            AppendOutcome outcome = await ledger.AppendAsync(segment, CancellationToken.None);
            Assert.That(outcome.Verdict, Is.EqualTo(AppendVerdict.Committed), outcome.Reason);
        }
    }

    public Task EditAsync(string sql) => PostgresServer.Server.ExecuteAsync(
        _database, "SET session_replication_role = replica; SET search_path = coatline; " + sql);

    public Task DeleteAsync() => Task.CompletedTask;
}
