using CoatLine.Cli.Watching;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>
/// Every rule checked in the making of an electrode: the electrode's own rules one by one, what broke first; the many
/// checks of recipe, weighing, mixing and machines in one line a stage, unless one of them did not pass.
/// </summary>
internal static class VerdictTable
{
    public static void Draw(IAnsiConsole console, IReadOnlyCollection<JudgedCheck> checks)
    {
        ILookup<bool, JudgedCheck> alone = checks.ToLookup(static c => IsShownAlone(c));
        IGrouping<string?, JudgedCheck>[] sheets = [.. alone[true].GroupBy(static c => c.Sheet)];
        foreach (IGrouping<string?, JudgedCheck> sheet in sheets)
        {
            if (sheets.Count(static s => s.Key is not null) > 1)
            {
                console.WriteLine($"  {sheet.Key ?? "batch"}");
            }

            console.Write(Details(sheet.OrderBy(static c => CheckTable.Urgency(c.Check.Verdict))));
        }

        foreach (IGrouping<string, JudgedCheck> stage in alone[false].GroupBy(static c => StateOf(c.Stage)))
        {
            string rules = string.Join(' ', stage.Select(static c => c.Check.Rule).Distinct().Order());
            string count = stage.Count() == 1 ? "1 check passes" : $"{stage.Count()} checks pass";
            console.WriteLine($"  {stage.Key,-8} {count}: {rules}");
        }

        console.WriteLine();
    }

    private static Table Details(IEnumerable<JudgedCheck> checks)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("Rule").NoWrap());
        table.AddColumn(new TableColumn("State").NoWrap());
        table.AddColumn("Quantity");
        table.AddColumn(new TableColumn("Value").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Limit").NoWrap());
        table.AddColumn(new TableColumn("Verdict").NoWrap());
        table.AddColumn(new TableColumn("Source").NoWrap());
        foreach (TableColumn column in table.Columns)
        {
            column.Padding(0, 1);
        }

        foreach (JudgedCheck judged in checks)
        {
            RuleCheck check = judged.Check;
            string state = StateOf(judged.Stage);
            string where = check.Subject.StartsWith(state + ", ", StringComparison.Ordinal)
                ? check.Subject[(state.Length + 2)..]
                : check.Subject;
            table.AddRow(
                new Text(check.Rule),
                new Text(state),
                new Text($"{check.Quantity}, {where}"),
                new Text(CheckTable.Value(check)),
                new Text(check.Limit),
                CheckTable.Word(check.Verdict),
                new Text(check.Paragraph));
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
        RuleStage.LotReceipt => "lots",
        RuleStage.WeighIn => "weigh-in",
        RuleStage.Mixing => "mixing",
        RuleStage.AfterCoat1 => "coat 1",
        RuleStage.AfterCoat2 => "coat 2",
        RuleStage.Dried => "dried",
        RuleStage.AfterWip => "pressed",
        _ => stage.ToString(),
    };
}
