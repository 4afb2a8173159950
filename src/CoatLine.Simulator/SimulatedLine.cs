using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Server;
using CoatLine.Simulator.Faults;
using CoatLine.Simulator.Log;
using CoatLine.Simulator.Plc;
using CoatLine.Simulator.Serving;
using CoatLine.Simulator.Tags;

namespace CoatLine.Simulator;

/// <summary>
/// A coating line that exists in memory only: seven units, their PLCs by the tag contract and the physics behind them,
/// served over OPC UA. Thread-safe after <see cref="StartAsync"/>.
/// </summary>
public sealed class SimulatedLine : IAsyncDisposable
{
    /// <summary>Real time between two scans of the PLCs. A request or a command is scanned at once.</summary>
    public static readonly TimeSpan ScanInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Who the simulator is, in its certificate; it listens on the loopback only.</summary>
    public static readonly ApplicationIdentity Identity =
        new("urn:coatline:simulator", "CoatLine line simulator", ["localhost", "127.0.0.1"]);

    /// <summary>Shortest publishing interval: a result is told this soon after the scan that latched it.</summary>
    private static readonly TimeSpan MinPublishingInterval = TimeSpan.FromMilliseconds(2);

    private const int ScansPerHeartbeat = 10;

    private readonly Lock gate = new();
    private readonly TimeProvider lineTime;
    private readonly TimeProvider real;
    private readonly PlcLine plcs;
    private readonly TagNodes nodes;
    private readonly AlarmNodes alarms;
    private readonly UaServer server;
    private readonly CancellationTokenSource stopping = new();
    private Task scanning = Task.CompletedTask;
    private DateTime lastScan;
    private long lastWrite;
    private int scans;

    /// <summary>Sets the line up; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Port, seed, log file.</param>
    /// <param name="lineTime">Clock of the line: physics and source time stamps follow it.</param>
    /// <param name="real">Clock of the machine: scan interval and network time-outs follow it.</param>
    /// <exception cref="IOException">The log file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The log file may not be written.</exception>
    /// <exception cref="ArgumentException">The options have neither a certificate nor leave to do without.</exception>
    public SimulatedLine(SimulatorOptions options, TimeProvider lineTime, TimeProvider real)
    {
        this.lineTime = lineTime;
        this.real = real;
        lastScan = lineTime.GetUtcNow().UtcDateTime;
        lastWrite = real.GetTimestamp();
        Log = new SimulatorLog(options.LogFile);

        TagTable table = TagTable.Load();
        var space = new AddressSpace();
        using (Stream nodeSet = TagTable.OpenNodeSet())
        {
            space.LoadNodeSet(nodeSet);
        }

        plcs = new PlcLine(table, options.Seed, Log, lastScan, isCut => server!.IsCut = isCut);
        nodes = new TagNodes(space, table, lastScan) { Published = tag => Traced?.Invoke(tag.NodeId) };
        alarms = new AlarmNodes(space);
        foreach (PlcUnit unit in plcs.Units)
        {
            FollowWrites(unit, table);
            Show(unit);
        }

        var serverOptions = new UaServerOptions
        {
            Port = options.Port,
            ApplicationUri = Identity.ApplicationUri,
            ApplicationName = Identity.ApplicationName,
            Pki = options.Pki,
            AllowInsecure = options.AllowInsecure,
            SecurityReport = options.SecurityReport,
            Limits = new UaServerLimits { MinPublishingInterval = MinPublishingInterval },
        };
        server = new UaServer(serverOptions, space, real);
        foreach (ScheduledFault fault in options.Faults)
        {
            Inject(fault);
        }
    }

    /// <summary>For measurements: called with the name of each tag that a client has written and of each result id that
    /// was published, at that moment and under the line's lock.</summary>
    internal Action<string>? Traced { get; set; }

    /// <summary>The machine's own log of what physically ran.</summary>
    public SimulatorLog Log { get; }

    /// <summary>Where the line is served, e.g. <c>opc.tcp://127.0.0.1:4840</c>; final after the start.</summary>
    public string EndpointUrl => server.EndpointUrl;

    /// <summary>Real time since a client last wrote, heartbeats included; since the set-up before that.</summary>
    public TimeSpan SinceLastWrite => real.GetElapsedTime(Interlocked.Read(ref lastWrite));

