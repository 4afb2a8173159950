using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline rules</c>: the catalogue of every rule with its limit and its source.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        Option<RuleStage?> stage = new("--stage")
        {
            Description = $"Only the rules of one stage: {string.Join(", ", RuleStages.All)}",
            HelpName = "S",
            CustomParser = static result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (RuleStages.TryParse(text, out RuleStage found))
                {
                    return found;
                }

                result.AddError($"--stage must be one of {string.Join(", ", RuleStages.All)}, not '{text}'");
                return null;
            },
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("rules", "Every rule with its limit, stage and source") { stage, json };
        command.SetAction(parsed => Print(parsed.GetValue(stage), CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Print(RuleStage? stage, Report report)
    {
        RuleDefinition[] rules =
            [.. RuleCatalogue.All.Where(r => stage is not { } wanted || r.Stages.Contains(wanted))];
        report.Answer(new { Rules = rules.Select(ToJson) }, console => Draw(console, rules));
        return ExitCode.Done;
    }

    private static void Draw(IAnsiConsole console, RuleDefinition[] rules)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("Rule").NoWrap());
        table.AddColumn(new TableColumn("Tier").NoWrap());
        table.AddColumn(new TableColumn("Stages").NoWrap());
        table.AddColumn("Quantity");
        table.AddColumn("Limit");
        table.AddColumn("Preferred → more preferred");
        table.AddColumn("Source");
        foreach (RuleDefinition rule in rules)
        {
            table.AddRow(
                new Text(rule.Id),
                new Text(rule.Tier == RuleTier.Hard ? "hard" : "advisory"),
                new Text(string.Join(' ', rule.Stages.Select(RuleStages.Code))),
                new Text(rule.Title),
                new Text(rule.LimitText()),
                new Text(rule.PreferredText()),
                new Text(rule.Source));
        }

        console.Write(table);
        console.WriteLine(
            $"{rules.Length} rules; R.. of the patent application, S.. of the site. ≤ allows the limit itself, < not.");
    }

    private static object ToJson(RuleDefinition rule) => new
    {
        rule.Id,
        rule.Title,
        rule.Tier,
        Stages = rule.Stages.Select(RuleStages.Code),
        Limit = rule.LimitText(),
        Preferred = rule.PreferredText(),
        Numbers = rule.Parts.IsEmpty && rule.Limits != Bounds.Any
            ? [ToJson(new RulePart(rule.Title, rule.Symbol, rule.Unit, rule.Limits, rule.Preferred))]
            : rule.Parts.Select(ToJson),
        rule.Words,
        rule.PreferredWords,
        rule.Source,
    };

    private static object ToJson(RulePart part) => new
    {
        part.Title,
        part.Unit,
        Limit = ToJson(part.Limits),
        Preferred = part.Preferred.Select(ToJson),
    };

    private static object ToJson(Bounds bounds) =>
        new { bounds.Low, bounds.LowInclusive, bounds.High, bounds.HighInclusive };
}
