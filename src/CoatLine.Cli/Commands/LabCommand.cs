using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;
using CoatLine.Hosting;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline lab enter</c> and <c>list</c>.</summary>
internal static class LabCommand
{
    public static Command Create(TimeProvider real) =>
        new("lab", "Laboratory results") { CreateEnter(real), CreateList() };

    private static Command CreateEnter(TimeProvider real)
    {
        Argument<FileInfo> file = new("FILE") { Description = "Results (YAML)" };
        Option<string> by = PersonOptions.By();
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("enter", "Record the results of a file, all or none, also of a batch that has ended")
        {
            file, by, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            FileInfo source = parsed.GetRequiredValue(file);
            string text = InputText.Read(source, "results", LabFile.MaxBytes);
            if (LabFile.Read(text, source.ToString()) is { Errors: { IsEmpty: false } errors })
            {
                // Before the data folder is touched.
                throw CommandFailedException.BadInput(string.Join('\n', errors));
            }

            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(
                parsed.GetRequiredValue(data).FullName,
                real,
                mes => Enter(mes, text, source.ToString(), parsed.GetRequiredValue(by), report),
                cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        Option<string?> batch = new("--batch") { Description = "Only this batch", HelpName = "ID" };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Every result entered, in that order") { batch, data, json };
        command.SetAction(parsed =>
        {
            string? only = parsed.GetValue(batch);
            LabResultEntered[] facts =
            [
                .. LedgerFacts.Read(parsed.GetRequiredValue(data), "lab-result-entered")
                    .OfType<LabResultEntered>()
                    .Where(f => only is null || f.Batch == only),
            ];
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                new { Results = facts.Select(LabTable.ToJson) },
                console => console.Write(LabTable.Draw(facts)));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Enter(CoatLineMes mes, string text, string name, string by, Report report)
    {
        FactsOrRefusals decided = mes.EnterLabResults(text, name, by);
        if (!decided.Refusals.IsEmpty)
        {
            throw CommandFailedException.Refused(
                $"{name}: nothing is recorded.\n{string.Join('\n', decided.Refusals.Select(static r => "  " + r))}");
        }

        LabResultEntered[] facts = [.. decided.Facts.OfType<LabResultEntered>()];
        report.Answer(new { Results = facts.Select(LabTable.ToJson) }, console =>
        {
            foreach (LabResultEntered fact in facts)
            {
                console.WriteLine(LabTable.Line(fact));
                foreach (RuleCheck check in fact.Checks.Where(CheckTable.Forbids))
                {
                    console.WriteLine($"  {check.Message}");
                }
            }
        });
    }
}
