using System.Globalization;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>Checks as a table and as JSON. Only what is abnormal has a colour.</summary>
internal static class CheckTable
{
    /// <summary>The table: hard failures first, then in the order judged.</summary>
    public static Table Draw(IReadOnlyCollection<RuleCheck> checks)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("Rule").NoWrap());
        table.AddColumn("Quantity");
        table.AddColumn("Of");
        table.AddColumn(new TableColumn("Value").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Limit").NoWrap());
        table.AddColumn(new TableColumn("Verdict").NoWrap());
        table.AddColumn(new TableColumn("Source").NoWrap());
        foreach (RuleCheck check in checks.OrderBy(static c => Urgency(c.Verdict)))
        {
            table.AddRow(
                new Text(check.Rule),
                new Text(check.Quantity),
                new Text(check.Subject),
                new Text(Value(check)),
                new Text(check.Limit),
                Word(check.Verdict),
                new Text(check.Paragraph));
        }

        return table;
    }

    /// <summary>Checks of a recipe as they stand in a JSON answer.</summary>
    public static object[] ToJson(IEnumerable<RuleCheck> checks) =>
        [.. checks.Select(static c => ToJson(RuleStage.Recipe, c))];

    /// <summary>One check as it stands in a JSON answer.</summary>
    public static object ToJson(RuleStage stage, RuleCheck check, string? sheet = null) => new
    {
        Stage = stage,
        Sheet = sheet,
        check.Rule,
        check.Quantity,
        check.Subject,
        check.Value,
        check.Unit,
        check.Limit,
        check.Verdict,
        check.Paragraph,
        check.Message,
    };

    /// <summary>The value to four significant digits: a person's view; judged and recorded is the exact one.</summary>
    public static string Value(RuleCheck check) => check.Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{Rounded(value)} {check.Unit}").TrimEnd()
        : "–";

    public static Markup Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => new Markup("pass"),
        Verdict.Advisory => new Markup("advisory"),
        Verdict.Conditional => new Markup("[yellow]conditional[/]"),
        Verdict.Fail => new Markup("[red]FAIL[/]"),
        _ => new Markup("[yellow]not measured[/]"),
    };

    /// <summary>Whether the check forbids a release or a production batch.</summary>
    public static bool Forbids(RuleCheck check) => check.Verdict is Verdict.Fail or Verdict.NotMeasured;

    private static string Rounded(decimal value)
    {
        decimal size = Math.Abs(value);
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return decimal.Round(value, decimals, MidpointRounding.ToEven).ToString("0.####", CultureInfo.InvariantCulture);
    }

    public static int Urgency(Verdict verdict) => verdict switch
    {
        Verdict.Fail => 0,
        Verdict.NotMeasured => 1,
        Verdict.Conditional => 2,
        _ => 3,
    };
}
