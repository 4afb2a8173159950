using CoatLine.Faults.Engine.Processes;
using Npgsql;

namespace CoatLine.Faults.Bus;

/// <summary>Faults of the database.</summary>
internal static class DatabaseFaults
{
    private const int MostConnections = 200;
    private const int Terminations = 60;
    private const string DiskSize = "24m";

    private static readonly TimeSpan BetweenTerminations = TimeSpan.FromMilliseconds(30);

    /// <summary>Longer than a statement waits for a lock.</summary>
    private static readonly TimeSpan LongerThanALock = TimeSpan.FromSeconds(7);

    public static IEnumerable<BusScenario> All =>
    [
        BusScenario.While(
            "database killed, and started again",
            r => r.Servers.Postgres.KillAsync(), r => r.Servers.Postgres.RestartAsync()),
        BusScenario.While(
            "database frozen with its connections open",
            r => r.Servers.Postgres.FreezeAsync(), r => r.Servers.Postgres.ThawAsync()),
        BusScenario.While("database read-only", r => ReadOnlyAsync(r, true), r => ReadOnlyAsync(r, false)),
        BusScenario.Once("sessions ended by the server, again and again", TerminateAgainAsync),
        new("another session holds the lock", r => HoldingAsync(
            r, "LOCK TABLE coatline.line_head IN ACCESS EXCLUSIVE MODE", LongerThanALock)),
        new("no connection left", OutOfConnectionsAsync),
        new("database down when the ledger starts", DownAtStartAsync),
        new("database's disk full", FullAsync),
    ];

    private static async Task ReadOnlyAsync(BusRig rig, bool on)
    {
        await rig.Servers.Postgres.ExecuteAsync(
            "postgres", $"ALTER DATABASE {rig.Database} SET default_transaction_read_only = {(on ? "on" : "off")}");
        await TerminateAsync(rig);
    }

    private static Task TerminateAsync(BusRig rig) => rig.Servers.Postgres.ExecuteAsync(
        "postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{rig.Database}'");

    private static async Task TerminateAgainAsync(BusRig rig)
    {
        for (int i = 0; i < Terminations; i++)
        {
            await TerminateAsync(rig);
            await Task.Delay(BetweenTerminations, TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task HoldingAsync(BusRig rig, string sql, TimeSpan lasting)
    {
        await rig.StartAsync();
        await using (var connection = new NpgsqlConnection(rig.Connection + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand(sql, connection))
            {
                await command.ExecuteNonQueryAsync();
            }

            await Task.Delay(lasting, TimeProvider.System, CancellationToken.None);
        }

        await rig.RecoverAsync();
    }

    private static async Task OutOfConnectionsAsync(BusRig rig)
    {
        await rig.StartAsync();
        var held = new List<NpgsqlConnection>();
        try
        {
            await TerminateAsync(rig);
            held.AddRange(await HoldAllAsync(rig));
            await Task.Delay(LongerThanALock, TimeProvider.System, CancellationToken.None);
        }
        finally
        {
            foreach (NpgsqlConnection connection in held)
            {
                await connection.DisposeAsync();
            }
        }

        await rig.RecoverAsync();
    }

    private static async Task<List<NpgsqlConnection>> HoldAllAsync(BusRig rig)
    {
        var held = new List<NpgsqlConnection>();
        while (held.Count < MostConnections)
        {
            var connection = new NpgsqlConnection(rig.Servers.Postgres.Connection("postgres") + ";Pooling=false");
            try
            {
                await connection.OpenAsync();
                held.Add(connection);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return held;
            }
        }

        rig.Wrong.Enqueue("the server never ran out of connections, so there was no fault");
        return held;
    }

    private static async Task DownAtStartAsync(BusRig rig)
    {
        await rig.Servers.Postgres.KillAsync();
        await rig.StartLedgerAsync();
        await rig.StartEdgeAsync();
        rig.Record();
        const int some = 200;
        await rig.UntilAsync(() => rig.Edge!.Journal.HeadSeq >= some, "facts are recorded");
        await rig.Servers.Postgres.RestartAsync();
        await rig.RecoverAsync();
    }

    private static async Task FullAsync(BusRig rig)
    {
        string place = Directory.CreateTempSubdirectory("coatline-disk-").FullName;
        using SmallDisk? disk = await SmallDisk.MountAsync(place, DiskSize);
        if (disk is null)
        {
            rig.Wrong.Enqueue("a small disk can only be mounted by root");
            return;
        }

        try
        {
            await rig.Servers.Postgres.MakeTablespaceAsync(rig.Database, place);
            await rig.StartAsync();
            disk.Fill();
            await Task.Delay(LongerThanALock, TimeProvider.System, CancellationToken.None);
            string said = rig.Edge!.Feed.Status.Reason;
            disk.Free();
            if (!said.Contains("disk", StringComparison.OrdinalIgnoreCase))
            {
                rig.Wrong.Enqueue($"the disk was full, and the feed said '{said}'");
            }

            await rig.RecoverAsync();
            await rig.FinishAsync();
        }
        finally
        {
            await rig.Servers.Postgres.DropTablespaceAsync(rig.Database);
        }
    }
}
