using System.Diagnostics;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Messaging;

namespace CoatLine.Faults.Bus;

/// <summary>One of the ends as a process of its own, so that it can be killed. The edge records, and says on its output
/// what its journal has acknowledged.</summary>
internal sealed class Child : IAsyncDisposable
{
    public const string EdgeRole = "bus-edge";
    public const string LedgerRole = "bus-ledger";

    private const string SettingsVariable = "COATLINE_FAULTS_BUS";
    private const string ReadyWord = "ready";
    private const int AtOnce = 5;
    private const char Between = '|';

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Child(Process process, BusRig rig)
    {
        _process = process;
        _reading = ReadAsync(rig);
    }

    /// <summary>Starts one; returns when it works.</summary>
    public static async Task<Child> StartAsync(BusRig rig, string role)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, role])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        RabbitMqOptions broker = rig.Options();
        start.Environment[SettingsVariable] = string.Join(
            Between, broker.Port.ToString(CultureInfo.InvariantCulture), broker.VirtualHost, broker.User,
            broker.Password, rig.Connection, Path.Combine(rig.Folder, "edge"));
        var child = new Child(Process.Start(start)!, rig);
        try
        {
            await child._ready.Task.WaitAsync(StartWithin);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    /// <summary>What the process itself does: one end, until it is killed.</summary>
    public static async Task<int> RunAsync(string role)
    {
        _ = Task.Run(static () =>
        {
            // Whoever started it is gone when its input ends.
            while (Console.In.ReadLine() is not null)
            {
            }

            Environment.Exit(1);
        });
        string[] settings = Environment.GetEnvironmentVariable(SettingsVariable)!.Split(Between);
        var broker = new RabbitMqOptions
        {
            Host = "127.0.0.1",
            Port = int.Parse(settings[0], CultureInfo.InvariantCulture),
            VirtualHost = settings[1],
            User = settings[2],
            Password = settings[3],
            Heartbeat = TimeSpan.FromSeconds(2),
        };
        if (role == LedgerRole)
        {
            await using LedgerEnd ledger = await LedgerEnd.StartAsync(LedgerPlace.Server(settings[4]), broker, null);
            Say(ReadyWord);
            await Task.Delay(Timeout.Infinite);
        }

        await using Edge edge = await Edge.StartAsync(settings[5], BusRig.Line, broker);
        edge.Journal.Appended += static e => Say(Acknowledgement(e));
        Say(ReadyWord);
        while (true)
        {
            edge.Record(AtOnce, AtOnce);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private static string Acknowledgement(ChainedEvent e) => string.Create(
        CultureInfo.InvariantCulture, $"{e.Seq} {e.Hash}");

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private async Task ReadAsync(BusRig rig)
    {
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == ReadyWord)
            {
                _ready.TrySetResult();
            }
            else if (line.Split(' ') is [var seq, { Length: 2 * ChainHash.Length } hash]
                && long.TryParse(seq, CultureInfo.InvariantCulture, out long number))
            {
                // A line that the kill cut short says nothing.
                rig.Acknowledge(number, hash);
            }
        }

        _ready.TrySetException(new InvalidOperationException($"the process ended: {await errors}"));
    }
}
