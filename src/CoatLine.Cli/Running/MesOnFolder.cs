using CoatLine.Hosting;
using CoatLine.Hosting.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoatLine.Cli.Running;

/// <summary>The MES on a data folder without its line: for commands that only record something.</summary>
internal static class MesOnFolder
{
    /// <summary>How long the ledger may take to confirm what was recorded, and the host to stop (real time).</summary>
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Does something with the MES of a folder, and ends when the ledger has what it recorded.</summary>
    /// <param name="directory">Data folder.</param>
    /// <param name="real">The machine's clock.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandFailedException">The folder is in use or unfit, or the work fails.</exception>
    public static Task WithAsync(
        string directory, TimeProvider real, Action<CoatLineMes> work, CancellationToken cancellationToken) =>
        MesHost.GuardAsync(async () =>
        {
            using DataFolder folder = DataFolder.Claim(directory);
            LineClockFile clock = Clock(folder, real);
            using IHost host = await MesHost
                .StartAsync(folder, clock, url: null, new OpcUaOptions(), quiet: false, cancellationToken)
                .ConfigureAwait(false);
            using CancellationTokenSource bound = new(ConfirmTimeout, real);
            try
            {
                CoatLineMes mes = host.Services.GetRequiredService<CoatLineMes>();
                work(mes);
                await mes.DrainAsync(bound.Token).ConfigureAwait(false);
            }
            finally
            {
                await host.StopAsync(bound.Token).ConfigureAwait(false);
            }
        });

    /// <summary>
    /// The clock goes on while a simulator lives on the folder; else it is anchored at the real time.
    /// </summary>
    private static LineClockFile Clock(DataFolder folder, TimeProvider real) =>
        Simulation.SimulatorNotice.ReadLiving(folder.Path) is not null && LineClockFile.Read(folder.Path) is { } clock
            ? clock
            : LineClock.Anew(folder, default, speed: 1, real);
}