    /// <summary>Ends when the line stops; fails when the simulation itself fails, and all tags are bad then.</summary>
    public Task Completion => scanning;

    /// <summary>Opens the port and starts the line.</summary>
    /// <exception cref="IOException">The port is in use; the message names it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await server.StartAsync(cancellationToken).ConfigureAwait(false);
        scanning = Task.Run(ScanUntilStoppedAsync, CancellationToken.None);
    }

    /// <summary>Closes the port and stops the line.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await server.DisposeAsync().ConfigureAwait(false);
        await scanning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        Log.Dispose();
    }

    /// <summary>Lets something go wrong, at once or when its time comes.</summary>
    /// <exception cref="ArgumentException">There is no such fault; the message names field and limit.</exception>
    public void Inject(ScheduledFault scheduled)
    {
        Fault fault = FaultCatalogue.Complete(scheduled.Fault);
        string[] errors =
        [
            .. FaultCatalogue.Errors(fault),
            .. fault is { Tag: { } tag, Unit: { } unit } && FaultCatalogue.Units.Contains(unit)
                && !plcs[unit].Image.Has(tag)
                ? [$"tag: {unit} has no '{tag}'"]
                : Array.Empty<string>(),
        ];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(scheduled));
        }

        lock (gate)
        {
            plcs.Faults.Add(scheduled with { Fault = fault });
        }
    }

    /// <summary>Takes off every fault of a kind, and forgets those of it that wait.</summary>
    public void Clear(FaultKind kind)
    {
        lock (gate)
        {
            plcs.Faults.Clear(kind, Now());
        }
    }

    /// <summary>The faults that stand.</summary>
    public IReadOnlyList<Fault> Faults
    {
        get
        {
            lock (gate)
            {
                return [.. plcs.Faults.Active];
            }
        }
    }

    /// <summary>Raises or clears an alarm of a unit, as a fault of the machine would.</summary>
    /// <exception cref="ArgumentException">The unit has no such alarm.</exception>
    internal void SetAlarm(string unit, string name, bool isActive)
    {
        lock (gate)
        {
            int bit = alarms.BitOf(unit, name)
                ?? throw new ArgumentException($"{unit} has no alarm '{name}'", nameof(name));
            plcs.Units.Single(u => u.Name == unit).Force(bit, isActive);
            Scan();
        }
    }

    private void FollowWrites(PlcUnit unit, TagTable table)
    {
        foreach (TagDefinition tag in table.OfUnit(unit.Name).Where(t => t.Writable))
        {
            // These two are what the PLC acts on; everything else is only read when one of them asks for it.
            bool actsAtOnce = tag.Name is "Request.Id" or "Command.CntrlCmd";
            nodes.OnWritten(tag, value =>
            {
                lock (gate)
                {
                    Traced?.Invoke(tag.NodeId);
                    Interlocked.Exchange(ref lastWrite, real.GetTimestamp());
                    DateTime now = Now();
                    unit.Image.Set(tag.Name, value, now);
                    if (actsAtOnce)
                    {
                        unit.Scan(now);
                        Show(unit);
                    }
                }

                if (actsAtOnce)
                {
                    server!.PublishDue();
                }
            });
        }
    }

    private async Task ScanUntilStoppedAsync()
    {
        using var timer = new PeriodicTimer(ScanInterval, real);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                lock (gate)
                {
                    Scan();
                }

                server.PublishDue();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Disposed: the regular end.
        }
        catch
        {
            lock (gate)
            {
                nodes.Fail(Now());
            }

            throw;
        }
    }

    private void Scan()
    {
        DateTime now = Now();
        plcs.Scan(now);
        bool beats = ++scans % ScansPerHeartbeat == 0;
        foreach (PlcUnit unit in plcs.Units)
        {
            if (beats)
            {
                unit.Beat(now);
            }

            Show(unit);
        }
    }

    private void Show(PlcUnit unit)
    {
        nodes.Show(unit.Image);
        alarms.Show(unit.Name, unit.Image.Get<uint>("Alarm.Word"), lastScan);
    }

    /// <summary>Line time; never before the last one, whatever the clock does.</summary>
    private DateTime Now()
    {
        DateTime now = lineTime.GetUtcNow().UtcDateTime;
        lastScan = now > lastScan ? now : lastScan;
        return lastScan;
    }
}
