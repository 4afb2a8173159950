using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Handshake;
using CoatLine.Equipment.Tests.Plc;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoatLine.Equipment.Tests.Wire;

/// <summary>A line over a real TCP connection to a scripted PLC in the same process.</summary>
internal sealed class WiredLine : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task beating;

    private WiredLine(PlcServer server)
    {
        Server = server;
        Connection = Connect(server.EndpointUrl);
        Line = new OpcUaLine(
            Connection,
            new OpcUaLineOptions(),
            TimeProvider.System,
            TimeProvider.System,
            NullLogger<OpcUaLine>.Instance);
        beating = BeatAsync();
    }

    public PlcServer Server { get; }

    public UaLineConnection Connection { get; }

    public OpcUaLine Line { get; }

    public ScriptedPlc Mixer => Server.Plcs[Unit.Mixer];

    public static UaLineConnection Connect(string url) => new(
        new UaLineConnectionOptions
        {
            AllowInsecure = true,
            EndpointUrl = url,
            FirstRetry = TimeSpan.FromMilliseconds(20),
            LongestRetry = TimeSpan.FromMilliseconds(100),
        },
        TimeProvider.System,
        NullLogger<UaLineConnection>.Instance);

    public static async Task<WiredLine> StartAsync()
    {
        var line = new WiredLine(await PlcServer.StartAsync());
        await line.Line.StartAsync(CancellationToken.None);
        return line;
    }

    /// <summary>Completes when the link is in the state wanted.</summary>
    public async Task LinkAsync(bool isUp)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(LinkState state)
        {
            if (state.IsUp == isUp)
            {
                reached.TrySetResult();
            }
        }

        Connection.StateChanged += Look;
        Look(Connection.State);
        await reached.Task;
        Connection.StateChanged -= Look;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await beating;
        await Line.DisposeAsync();
        await Connection.DisposeAsync();
        await Server.DisposeAsync();
        stopping.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                foreach (ScriptedPlc plc in Server.Plcs.Values)
                {
                    plc.Beat();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
