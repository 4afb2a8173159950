using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;

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
            IReadOnlyList<ExampleRun> runs = Runs(LedgerFacts.Read(folder, "batch-created", "qc-judged"));
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                new { Examples = runs.Select(ComparisonTable.ToJson) },
                console => ComparisonTable.Draw(console, runs));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Every example with its newest batch that was judged.</summary>
    private static ImmutableArray<ExampleRun> Runs(IReadOnlyList<BatchEvent> facts)
    {
        ILookup<string, QcJudged> judged = facts.OfType<QcJudged>().ToLookup(static q => q.Batch);
        Dictionary<string, ExampleRun> newest = [];
        foreach (BatchCreated created in facts.OfType<BatchCreated>().Where(c => judged.Contains(c.Batch)))
        {
            newest[created.RecipeId] = new ExampleRun(
                Published(created.RecipeId),
                created.Batch,
                judged[created.Batch].First(),
                judged[created.Batch].Count());
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
