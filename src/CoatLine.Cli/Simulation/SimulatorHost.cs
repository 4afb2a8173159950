using CoatLine.Hosting;
using CoatLine.Hosting.Time;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.Simulator;

namespace CoatLine.Cli.Simulation;

/// <summary>Serves one simulated line until it is told to end or nobody has used it for a while.</summary>
internal static class SimulatorHost
{
    /// <summary>How often clients and commands are looked at, in real time.</summary>
    private static readonly TimeSpan IdleCheck = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync(
        SimulatorSettings settings, TimeProvider real, CancellationToken cancellationToken)
    {
        if (settings.Detached)
        {
            Posix.LeaveSession();
        }

        ScaledTimeProvider lineTime = LineTime(settings, real);
        SimulatorOptions options = new()
        {
            Port = settings.Port,
            Seed = settings.Seed,
            LogFile = settings.LogFile
                ?? (settings.DataDirectory is { } data ? Path.Combine(data, "simulator-log.jsonl") : null),
            Pki = Pki(settings, real),
            AllowInsecure = settings.AllowInsecure,
            Faults = settings.Faults,
            SecurityReport = settings.Detached ? null : Tell,
        };

        SimulatedLine line = Open(options, lineTime, real);
        FaultInbox? inbox = settings.DataDirectory is { } folder ? FaultInbox.Begin(folder) : null;
        await using (line.ConfigureAwait(false))
        {
            await StartAsync(line, settings.Port, cancellationToken).ConfigureAwait(false);
            try
            {
                await ServeAsync(line, inbox, settings, lineTime.Speed, real, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (settings.DataDirectory is not null)
                {
                    SimulatorNotice.Remove(settings.DataDirectory);
                }
            }
        }

        return ExitCode.Done;
    }

    private static ApplicationPki Pki(SimulatorSettings settings, TimeProvider real)
    {
        try
        {
            PkiStore store = new(settings.PkiDirectory, real);
            return new ApplicationPki(
                store.OwnCertificate(SimulatedLine.Identity), new CertificateValidator(store, real));
        }
        catch (PkiException e)
        {
            throw CommandFailedException.BadInput(e.Message, e);
        }
    }

    private static void Tell(SecurityIncident incident) =>
        Console.Error.WriteLine($"refused {incident.Peer}: {incident.Why} ({incident.Status})");

    private static ScaledTimeProvider LineTime(SimulatorSettings settings, TimeProvider real)
    {
        if (settings.DataDirectory is not { } directory)
        {
            DateTimeOffset now = real.GetUtcNow();
            return new ScaledTimeProvider(now, now, settings.Speed, real);
        }

        if (SimulatorNotice.ReadLiving(directory) is { } other)
        {
            throw CommandFailedException.Unreachable(
                $"the simulator of {directory} already runs: process {other.Pid} at {other.Url}. End it first.");
        }

        try
        {
            return LineClock.Of(directory, default, settings.Speed, real).ToTimeProvider(real);
        }
        catch (DataFolderException e)
        {
            throw CommandFailedException.BadInput(e.Message, e);
        }
        catch (InvalidDataException e)
        {
            throw CommandFailedException.BadInput(e.Message, e);
        }
    }

    private static SimulatedLine Open(SimulatorOptions options, TimeProvider lineTime, TimeProvider real)
    {
        try
        {
            return new SimulatedLine(options, lineTime, real);
        }
        catch (ArgumentException e)
        {
            throw CommandFailedException.BadInput($"the scenario cannot be played: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput(
                $"the machine log {options.LogFile} can't be written: {e.Message}", e);
        }
    }

    private static async Task StartAsync(SimulatedLine line, int port, CancellationToken cancellationToken)
    {
        try
        {
            await line.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw CommandFailedException.Unreachable(
                $"port {port} can't be opened: {e.Message} Use --port 0 for a free one, or end its owner.", e);
        }
    }

    private static async Task ServeAsync(
        SimulatedLine line,
        FaultInbox? inbox,
        SimulatorSettings settings,
        double speed,
        TimeProvider real,
        CancellationToken token)
    {
        if (settings.DataDirectory is { } directory)
        {
            new SimulatorNotice(Environment.ProcessId, line.EndpointUrl, settings.Seed, speed).Write(directory);
        }

        if (!settings.Detached)
        {
            Console.WriteLine(
                FormattableString.Invariant($"Simulated line at {line.EndpointUrl}, speed {speed}, ") +
                FormattableString.Invariant($"seed {settings.Seed}. Ctrl-C ends it."));
            Console.WriteLine($"Clients are trusted by their certificates in {settings.PkiDirectory}.");
            if (settings.AllowInsecure)
            {
                Console.Error.WriteLine("WARNING: --allow-insecure is set; clients may connect without security.");
            }
        }

        while (!token.IsCancellationRequested && !(line.SinceLastWrite > settings.EndWhenIdle))
        {
            inbox?.Pass(line);
            Task look = Task.Delay(IdleCheck, real, token);
            if (await Task.WhenAny(line.Completion, look).ConfigureAwait(false) == line.Completion)
            {
                // A simulation that failed shows here; its exception is a defect and ends the process as one.
                await line.Completion.ConfigureAwait(false);
                return;
            }
        }
    }
}
