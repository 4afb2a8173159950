using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Faults.Bus;
using CoatLine.Ledger;
using CoatLine.Ledger.Postgres;
using CoatLine.Servers;
using RabbitMQ.Client;

namespace CoatLine.Messaging.Tests;

/// <summary>A virtual host, a database and a folder of a test's own, on the real servers of the run.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public static readonly LineId Line = new("line-1");

    /// <summary>How long a test waits for what must come; never a measure of speed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("coatline-bus-").FullName;
    private readonly RabbitVhost _vhost = Broker.Rabbit.CreateVhost();
    private readonly string _database;

    private Rig(string database) => _database = database;

    public string Connection => Broker.Postgres.Connection(_database) + ";Maximum Pool Size=6";

    public Uri Uri => _vhost.Uri(Broker.Rabbit.Port);

    public static async Task<Rig> MakeAsync()
    {
        var rig = new Rig(await Broker.Postgres.CreateDatabaseAsync());
        PostgresLayout.Migrate(rig.Connection + ";Pooling=false");
        return rig;
    }

    public RabbitMqOptions Options() => new()
    {
        Host = PrivateRabbit.Host,
        Port = Broker.Rabbit.Port,
        VirtualHost = _vhost.Name,
        User = _vhost.User,
        Password = _vhost.Password,
        Heartbeat = TimeSpan.FromSeconds(2),
        StartTimeout = TimeSpan.FromSeconds(20),
    };

    public Task<Edge> EdgeAsync(LineId? line = null) =>
        Edge.StartAsync(Path.Combine(_folder, (line ?? Line).Value), line ?? Line, Options());

    public Task<LedgerEnd> LedgerAsync() => LedgerEnd.StartAsync(Connection, Options());

    public Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { Uri = Uri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    /// <summary>The ledger holds just what the journals recorded, whole and linked.</summary>
    public void AssertHolds(params Edge[] edges)
    {
        using var reader = new PostgresReader(Connection);
        VerifyReport report = LedgerVerifier.Verify(reader, new VerifyScope
        {
            Expected = [.. edges.Select(e => new LedgerMark(e.Journal.Line, e.Journal.HeadSeq, e.Journal.HeadHash))],
        });
        Assert.That(report.Damages, Is.Empty);
        Assert.That(report.Events, Is.EqualTo(edges.Sum(e => e.Journal.HeadSeq)));
    }

    /// <summary>Reads messages of a queue until one says that it is enough.</summary>
    public static async Task<List<(string Type, JsonElement Body)>> ReadAsync(
        IChannel channel, string queue, Func<string, JsonElement, bool> isLast)
    {
        List<(string, JsonElement)> read = [];
        using var bound = new CancellationTokenSource(Patience);
        while (true)
        {
            BasicGetResult? got = await channel.BasicGetAsync(queue, autoAck: true, bound.Token);
            if (got is null)
            {
                await Task.Delay(20, bound.Token);
                continue;
            }

            JsonElement body = JsonSerializer.Deserialize<JsonElement>(got.Body.Span);
            string type = got.BasicProperties.Type ?? "";
            read.Add((type, body));
            if (isLast(type, body))
            {
                return read;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
