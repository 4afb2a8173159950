using System.CommandLine;
using System.Globalization;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Cli.Running;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes.Approval;
using CoatLine.Hosting;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline recipe approve</c>, <c>retire</c> and <c>book</c>: which master recipes batches are made of.
/// </summary>
internal static class RecipeBookCommands
{
    public static Command CreateApprove(TimeProvider real)
    {
        Argument<FileInfo> file = new("FILE") { Description = "Recipe (YAML)" };
        Option<string[]> sign = PersonOptions.Sign();
        Option<string> reason = PersonOptions.Reason();
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("approve", "Approve a recipe; its version stands for this content from then on")
        {
            file, sign, reason, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // Read before the data folder is touched.
            RecipeSource source = RecipeSource.FromFile(parsed.GetRequiredValue(file));
            source.ReadOrFail();
            string[] signers = parsed.GetValue(sign) ?? [];
            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(parsed.GetRequiredValue(data).FullName, real, mes =>
            {
                FactsOrRefusals decided = mes.ApproveRecipe(
                    source.Text,
                    source.Name,
                    parsed.GetRequiredValue(reason),
                    PersonOptions.Signatures(signers, mes.LineTime.GetUtcNow()));
                Tell(source.Name, decided, mes, report);
            }, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateRetire(TimeProvider real)
    {
        Argument<string> id = new("ID") { Description = "Recipe id, e.g. embodiment-4" };
        Argument<int> version = new("VERSION") { Description = "Version, from 1" };
        Option<string[]> sign = PersonOptions.Sign();
        Option<string> reason = PersonOptions.Reason();
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("retire", "Retire an approved recipe for good") { id, version, sign, reason, data, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] signers = parsed.GetValue(sign) ?? [];
            if (signers.Length != 1)
            {
                throw CommandFailedException.BadInput($"--sign is needed once here, not {signers.Length} times");
            }

            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(parsed.GetRequiredValue(data).FullName, real, mes =>
            {
                string recipe = parsed.GetRequiredValue(id);
                FactsOrRefusals decided = mes.RetireRecipe(
                    recipe,
                    parsed.GetValue(version),
                    parsed.GetRequiredValue(reason),
                    PersonOptions.Signatures(signers, mes.LineTime.GetUtcNow())[0]);
                Tell(recipe, decided, mes, report);
            }, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateBook()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("book", "Every recipe that was ever approved here") { data, json };
        command.SetAction(parsed =>
        {
            RecipeBook book = LedgerFacts.Read(parsed.GetRequiredValue(data), "recipe-approved", "recipe-retired")
                .Aggregate(RecipeBook.Empty, static (book, fact) => book.Apply(fact));
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                new { Recipes = book.Entries.Values.Select(ToJson) }, console => Draw(console, book));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(string what, FactsOrRefusals decided, CoatLineMes mes, Report report)
    {
        RecordFileCommand.Refuse(what, decided);
        RecipeEntry entry = decided.Facts[0] switch
        {
            RecipeApproved e => mes.Recipes.Find(e.RecipeId, e.RecipeVersion)!,
            RecipeRetired e => mes.Recipes.Find(e.RecipeId, e.RecipeVersion)!,
            _ => throw new InvalidOperationException("a decision on a recipe is an approval or a retirement"),
        };
        report.Answer(
            ToJson(entry),
            console => console.WriteLine(
                $"{entry.Approval.RecipeId} v{entry.Approval.RecipeVersion} is {Word(entry.Status)}."));
    }

    private static object ToJson(RecipeEntry entry) => new
    {
        entry.Approval.RecipeId,
        entry.Approval.RecipeVersion,
        entry.Approval.Title,
        entry.Approval.Class,
        entry.Status,
        entry.Approval.ContentHash,
        entry.Approval.Signatures,
        entry.Approval.Reason,
        Retired = entry.Retirement is { } retired ? new { retired.Reason, retired.Signature } : null,
    };

    private static void Draw(IAnsiConsole console, RecipeBook book)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Recipe", "Version", "Class", "Status", "Content", "Signed by", "On");
        foreach (RecipeEntry entry in book.Entries.Values)
        {
            RecipeApproved approval = entry.Approval;
            table.AddRow(
                new Text(approval.RecipeId),
                new Text(approval.RecipeVersion.ToString(CultureInfo.InvariantCulture)),
                new Text(approval.Class.ToString().ToLowerInvariant()),
                new Text(Word(entry.Status)),
                new Text(approval.ContentHash[..12]),
                new Text(string.Join(", ", approval.Signatures.Select(static s => s.Person))),
                new Text(approval.Signatures[0].At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        console.Write(table);
    }

    private static string Word(RecipeStatus status) => status.ToString().ToLowerInvariant();
}
