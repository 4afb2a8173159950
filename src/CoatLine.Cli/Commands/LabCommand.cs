using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline lab enter</c> and <c>list</c>.</summary>
internal static class LabCommand
{
    public static Command Create(TimeProvider real) =>
        new("lab", "Laboratory results") { CreateEnter(real), CreateList() };

    private static Command CreateEnter(TimeProvider real) => new RecordFileCommand(
        "enter",
        "Record the results of a file, all or none, also of a batch that has ended",
        "results",
        "Results (YAML)",
        LabFile.MaxBytes,
        static (text, name) => LabFile.Read(text, name).Errors,
        static (mes, text, name, by) => mes.EnterLabResults(text, name, by),
        static (_, decided, report) => Tell(decided, report)).Create(real);

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

    private static void Tell(FactsOrRefusals decided, Report report)
    {
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
