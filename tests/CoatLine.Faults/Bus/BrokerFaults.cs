using CoatLine.Messaging;
using RabbitMQ.Client;

namespace CoatLine.Faults.Bus;

/// <summary>Faults of the broker.</summary>
internal static class BrokerFaults
{
    private const int Backlog = 3000;

    /// <summary>Longer than two heartbeats, after which a silent broker is taken for gone.</summary>
    private static readonly TimeSpan HalfOpen = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    public static IEnumerable<BusScenario> All =>
    [
        BusScenario.While(
            "broker killed, and started again",
            r => r.Servers.Rabbit.KillAsync(), r => r.Servers.Rabbit.RestartAsync()),
        BusScenario.While(
            "broker frozen with its connections open",
            r => r.Servers.Rabbit.FreezeAsync(), r => r.Servers.Rabbit.ThawAsync(), HalfOpen),
        BusScenario.Once("broker wiped while both ends run", r => r.Servers.Rabbit.WipeAndRestartAsync()),
        new("broker wiped with a backlog in its queue", WipeBacklogAsync),
        BusScenario.Once("the ledger's queue deleted", DeleteQueueAsync),
        new("the ledger's queue deleted with a backlog in it", DeleteBacklogAsync),
        BusScenario.While(
            "disk alarm: the broker takes nothing",
            r => r.Servers.Rabbit.SetDiskAlarmAsync(full: true), r => r.Servers.Rabbit.SetDiskAlarmAsync(full: false)),
        BusScenario.While("password changed, connections closed", ChangePasswordAsync, RestorePasswordAsync),
        BusScenario.Once("all connections closed by the broker", CloseConnectionsAsync),
        new("broker down when both start, there after a while", DownAtStartAsync),
        new("queue of another type stands there when the ledger starts", WrongTypeAsync),
    ];

    private static async Task WipeBacklogAsync(BusRig rig)
    {
        await FillQueueAsync(rig);
        await rig.Servers.Rabbit.WipeAndRestartAsync();
        await rig.StartLedgerAsync();
        await rig.RecoverAsync();
    }

    private static async Task DeleteBacklogAsync(BusRig rig)
    {
        await FillQueueAsync(rig);
        await DeleteQueueAsync(rig);
        await rig.StartLedgerAsync();
        await rig.RecoverAsync();
    }

    /// <summary>The ledger's end is away, and the queue holds what it has not taken.</summary>
    private static async Task FillQueueAsync(BusRig rig)
    {
        await rig.StartAsync();
        await rig.Ledger!.DisposeAsync();
        rig.Ledger = null;
        long before = rig.Edge!.Journal.HeadSeq;
        await rig.UntilAsync(() => rig.Edge.Journal.HeadSeq >= before + Backlog, "facts pile up");
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        if (await channel.MessageCountAsync(LedgerConsumer.EndpointName) == 0)
        {
            rig.Wrong.Enqueue("the queue held nothing, so there was no fault");
        }
    }

    private static async Task DeleteQueueAsync(BusRig rig)
    {
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(LedgerConsumer.EndpointName);
    }

    private static async Task ChangePasswordAsync(BusRig rig)
    {
        await rig.Servers.Rabbit.ChangePasswordAsync(rig.Vhost.User, "another");
        await CloseConnectionsAsync(rig);
    }

    private static Task RestorePasswordAsync(BusRig rig) =>
        rig.Servers.Rabbit.ChangePasswordAsync(rig.Vhost.User, rig.Vhost.Password);

    private static Task CloseConnectionsAsync(BusRig rig) => rig.Servers.Rabbit.EvaluateAsync(
        "lists:foreach(fun(C) -> rabbit_networking:close_connection(C, \"test\") end, "
        + "rabbit_networking:connections()).");

    private static async Task DownAtStartAsync(BusRig rig)
    {
        await rig.Servers.Rabbit.KillAsync();
        Task broker = StartLateAsync(rig);
        await Task.WhenAll(rig.StartEdgeAsync(), rig.StartLedgerAsync(), broker);
        rig.Record();
        await rig.UntilAsync(() => rig.Acknowledged > 0, "facts are recorded");
        await rig.RecoverAsync();
    }

    private static async Task StartLateAsync(BusRig rig)
    {
        await Task.Delay(Late, TimeProvider.System, CancellationToken.None);
        await rig.Servers.Rabbit.RestartAsync();
    }

    private static async Task WrongTypeAsync(BusRig rig)
    {
        await using IConnection connection = await rig.ConnectAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            LedgerConsumer.EndpointName, durable: true, exclusive: false, autoDelete: false);
        try
        {
            await rig.StartLedgerAsync();
            rig.Wrong.Enqueue("the ledger's end started on a queue of another type");
        }
        catch (BrokerException e)
        {
            if (e.Fault != BrokerFault.WrongTopology
                || !e.Message.Contains(LedgerConsumer.EndpointName, StringComparison.Ordinal))
            {
                rig.Wrong.Enqueue($"the reason does not name the queue: {e.Message}");
            }
        }

        await rig.StartEdgeAsync();
        rig.Record();
        await channel.QueueDeleteAsync(LedgerConsumer.EndpointName);
        await rig.StartLedgerAsync();
        await rig.RecoverAsync();
    }
}
