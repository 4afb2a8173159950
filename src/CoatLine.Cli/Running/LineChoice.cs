using System.Net.Sockets;
using CoatLine.Cli.Output;
using CoatLine.Cli.Simulation;
using CoatLine.Hosting;
using CoatLine.Simulator.Faults;
using CoatLine.Hosting.Time;

namespace CoatLine.Cli.Running;

/// <summary>
/// The line that a run drives: the one that was named, the simulator that lives on the folder already, or a new one.
/// </summary>
/// <param name="Url">Endpoint.</param>
/// <param name="Clock">The line's clock.</param>
/// <param name="Simulator">The folder's simulator, or null for a line that was named.</param>
internal sealed record LineChoice(string Url, LineClockFile Clock, SimulatorNotice? Simulator)
{
    /// <summary>How long a simulator that should be there may take to accept a connection.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    public static async Task<LineChoice> MakeAsync(
        RunSettings settings, DataFolder folder, Report report, TimeProvider real, CancellationToken cancellationToken)
    {
        SimulatorNotice? living = SimulatorNotice.ReadLiving(folder.Path);
        if (living is not null && !await AnswersAsync(living, real, cancellationToken).ConfigureAwait(false))
        {
            living = null;
        }

        if (settings.LineUrl is { } url)
        {
            return living?.Url == url && LineClockFile.Read(folder.Path) is { } shared
                ? new LineChoice(url, shared, Simulator: null)
                : new LineChoice(url, LineClock.Anew(folder, default, settings.Speed ?? 1, real), Simulator: null);
        }

        SimulatorTrust.Exchange(folder.Path, settings.Security, real);
        if (living is not null && LineClockFile.Read(folder.Path) is { } clock)
        {
            if (settings.Speed is { } wanted && wanted != clock.Speed)
            {
                report.Note(FormattableString.Invariant(
                    $"The simulator of this folder is still running at speed {clock.Speed}; it keeps it."));
            }

            Tell(folder, settings);
            return new LineChoice(living.Url, clock, living);
        }

        LineClockFile anchor =
            LineClock.Anew(folder, default, settings.Speed ?? Commands.CommonOptions.DefaultSpeed, real);
        SimulatorNotice started = await SimulatorProcess
            .StartAsync(folder.Path, anchor.Speed, settings.Seed, real, cancellationToken).ConfigureAwait(false);
        Tell(folder, settings);
        return new LineChoice(started.Url, anchor, started);
    }

    private static void Tell(DataFolder folder, RunSettings settings)
    {
        foreach (ScheduledFault fault in settings.Faults)
        {
            FaultInbox.Put(folder.Path, fault);
        }
    }

    /// <summary>A process id may have been given to another program since, so the port is asked too.</summary>
    private static async Task<bool> AnswersAsync(
        SimulatorNotice notice, TimeProvider real, CancellationToken cancellationToken)
    {
        using CancellationTokenSource bound = new(AnswerTimeout, real);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        using TcpClient client = new();
        try
        {
            Uri url = new(notice.Url);
            await client.ConnectAsync(url.Host, url.Port, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is SocketException or UriFormatException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
