using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Recipes;
using CoatLine.Cli.Running;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Scheduling;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline plan schedule</c>: when each batch is expected on each unit; it changes nothing.</summary>
internal static class PlanScheduleCommand
{
    private const int MostBatches = 8;

    public static Command Create(TimeProvider real)
    {
        Option<FileInfo?> recipe = new("--recipe")
        {
            Description = $"Recipe of the new batches; default {RecipeSource.DefaultName}",
            HelpName = "FILE",
        };
        Option<int> batches = CommonOptions.Number(
            "--batches", "New batches behind the open ones", 1, 0, MostBatches);
        Option<int> sheets = CommonOptions.Number(
            "--sheets", "Sheets of each new batch", 1, 1, BatchOrder.MaxSheets);
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "schedule", "When each open batch, and new ones behind them, are expected on each unit; a forecast")
        {
            recipe, batches, sheets, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Recipe made = (parsed.GetValue(recipe) is { } file
                ? RecipeSource.FromFile(file)
                : RecipeSource.Default()).ReadOrFail();
            Report report = CommonOptions.Report(parsed.GetValue(json));
            int count = parsed.GetValue(batches);
            int each = parsed.GetValue(sheets);
            bool isHeld = true;
            await MesOnFolder.WithAsync(
                parsed.GetRequiredValue(data).FullName,
                real,
                mes =>
                {
                    LineSchedule schedule = mes.Schedule(
                    [
                        .. Enumerable.Range(1, count).Select(n => new BatchToSchedule(
                            $"new {n}", made, each, BatchState.Empty)),
                    ]);
                    isHeld = schedule.LapsedPotLives.IsEmpty;
                    report.Answer(
                        ScheduleReport.ToJson(schedule),
                        console => ScheduleReport.Draw(console, schedule, mes.LineTime.GetUtcNow()));
                },
                cancellationToken).ConfigureAwait(false);
            return isHeld ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }
}
