using CoatLine.Domain.Events;
using CoatLine.Ledger.Postgres;
using CoatLine.Servers;
using Dapper;
using Npgsql;

namespace CoatLine.Ledger.Tests.Postgres;

/// <summary>One server for all tests of this namespace.</summary>
[SetUpFixture]
internal sealed class PostgresServer
{
    private static PrivatePostgres? server;

    public static PrivatePostgres Server =>
        server ?? throw new InvalidOperationException("the server has not been started");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await PrivatePostgres.StartAsync();
        await server.ExecuteAsync("postgres", """
            CREATE ROLE w LOGIN PASSWORD 'w'; CREATE ROLE r LOGIN PASSWORD 'r'; CREATE ROLE p LOGIN PASSWORD 'p'
            """);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await server!.DisposeAsync();
}

/// <summary>A ledger of its own for each test, and the owner's way to do what nobody should.</summary>
internal abstract class PostgresFixture
{
    protected static readonly LineId Line = SampleChain.Line;

    private NpgsqlDataSource? _owner;
    private PostgresReader? _reader;

    protected string Database { get; private set; } = "";

    protected string Owner => PostgresServer.Server.Connection(Database) + ";Pooling=false";

    protected string Writer => PostgresServer.Server.Connection(Database, "w") + ";Pooling=false";

    protected string Reader => PostgresServer.Server.Connection(Database, "r") + ";Pooling=false";

    protected static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task MakeLedger()
    {
        Database = await PostgresServer.Server.CreateDatabaseAsync();
        PostgresLayout.Migrate(Owner);
        await PostgresServer.Server.ExecuteAsync(Database, "GRANT coatline_writer TO w; GRANT coatline_reader TO r");
    }

    protected async Task<List<ChainedEvent>> FillAsync(int count, LineId? line = null, string batch = "B-2026-0001")
    {
        List<ChainedEvent> chain = SampleChain.Of(count, line, batch);
        await using var ledger = new PostgresLedger(Writer);
        foreach (ChainedEvent[] segment in chain.Chunk(LedgerStore.MaxSegmentEvents))
        {
            AppendOutcome outcome = await ledger.AppendAsync(segment, Token);
            Assert.That(outcome.Verdict, Is.EqualTo(AppendVerdict.Committed), outcome.Reason);
        }

        return chain;
    }

    [TearDown]
    public void CloseConnections()
    {
        _owner?.Dispose();
        _reader?.Dispose();
        (_owner, _reader) = (null, null);
    }

    /// <summary>What the owner can do who takes the triggers away first.</summary>
    protected int Edit(string sql, object? arguments = null)
    {
        _owner ??= NpgsqlDataSource.Create(PostgresServer.Server.Connection(Database));
        using NpgsqlConnection connection = _owner.OpenConnection();
        return connection.Execute("SET session_replication_role = replica; " + sql, arguments);
    }

    protected VerifyReport Verify(params LedgerMark[] expected)
    {
        _reader ??= new PostgresReader(PostgresServer.Server.Connection(Database, "r"));
        return LedgerVerifier.Verify(_reader, new VerifyScope { Expected = [.. expected] }, Token);
    }
}
