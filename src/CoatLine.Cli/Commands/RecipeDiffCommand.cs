using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Domain.Recipes;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline recipe diff</c>: what differs between two recipes and what follows from it.</summary>
internal static class RecipeDiffCommand
{
    public static Command Create()
    {
        Argument<FileInfo> before = new("A") { Description = "Recipe (YAML)" };
        Argument<FileInfo> after = new("B") { Description = "Recipe (YAML) to compare with it" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("diff", "Fields, derived values and verdicts in which two recipes differ")
        {
            before, after, json,
        };
        command.SetAction(parsed =>
        {
            RecipeDiff diff = RecipeDiff.Between(
                RecipeSource.FromFile(parsed.GetRequiredValue(before)).ReadOrFail(),
                RecipeSource.FromFile(parsed.GetRequiredValue(after)).ReadOrFail());
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                new { Same = diff.IsEmpty, diff.Fields, diff.Derived, diff.Rules }, console => Draw(console, diff));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Draw(IAnsiConsole console, RecipeDiff diff)
    {
        if (diff.IsEmpty)
        {
            console.WriteLine("Both recipes are the same.");
            return;
        }

        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("", "A", "B");
        AddRows(table, "field", diff.Fields);
        AddRows(table, "derived", diff.Derived);
        AddRows(table, "rule", diff.Rules);
        console.Write(table);
    }

    private static void AddRows(Table table, string kind, ImmutableArray<RecipeDifference> differences)
    {
        foreach (RecipeDifference difference in differences)
        {
            table.AddRow(
                new Text($"{kind} {difference.Path}"),
                new Text(difference.Before ?? "–"),
                new Text(difference.After ?? "–"));
        }
    }
}
