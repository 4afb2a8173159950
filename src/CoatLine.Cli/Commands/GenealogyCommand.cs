using System.CommandLine;
using System.Globalization;
using CoatLine.Cli.Output;
using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline genealogy ID</c>: what was made of what, from the ledger.</summary>
internal static class GenealogyCommand
{
    public static Command Create()
    {
        Argument<string> id = new("ID") { Description = "A lot, a foil roll, a batch or a sheet" };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("genealogy", "From a lot to its sheets, or from a sheet or a batch back to its lots")
        {
            id, data, json,
        };
        command.SetAction(parsed => Show(
            parsed.GetRequiredValue(id),
            parsed.GetRequiredValue(data),
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Show(string id, DirectoryInfo data, Report report)
    {
        IReadOnlyList<BatchEvent> facts =
            LedgerFacts.Read(data, LedgerFacts.OfStock.Union(Genealogy.FactTypes));
        TraceNode trace = Trace.Of(Genealogy.Of(facts), Stock.Of(facts), id)
            ?? throw CommandFailedException.BadInput(
                $"the ledger in {data.FullName} has no lot, batch or sheet '{id}'");
        string[] gaps = [.. Custody.Gaps(Custody.Of(facts))];
        report.Answer(new { Trace = trace, Gaps = gaps }, console =>
        {
            Tree tree = new(Label(trace));
            Grow(tree, trace);
            console.Write(tree);
            foreach (string gap in gaps)
            {
                console.MarkupLineInterpolated($"[yellow]does not add up[/]: {gap}");
            }
        });
        return ExitCode.Done;
    }

    private static void Grow(IHasTreeNodes tree, TraceNode node)
    {
        foreach (TraceNode part in node.Parts)
        {
            Grow(tree.AddNode(Label(part)), part);
        }
    }

    private static Text Label(TraceNode node)
    {
        string amount = node.Amount is { } some
            ? string.Create(CultureInfo.InvariantCulture, $"{some:0.###} {node.Unit} ")
            : string.Empty;
        return new Text($"{amount}{node.Kind.ToString().ToLowerInvariant()} {node.Id}  {node.Text}".TrimEnd());
    }
}
