using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Ledger;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline report table1</c>: what the source publishes and what the line has made, side by side.
/// </summary>
internal static class ReportCommand
{
    public static Command Create() => new("report", "Reports over several batches") { CreateTable1() };

    private static Command CreateTable1()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("table1", "Tables 1 and 2 of the source beside the newest batch of each example")
        {
            data, json,
        };
        command.SetAction(parsed =>
        {
            DirectoryInfo folder = parsed.GetRequiredValue(data);
            IReadOnlyList<ExampleRun> runs = LedgerAccess.Guard(() =>
                Runs(new LedgerReader(Path.Combine(folder.FullName, "ledger.db"))));
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                new { Examples = runs.Select(ComparisonTable.ToJson) },
                console => ComparisonTable.Draw(console, runs));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Every example with its newest batch that was judged.</summary>
    private static ImmutableArray<ExampleRun> Runs(LedgerReader ledger)
    {
        Dictionary<string, ExampleRun> newest = [];
        foreach (BatchSummary batch in ledger.Batches())
        {
            BatchEvent[] facts =
            [
                .. ledger.Events(new EventQuery { Batch = batch.Batch, Limit = EventQuery.MaxLimit })
                    .Select(StoredFact.Of)
                    .Select(EventCatalog.Read),
            ];
            QcJudged[] sheets = [.. facts.OfType<QcJudged>()];
            if (sheets.Length > 0 && facts.OfType<BatchCreated>().FirstOrDefault() is { } created)
            {
                newest[created.RecipeId] = new ExampleRun(
                    Published(created.RecipeId), batch.Batch, sheets[0], sheets.Length);
            }
        }

        return
        [
            .. PublishedResults.All.Select(p => newest.GetValueOrDefault(p.Recipe, new ExampleRun(p, null, null, 0))),
        ];
    }

    private static PublishedResult Published(string recipe) =>
        PublishedResults.All.FirstOrDefault(p => p.Recipe == recipe)
        ?? new PublishedResult(recipe, null, null, null, null, null);
}
