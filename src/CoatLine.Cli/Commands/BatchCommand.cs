using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Cli.Running;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Ledger;
using CoatLine.Plots;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline batch start</c>, <c>list</c> and <c>show</c>.</summary>
internal static class BatchCommand
{
    public static Command Create(TimeProvider real)
    {
        Command command = new("batch", "Batches")
        {
            CreateStart(real), BatchAnswerCommand.Create(real), CreateList(), CreateShow(),
        };
        foreach (Command control in BatchControlCommands.Create(real))
        {
            command.Add(control);
        }

        return command;
    }

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
        OrderOptions order = new();
        order.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RecipeSource source =
                parsed.GetValue(recipe) is { } file ? RecipeSource.FromFile(file) : RecipeSource.Default();
            Report report = CommonOptions.Report(parsed.GetValue(json));
            string directory = parsed.GetRequiredValue(data).FullName;
            await StartAsync(source, order.Of(parsed), directory, report, real, cancellationToken)
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
        Option<string?> sheet = new("--sheet")
        {
            Description = "The sheet whose profile and gap are shown (default: the one measured last)",
            HelpName = "ID",
        };
        Command command = new("show", "One batch: profile, gap, every rule checked, verdict")
        {
            batch, sheet, data, plot, json,
        };
        command.SetAction(parsed => Show(
            parsed.GetRequiredValue(batch),
            parsed.GetValue(sheet),
            parsed.GetRequiredValue(data),
            parsed.GetValue(plot),
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static Task StartAsync(
        RecipeSource source,
        BatchOrder order,
        string directory,
        Report report,
        TimeProvider real,
        CancellationToken cancellationToken)
    {
        source.RefuseFor(order, real.GetUtcNow());
        return MesOnFolder.WithAsync(directory, real, mes =>
        {
            string batch = source.CreateOn(mes, order);
            report.Answer(
                new { Batch = batch, Recipe = source.Name, order.Sheets, Data = mes.DataFolder.Path },
                console => console.WriteLine(
                    $"{batch} is recorded; 'coatline run --data {directory}' carries it out."));
        }, cancellationToken);
    }

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

    private static int Show(string batch, string? sheet, DirectoryInfo data, PictureFile? picture, Report report)
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

        if (sheet is not null)
        {
            if (!progress.MeasuredSheets.Contains(sheet))
            {
                throw CommandFailedException.BadInput(
                    $"--sheet '{sheet}' must be a measured sheet of {batch}: "
                        + string.Join(", ", progress.MeasuredSheets));
            }

            progress.Show(sheet);
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

    private static ILedgerReader Reader(DirectoryInfo data) => LedgerAccess.Of(data);
}
