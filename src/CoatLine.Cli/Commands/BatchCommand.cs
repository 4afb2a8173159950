using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Cli.Running;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Hosting;
using CoatLine.Hosting.Time;
using CoatLine.Ledger;
using CoatLine.Plots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline batch start</c>, <c>list</c> and <c>show</c>.</summary>
internal static class BatchCommand
{
    /// <summary>How long the ledger may take to confirm a new batch (real time).</summary>
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(30);

    public static Command Create(TimeProvider real) =>
        new("batch", "Batches") { CreateStart(real), CreateList(), CreateShow() };

    private static Command CreateStart(TimeProvider real)
    {
        Argument<FileInfo?> recipe = new("FILE")
        {
            Description = $"Recipe (default: {RecipeSource.DefaultName}, which came with the program)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("start", "Record a new batch; the next 'run' on the folder carries it out")
        {
            recipe, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RecipeSource source =
                parsed.GetValue(recipe) is { } file ? RecipeSource.FromFile(file) : RecipeSource.Default();
            Report report = CommonOptions.Report(parsed.GetValue(json));
            string directory = parsed.GetRequiredValue(data).FullName;
            await MesHost.GuardAsync(() => StartAsync(source, directory, report, real, cancellationToken))
                .ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Every batch in the ledger") { data, json };
        command.SetAction(parsed => List(
            parsed.GetRequiredValue(data), CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static Command CreateShow()
    {
        Argument<string> batch = new("ID") { Description = "Batch id, e.g. B-2026-0001" };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<PictureFile?> plot = PictureFile.Option("Also draw the thickness across the sheet");
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "One batch: profile, gap, every rule checked, verdict")
        {
            batch, data, plot, json,
        };
        command.SetAction(parsed => Show(
            parsed.GetRequiredValue(batch),
            parsed.GetRequiredValue(data),
            parsed.GetValue(plot),
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static async Task StartAsync(
        RecipeSource source, string directory, Report report, TimeProvider real, CancellationToken cancellationToken)
    {
        source.RefuseForProduction();
        using DataFolder folder = DataFolder.Claim(directory);
        LineClockFile clock = SimulationClock(folder, real);
        using IHost host = await MesHost
            .StartAsync(folder, clock, url: null, new OpcUaOptions(), quiet: false, cancellationToken)
            .ConfigureAwait(false);
        using CancellationTokenSource bound = new(ConfirmTimeout, real);
        try
        {
            CoatLineMes mes = host.Services.GetRequiredService<CoatLineMes>();
            string batch = source.CreateOn(mes);
            await mes.DrainAsync(bound.Token).ConfigureAwait(false);
            report.Answer(
                new { Batch = batch, Recipe = source.Name, Data = folder.Path },
                console => console.WriteLine(
                    $"{batch} is recorded; 'coatline run --data {directory}' carries it out."));
        }
        finally
        {
            await host.StopAsync(bound.Token).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The clock goes on while a simulator lives on the folder; else it is anchored at the real time.
    /// </summary>
    private static LineClockFile SimulationClock(DataFolder folder, TimeProvider real) =>
        Simulation.SimulatorNotice.ReadLiving(folder.Path) is not null && LineClockFile.Read(folder.Path) is { } clock
            ? clock
            : LineClock.Anew(folder, default, speed: 1, real);

    private static int List(DirectoryInfo data, Report report)
    {
        IReadOnlyList<BatchSummary> batches = LedgerAccess.Guard(() => Reader(data).Batches());
        report.Answer(
            new { Batches = batches },
            console =>
            {
                Table table = new Table().Border(TableBorder.Simple);
                table.AddColumns("Batch", "State", "Mix cycles", "Events", "From", "To (line time)");
                foreach (BatchSummary batch in batches)
                {
                    table.AddRow(
                        batch.Batch,
                        batch.State.ToString().ToLowerInvariant(),
                        $"{batch.Count("mix-cycle-completed")}",
                        $"{batch.Events}",
                        batch.FirstTime,
                        batch.LastTime);
                }

                console.Write(table);
            });
        return ExitCode.Done;
    }

    private static int Show(string batch, DirectoryInfo data, PictureFile? picture, Report report)
    {
        (BatchSummary? summary, IReadOnlyList<LedgerRow> rows) = LedgerAccess.Guard(() => (
            Reader(data).Batch(batch),
            Reader(data).Events(new EventQuery { Batch = batch, Limit = EventQuery.MaxLimit })));
        if (summary is null)
        {
            throw CommandFailedException.BadInput($"the ledger in {data.FullName} has no batch '{batch}'");
        }

        BatchProgress progress = new();
        foreach (ChainedEvent recorded in rows.Select(StoredFact.Of))
        {
            BatchEvent fact = EventCatalog.Read(recorded);
            progress.Apply(recorded, fact, FactText.Of(fact));
        }

        picture?.Write(format => ProfilePicture.Draw(ProfilePlot.Of(progress), format));
        report.Answer(
            VerdictReport.ToJson(progress, summary.Events, headHash: null),
            console =>
            {
                VerdictReport.Draw(console, progress, summary.Events, headHash: null);
                console.WriteLine($"{summary.Events} events, {summary.FirstTime} to {summary.LastTime} (line time)");
            });
        return ExitCode.Done;
    }

    private static LedgerReader Reader(DirectoryInfo data) => new(Path.Combine(data.FullName, "ledger.db"));
}
