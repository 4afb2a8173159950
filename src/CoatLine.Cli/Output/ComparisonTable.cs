using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>An example of the source with its newest batch; the batch's parts are null when there is none.</summary>
/// <param name="Published">What the source publishes.</param>
/// <param name="Batch">Batch id.</param>
/// <param name="Judged">The verdict on its first sheet.</param>
/// <param name="Sheets">How many sheets were judged.</param>
internal sealed record ExampleRun(PublishedResult Published, string? Batch, QcJudged? Judged, int Sheets)
{
    private static readonly string[] Structural =
        [RuleCatalogue.PressedPorosity.Id, RuleCatalogue.MeanRoughness.Id, RuleCatalogue.MaxRoughness.Id];

    /// <summary>Void reduction, % (R39); null when it was not measured.</summary>
    public decimal? VoidReduction =>
        Judged?.Checks.FirstOrDefault(static c => c.Rule == LaboratoryCatalogue.VoidReduction.Id)?.Value;

    /// <summary>Porosity before the press, %: what the void reduction and the porosity after it say.</summary>
    public decimal? PorosityBefore => Judged?.PorosityPercent is { } after && VoidReduction is { } reduction
        ? after / (1m - (reduction / 100m))
        : null;

    /// <summary>Which of R35, R36 and R37 the sheet breaks.</summary>
    public IEnumerable<string> Broken => Judged is null ? [] : Judged.Checks
        .Where(static c => c.Verdict == Verdict.Fail && Structural.Contains(c.Rule))
        .Select(static c => c.Rule)
        .Distinct();
}

/// <summary>Source and line side by side.</summary>
internal static class ComparisonTable
{
    public static object ToJson(ExampleRun run) => new
    {
        run.Published.Recipe,
        run.Batch,
        run.Sheets,
        Source = new
        {
            PorosityBeforePercent = run.Published.PorosityBefore,
            PorosityAfterPercent = run.Published.PorosityAfter,
            VoidReductionPercent = run.Published.VoidReduction,
            run.Published.SaUm,
            run.Published.SzUm,
        },
        Run = run.Judged is null ? null : new
        {
            PorosityBeforePercent = run.PorosityBefore,
            PorosityAfterPercent = run.Judged.PorosityPercent,
            VoidReductionPercent = run.VoidReduction,
            run.Judged.SaUm,
            run.Judged.SzUm,
            run.Broken,
        },
    };

    public static void Draw(IAnsiConsole console, IReadOnlyList<ExampleRun> runs)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("Example").NoWrap());
        table.AddColumn(new TableColumn("ε before %").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("ε after %").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("void red. %").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Sa µm").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Sz µm").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Breaks").NoWrap());
        foreach (ExampleRun run in runs)
        {
            table.AddRow(
                new Text(run.Published.Recipe),
                Pair(run.Published.PorosityBefore, run.PorosityBefore, "0.0"),
                Pair(run.Published.PorosityAfter, run.Judged?.PorosityPercent, "0.0"),
                Pair(run.Published.VoidReduction, run.VoidReduction, "0"),
                Pair(run.Published.SaUm, Worst(run.Judged?.SaUm), "0.00"),
                Pair(run.Published.SzUm, Worst(run.Judged?.SzUm), "0.00"),
                new Text(run.Judged is null ? "–" : string.Join(' ', run.Broken)));
        }

        console.Write(table);
        console.WriteLine("source │ line; – where the source gives none or no batch was judged. Sa, Sz: worst sample.");
        foreach (ExampleRun run in runs.Where(static r => r.Sheets > 1))
        {
            console.WriteLine($"{run.Published.Recipe}: the first of {run.Sheets} sheets of {run.Batch}");
        }
    }

    private static decimal? Worst(IReadOnlyCollection<decimal>? samples) =>
        samples is { Count: > 0 } ? samples.Max() : null;

    private static Text Pair(decimal? source, decimal? line, string format) =>
        new($"{Number(source, format)} │ {Number(line, format)}");

    private static string Number(decimal? value, string format) =>
        (value?.ToString(format, CultureInfo.InvariantCulture) ?? "–").PadLeft(format.Length);
}
