using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CoatLine.Cli.Output;
using CoatLine.Ledger;
using CoatLine.Ledger.Models;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline ledger rebuild</c> and <c>show</c>: the read models, which are made from the chain
/// alone.</summary>
internal static class LedgerModelCommands
{
    private const int UsualLimit = 100;

    /// <summary>Length of <c>2026-01-05T06:00:00</c>.</summary>
    private const int SecondsLength = 19;

    public static Command CreateRebuild()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("rebuild", "Make the read models anew from the chain") { data, json };
        command.SetAction((parsed, cancellationToken) => RebuildAsync(
            parsed.GetRequiredValue(data), CommonOptions.Report(parsed.GetValue(json)), cancellationToken));
        return command;
    }

    public static Command CreateShow()
    {
        Argument<string> model = new("MODEL")
        {
            Description = $"One of {string.Join(", ", ModelTable.All.Select(static t => t.Name))}",
        };
        model.AcceptOnlyFromAmong([.. ModelTable.All.Select(static t => t.Name)]);
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<string?> batch = new("--batch") { Description = "Only this batch", HelpName = "ID" };
        Option<int> limit = CommonOptions.Number(
            "--limit", "At most so many rows", UsualLimit, 1, LedgerModels.MaxLimit);
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Rows of a read model, brought up to date first")
        {
            model, data, batch, limit, json,
        };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            parsed.GetRequiredValue(data),
            ModelTable.Find(parsed.GetRequiredValue(model))!,
            parsed.GetValue(batch),
            parsed.GetValue(limit),
            CommonOptions.Report(parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RebuildAsync(DirectoryInfo data, Report report, CancellationToken cancellationToken)
    {
        LedgerPlace place = LedgerAccess.Place(data);
        long began = Stopwatch.GetTimestamp();
        ModelReport made = await LedgerAccess.GuardAsync(() => new LedgerModels(place).RebuildAsync(cancellationToken));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        report.Answer(
            new { Ledger = place.Name, made.Events, made.Lines, made.Rows, Seconds = seconds },
            console => Draw(console, place, made, seconds));
        return ExitCode.Done;
    }

    private static void Draw(IAnsiConsole console, LedgerPlace place, ModelReport made, double seconds)
    {
        foreach ((string model, long rows) in made.Rows)
        {
            console.WriteLine($"{model,-14} {rows,9} rows");
        }

        foreach (ModelPosition line in made.Lines)
        {
            console.WriteLine($"{line.Line}: good through seq {line.Seq} ({line.Hash})"
                + (line.Skipped == 0 ? "" : $"; {line.Skipped} events of types that this version does not know"));
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{made.Events} events of {place.Name} read and checked in {seconds:0.0} s."));
    }

    private static async Task<int> ShowAsync(
        DirectoryInfo data,
        ModelTable table,
        string? batch,
        int limit,
        Report report,
        CancellationToken cancellationToken)
    {
        var models = new LedgerModels(LedgerAccess.Place(data));
        IReadOnlyList<object?[]> rows = await LedgerAccess.GuardAsync(async () =>
        {
            await models.CatchUpAsync(cancellationToken);
            return await models.ListAsync(table, batch, limit, cancellationToken);
        });
        report.Answer(
            new
            {
                Model = table.Name,
                Rows = rows.Select(row => table.Columns.Zip(row).ToDictionary(
                    static c => c.First.Name, static c => c.Second)),
            },
            console => DrawRows(console, table, rows, limit));
        return ExitCode.Done;
    }

    /// <summary>Times to the second and numbers to six digits; the JSON has the whole.</summary>
    private static string Shown(ModelColumn column, object? value) => value switch
    {
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        string { Length: > SecondsLength } time when column.Name == "time" || column.Name.EndsWith("_time")
            || column.Name.EndsWith("_at") => time[..SecondsLength] + "Z",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static void DrawRows(IAnsiConsole console, ModelTable table, IReadOnlyList<object?[]> rows, int limit)
    {
        Table drawn = new Table().Border(TableBorder.Simple);
        foreach (ModelColumn column in table.Columns)
        {
            var header = new TableColumn(new Text(column.Name.Replace('_', ' ')));
            drawn.AddColumn(column.Holds == ModelValue.Text ? header : header.RightAligned().NoWrap());
        }

        foreach (object?[] row in rows)
        {
            drawn.AddRow(table.Columns.Zip(row).Select(static cell => new Text(Shown(cell.First, cell.Second))));
        }

        console.Write(drawn);
        console.WriteLine(rows.Count < limit
            ? $"{rows.Count} rows."
            : $"The first {rows.Count} rows; --limit gives more.");
    }
}
