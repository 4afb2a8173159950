using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Ledger.Postgres;
using CoatLine.Messaging;
using CoatLine.Servers;
using Npgsql;
using RabbitMQ.Client;

namespace CoatLine.Faults.Bus;

/// <summary>A virtual host, a database and a folder for one fault; and the facts that a journal acknowledged meanwhile.
/// </summary>
internal sealed class BusRig : IAsyncDisposable
{
    /// <summary>After a fault everything must have arrived within this.</summary>
    public static readonly TimeSpan RecoverWithin = TimeSpan.FromSeconds(60);

    public static readonly LineId Line = new("line-1");

    private const int AtOnce = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<long, string> _acknowledged = new();
    private readonly CancellationTokenSource _end = new();
    private Task _recording = Task.CompletedTask;

    private BusRig(BusServers servers, string database)
    {
        (Servers, Database) = (servers, database);
        Vhost = servers.Rabbit.CreateVhost();
    }

    public BusServers Servers { get; }

    public RabbitVhost Vhost { get; }

    public string Database { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("coatline-bus-").FullName;

    public string Connection => Servers.Postgres.Connection(Database) + ";Maximum Pool Size=6";

    public Edge? Edge { get; set; }

    public LedgerEnd? Ledger { get; set; }

    /// <summary>Facts that a journal has acknowledged.</summary>
    public long Acknowledged => _acknowledged.Count;

    /// <summary>The process that records is killed: a fact may be recorded and nobody told.</summary>
    public bool IsKilledWhileRecording { get; set; }

    /// <summary>From the end of the fault until all was there; zero before that.</summary>
    public TimeSpan Recovery { get; private set; }

    public ConcurrentQueue<string> Wrong { get; } = new();

    public static async Task<BusRig> MakeAsync(BusServers servers)
    {
        var rig = new BusRig(servers, await servers.Postgres.CreateDatabaseAsync());
        PostgresLayout.Migrate(rig.Connection + ";Pooling=false");
        return rig;
    }

    public RabbitMqOptions Options() => new()
    {
        Host = PrivateRabbit.Host,
        Port = Servers.Rabbit.Port,
        VirtualHost = Vhost.Name,
        User = Vhost.User,
        Password = Vhost.Password,
        Heartbeat = TimeSpan.FromSeconds(2),
        StartTimeout = TimeSpan.FromSeconds(40),
    };

    public async Task StartLedgerAsync(Func<ILedgerWriter, ILedgerWriter>? between = null) =>
        Ledger = await LedgerEnd.StartAsync(LedgerPlace.Server(Connection), Options(), between);

    public async Task StartEdgeAsync()
    {
        Edge = await Edge.StartAsync(Path.Combine(Folder, "edge"), Line, Options());
        Edge.Journal.Appended += e => Acknowledge(e.Seq, e.Hash.ToString());
    }

    /// <summary>Starts both ends, and recording; returns when some facts have arrived.</summary>
    public async Task StartAsync()
    {
        await StartLedgerAsync();
        await StartEdgeAsync();
        Record();
        const int some = 50;
        await UntilAsync(() => Edge!.Journal.ConfirmedSeq >= some, "the first facts arrive");
    }

    public void Acknowledge(long seq, string hash)
    {
        if (!_acknowledged.TryAdd(seq, hash))
        {
            Wrong.Enqueue($"seq {seq} was acknowledged a second time");
        }
    }

    /// <summary>Records facts from now on, some hundred a second.</summary>
    public void Record() => _recording = Task.Run(async () =>
    {
        while (!_end.IsCancellationRequested)
        {
            Edge?.Record(AtOnce, AtOnce);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    });

    /// <summary>The fault is over: waits until all that is acknowledged by now has arrived.</summary>
    public async Task RecoverAsync()
    {
        long began = Stopwatch.GetTimestamp();
        long due = Edge!.Journal.HeadSeq;
        await UntilAsync(() => Edge.Journal.ConfirmedSeq >= due, $"everything through {due} is confirmed");
        Recovery = Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Waits for something, at most <see cref="RecoverWithin"/>.</summary>
    /// <exception cref="TimeoutException">It did not come about.</exception>
    public async Task UntilAsync(Func<bool> reached, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!reached())
        {
            if (Stopwatch.GetElapsedTime(began) > RecoverWithin)
            {
                throw new TimeoutException(
                    $"waited {RecoverWithin.TotalSeconds:0} s that {what}; the edge says: {Edge?.Feed.Status}");
            }

            await Task.Delay(Poll, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Ends recording; what was recorded must arrive.</summary>
    public async Task FinishAsync()
    {
        await StopRecordingAsync();
        if (Edge is { } edge)
        {
            await edge.DrainAsync(RecoverWithin);
        }
    }

    public async Task StopRecordingAsync()
    {
        await _end.CancelAsync();
        await _recording;
    }

    /// <summary>Holds the ledger's rows against what was acknowledged.</summary>
    public async Task<BusResult> JudgeAsync(string name)
    {
        VerifyReport report;
        using (var reader = new PostgresReader(Connection))
        {
            report = LedgerVerifier.Verify(reader, new VerifyScope());
        }

        foreach (Damage damage in report.Damages)
        {
            Wrong.Enqueue($"the ledger's chain: {damage}");
        }

        (Dictionary<long, string> rows, long all) = await RowsAsync();
        foreach ((long seq, string hash) in rows)
        {
            if (_acknowledged.TryGetValue(seq, out string? said) ? said != hash : !IsKilledWhileRecording)
            {
                Wrong.Enqueue($"the ledger has seq {seq} with hash {hash}, which is not what was acknowledged");
            }
            else
            {
                // Recorded, and killed before anybody could be told.
                _acknowledged.TryAdd(seq, hash);
            }
        }

        long lost = _acknowledged.Count(a => !rows.ContainsKey(a.Key));
        return new BusResult(name, _acknowledged.Count, all, all - rows.Count, lost, Recovery, [.. Wrong]);
    }

    public Task<IConnection> ConnectAsync() => new ConnectionFactory
    {
        Uri = Vhost.Uri(Servers.Rabbit.Port), AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync();

    public async ValueTask DisposeAsync()
    {
        await StopRecordingAsync();
        if (Edge is not null)
        {
            await Edge.DisposeAsync();
        }

        if (Ledger is not null)
        {
            await Ledger.DisposeAsync();
        }

        _end.Dispose();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<(Dictionary<long, string> Rows, long All)> RowsAsync()
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT seq, encode(hash, 'hex') FROM coatline.events WHERE line = 'line-1'", connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<long, string>();
        long all = 0;
        while (await reader.ReadAsync())
        {
            all++;
            rows[reader.GetInt64(0)] = reader.GetString(1);
        }

        return (rows, all);
    }
}
