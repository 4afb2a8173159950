using CoatLine.Cli.Output;
using CoatLine.Cli.Simulation;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Hosting;
using CoatLine.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoatLine.Cli.Running;

/// <summary><c>coatline run</c>: simulator, MES, batches, verdicts.</summary>
internal sealed class BatchRun(RunSettings settings, Report report, TimeProvider real)
{
    /// <summary>
    /// How long the ledger may take to confirm what a batch recorded, and the host to stop (real time).
    /// </summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(30);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        settings.Recipe.RefuseFor(settings.Order, real.GetUtcNow());
        int exitCode = ExitCode.Refused;
        await MesHost.GuardAsync(async () =>
        {
            using DataFolder folder = DataFolder.Claim(settings.DataDirectory);
            LineChoice line = await LineChoice.MakeAsync(settings, folder, report, real, cancellationToken)
                .ConfigureAwait(false);
            bool batchOpen = true;
            try
            {
                (exitCode, batchOpen) = await OnLineAsync(folder, line, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await EndSimulatorAsync(line.Simulator, batchOpen).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return exitCode;
    }

    private async Task<(int ExitCode, bool BatchOpen)> OnLineAsync(
        DataFolder folder, LineChoice line, CancellationToken cancellationToken)
    {
        bool screen = !report.IsJson && !Console.IsOutputRedirected;
        using IHost host = await MesHost
            .StartAsync(folder, line.Clock, line.Url, settings.Security, quiet: screen, cancellationToken)
            .ConfigureAwait(false);
        CoatLineMes mes = host.Services.GetRequiredService<CoatLineMes>();
        try
        {
            await mes.WaitForLineAsync(cancellationToken).ConfigureAwait(false);
            Announce(line, mes);
            using BatchWatcher watcher = new(mes, report, real);
            if (line.Simulator is not null)
            {
                SimulatedDelivery.Supply(mes);
                if (mes.OpenBatches.Count == 0
                    && SimulatedDelivery.Approve(mes, settings.Recipe) && !settings.Recipe.IsBuiltIn)
                {
                    report.Note($"{settings.Recipe.Name} was a draft; the simulated line's own people approved it.");
                }
            }

            int exitCode = await BatchesAsync(mes, watcher, cancellationToken).ConfigureAwait(false);
            if (!settings.Once && !cancellationToken.IsCancellationRequested)
            {
                report.Line("The line stays up for whoever wants to look at it. Ctrl-C ends.");
                await Task.Delay(Timeout.InfiniteTimeSpan, real, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return (exitCode, mes.OpenBatches.Count > 0);
        }
        finally
        {
            using CancellationTokenSource bound = new(EndTimeout, real);
            await host.StopAsync(bound.Token).ConfigureAwait(false);
        }
    }

    private void Announce(LineChoice line, CoatLineMes mes)
    {
        string speed = FormattableString.Invariant($"speed {line.Clock.Speed}");
        string what = line.Simulator is { } simulator
            ? $"Simulated line at {line.Url} (process {simulator.Pid}, seed {simulator.Seed}), {speed}"
            : $"Line at {line.Url}, {speed}";
        report.Line(what);
        report.Line($"Data in {mes.DataFolder.Path}");
        if (settings.Security.AllowInsecure)
        {
            // A live screen keeps the log's warning from the terminal; this one stands above the screen.
            report.Note("WARNING: --allow-insecure is set; the line may be connected without security.");
        }
    }

    private async Task<int> BatchesAsync(CoatLineMes mes, BatchWatcher watcher, CancellationToken cancellationToken)
    {
        VerdictDue due = new(mes.DataFolder);
        IReadOnlyList<string> open = mes.OpenBatches;
        if (open.Count == 0 && await ToldLateAsync(mes, watcher, due).ConfigureAwait(false))
        {
            return Tell(mes, watcher, due, cancellationToken);
        }

        foreach (string batch in open)
        {
            report.Line($"Going on with {batch}, which is open in this folder.");
            watcher.Replay(mes.Facts(batch));
        }

        string[] batches = open.Count > 0
            ? [.. open]
            : [.. Enumerable.Range(0, settings.Batches).Select(_ => settings.Recipe.CreateOn(mes, settings.Order))];
        due.Note(batches);
        Task running = Task.WhenAll(batches.Select(batch => mes.RunAsync(batch, cancellationToken)));
        await watcher.ShowUntilAsync(running).ConfigureAwait(false);
        bool interrupted = running.IsCanceled && cancellationToken.IsCancellationRequested;
        if (!interrupted)
        {
            await running.ConfigureAwait(false);
        }

        using CancellationTokenSource bound = new(EndTimeout, real);
        await mes.DrainAsync(bound.Token).ConfigureAwait(false);
        return Tell(mes, watcher, due, bound.Token);
    }

    /// <summary>Whether batches ended here before anybody was told, whose verdicts are due now.</summary>
    private async Task<bool> ToldLateAsync(CoatLineMes mes, BatchWatcher watcher, VerdictDue due)
    {
        bool isAny = false;
        foreach (string ended in due.Batches)
        {
            if (await RecordedAsync(mes, ended).ConfigureAwait(false) is [_, ..] facts)
            {
                report.Line($"{ended} ended in this folder before anybody was told; this is its verdict.");
                watcher.Replay(facts);
                isAny = true;
            }
        }

        return isAny;
    }

    /// <summary>The facts of an ended batch, from the ledger once it has all of them.</summary>
    private async Task<IReadOnlyList<ChainedEvent>> RecordedAsync(CoatLineMes mes, string batch)
    {
        using CancellationTokenSource bound = new(EndTimeout, real);
        await mes.DrainAsync(bound.Token).ConfigureAwait(false);
        EventQuery query = new() { Batch = batch, Limit = EventQuery.MaxLimit };
        return [.. mes.DataFolder.Ledger.OpenReader().Events(query).Select(StoredFact.Of)];
    }

    private int Tell(CoatLineMes mes, BatchWatcher watcher, VerdictDue due, CancellationToken cancellationToken)
    {
        VerifyReport ledger = mes.DataFolder.Ledger.Verify(new VerifyScope(), cancellationToken);
        bool areDone = watcher.Look(all =>
        {
            object[] verdicts = [.. all.Select(p => VerdictReport.ToJson(p, ledger.Events, ledger.Head?.Hash))];
            report.Answer(
                verdicts is [var only] ? only : verdicts,
                console =>
                {
                    foreach (BatchProgress progress in all)
                    {
                        VerdictReport.Draw(console, progress, ledger.Events, ledger.Head?.Hash);
                    }
                });
            return all.Count > 0 && all.All(p => VerdictReport.Outcome(p) is "released" or "trial");
        });
        due.Shown();
        return areDone ? ExitCode.Done : ExitCode.Refused;
    }

    private async Task EndSimulatorAsync(SimulatorNotice? simulator, bool batchOpen)
    {
        if (simulator is null)
        {
            return;
        }

        if (batchOpen)
        {
            report.Note(
                $"The simulator (process {simulator.Pid}) keeps what is on the line; it ends by itself after "
                + $"{SimulatorProcess.EndWhenIdle.TotalSeconds:0} s without a client.");
            return;
        }

        await SimulatorProcess.EndAsync(simulator, real).ConfigureAwait(false);
    }
}
