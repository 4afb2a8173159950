using System.Diagnostics;
using System.Globalization;

namespace CoatLine.Cli.Simulation;

/// <summary>
/// The simulator of a data folder, in a process of its own: it outlives a MES that is killed, as a PLC would, and the
/// next MES on the same folder finds it again.
/// </summary>
internal static class SimulatorProcess
{
    /// <summary>Seed where none is given.</summary>
    public const int DefaultSeed = 1;

    /// <summary>A simulator without any client for this long ends by itself (real time).</summary>
    public static readonly TimeSpan EndWhenIdle = TimeSpan.FromSeconds(120);

    /// <summary>How long a new simulator may take to open its port (real time).</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a simulator may take to end when asked to (real time).</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts a simulator on a free port and waits until it has announced itself in the folder.</summary>
    public static async Task<SimulatorNotice> StartAsync(
        string directory, double speed, int seed, TimeProvider real, CancellationToken cancellationToken)
    {
        SimulatorNotice.Remove(directory);
        using Process process = Process.Start(StartInfo(directory, speed, seed))
            ?? throw CommandFailedException.Unreachable("the simulator process could not be started");
        process.StandardInput.Close();
        long began = real.GetTimestamp();
        while (real.GetElapsedTime(began) < StartTimeout)
        {
            if (SimulatorNotice.ReadLiving(directory) is { } notice && notice.Pid == process.Id)
            {
                return notice;
            }

            if (process.HasExited)
            {
                string why = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
                throw CommandFailedException.Unreachable($"the simulator ended at its start. It said: {why.Trim()}");
            }

            await Task.Delay(Look, real, cancellationToken).ConfigureAwait(false);
        }

        process.Kill();
        throw CommandFailedException.Unreachable(
            $"the simulator did not open its port within {StartTimeout.TotalSeconds:0} s. Is the machine overloaded?");
    }

    /// <summary>Asks the simulator to end and waits for it; one that does not is killed.</summary>
    public static async Task EndAsync(SimulatorNotice notice, TimeProvider real)
    {
        try
        {
            using Process process = Process.GetProcessById(notice.Pid);
            using CancellationTokenSource patience = new(EndTimeout, real);
            if (!Posix.AskToEnd(notice.Pid))
            {
                process.Kill();
            }

            try
            {
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended already, which is what was wanted.
        }
    }

    /// <summary>
    /// The same program as this one, with its standard streams on pipes that nobody needs to keep open.
    /// </summary>
    private static ProcessStartInfo StartInfo(string directory, double speed, int seed)
    {
        string program = Environment.ProcessPath
            ?? throw new InvalidOperationException("the path of the running program is unknown");
        ProcessStartInfo info = new(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            info.ArgumentList.Add(typeof(SimulatorProcess).Assembly.Location);
        }

        string[] arguments =
        [
            "sim", "run", "--detached", "--port", "0",
            "--speed", speed.ToString("R", CultureInfo.InvariantCulture),
            "--seed", seed.ToString(CultureInfo.InvariantCulture),
            "--data", directory,
            "--end-when-idle", EndWhenIdle.TotalSeconds.ToString("R", CultureInfo.InvariantCulture),
        ];
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }
}
