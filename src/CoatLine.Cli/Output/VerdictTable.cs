using CoatLine.Cli.Watching;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>
/// Every rule checked in the making of an electrode: the electrode's own rules one by one, what broke first; the many
/// checks of weighing, mixing and machines in one row a rule, unless one of them did not pass.
/// </summary>
internal static class VerdictTable
{
    public static Table Draw(IReadOnlyCollection<JudgedCheck> checks)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("Rule").NoWrap());
        table.AddColumn(new TableColumn("State").NoWrap());
        table.AddColumn("Quantity");
        table.AddColumn(new TableColumn("Value").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Limit").NoWrap());
        table.AddColumn(new TableColumn("Verdict").NoWrap());
        table.AddColumn(new TableColumn("Source").NoWrap());
        ILookup<bool, JudgedCheck> single = checks.ToLookup(static c => IsShownAlone(c));
        foreach (JudgedCheck judged in single[true].OrderBy(static c => CheckTable.Urgency(c.Check.Verdict)))
        {
            RuleCheck check = judged.Check;
            table.AddRow(
                new Text(check.Rule),
                new Text(StateOf(judged.Stage)),
                new Text($"{check.Quantity}, {check.Subject}"),
                new Text(CheckTable.Value(check)),
                new Text(check.Limit),
                CheckTable.Word(check.Verdict),
                new Text(check.Paragraph));
        }

        foreach (IGrouping<(string Rule, string State), JudgedCheck> group in single[false]
            .GroupBy(static c => (c.Check.Rule, StateOf(c.Stage))).OrderBy(static g => g.Key.Rule, StringComparer.Ordinal))
        {
            RuleCheck first = group.First().Check;
            table.AddRow(
                new Text(group.Key.Rule),
                new Text(group.Key.State),
                new Text(first.Quantity),
                new Text(""),
                new Text($"{group.Count()} {(group.Count() == 1 ? "check" : "checks")}"),
                CheckTable.Word(Verdict.Pass),
                new Text(first.Paragraph));
        }

        return table;
    }

    private static bool IsShownAlone(JudgedCheck judged) =>
        judged.Check.Verdict is not (Verdict.Pass or Verdict.Advisory)
        || (judged.Stage is RuleStage.Dried or RuleStage.AfterWip
            && judged.Check.Rule.StartsWith('R'));

    private static string StateOf(RuleStage stage) => stage switch
    {
        RuleStage.Recipe => "recipe",
        RuleStage.WeighIn => "weigh-in",
        RuleStage.Mixing => "mixing",
        RuleStage.AfterCoat1 => "coat 1",
        RuleStage.AfterCoat2 => "coat 2",
        RuleStage.Dried => "dried",
        RuleStage.AfterWip => "pressed",
        _ => stage.ToString(),
    };
}
