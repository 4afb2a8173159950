using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>Laboratory results as a table and as JSON. Only what is abnormal has a colour.</summary>
internal static class LabTable
{
    /// <summary>One result in one line.</summary>
    public static string Line(LabResultEntered fact)
    {
        int broken = fact.Checks.Count(CheckTable.Forbids);
        return $"{Word(fact.Kind)} of {fact.Sheet}, sample {fact.Sample}, entered by {fact.By}: "
            + (broken == 0 ? $"{fact.Checks.Length} checks hold" : $"{broken} of {fact.Checks.Length} checks FAIL");
    }

    public static Table Draw(IEnumerable<LabResultEntered> facts)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Batch", "Sheet", "What", "Sample", "Measured", "By", "Values", "Checks");
        foreach (LabResultEntered fact in facts)
        {
            int broken = fact.Checks.Count(CheckTable.Forbids);
            table.AddRow(
                new Text(fact.Batch),
                new Text(fact.Sheet),
                new Text(Word(fact.Kind)),
                new Text(fact.Sample),
                new Text(fact.MeasuredAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                new Text(fact.By),
                new Text(string.Join(", ", fact.Values.Where(static v => v.Value is not null).Select(Number))),
                broken == 0
                    ? new Markup($"{fact.Checks.Length} hold")
                    : new Markup($"[red]{broken} of {fact.Checks.Length} FAIL[/]"));
        }

        return table;
    }

    public static object ToJson(LabResultEntered fact) => new
    {
        fact.Batch,
        fact.Sheet,
        fact.Kind,
        fact.Sample,
        fact.MeasuredAt,
        fact.By,
        fact.At,
        fact.Values,
        Checks = fact.Checks.Select(static c => CheckTable.ToJson(RuleStage.Lab, c)),
    };

    private static string Number(LabValue value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Name} {value.Value:0.####} {value.Unit}");

    private static string Word(LabKind kind) => kind switch
    {
        LabKind.Xps => "XPS",
        LabKind.CellTest => "cell test",
        _ => "cross section",
    };
}
