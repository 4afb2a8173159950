using CoatLine.Domain.Execution;
using CoatLine.Domain.Scheduling;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>A schedule as a chart of units over time, and as an answer for programs.</summary>
internal static class ScheduleReport
{
    private const int Columns = 72;

    /// <summary>The marks of batches, in the order in which they come to the line.</summary>
    private const string Marks = "ABCDEFGHIJKLMNOP";

    /// <summary>The same as data.</summary>
    public static object ToJson(LineSchedule schedule) => new
    {
        Operations = schedule.Operations.Select(o => new
        {
            o.Batch, o.Operation.Claim.Unit, Operation = o.Operation.Claim.Key, o.From, o.To,
        }),
        FreeFrom = Enum.GetValues<Unit>().ToDictionary(u => u.ToString(), schedule.FreeFrom),
        schedule.LapsedPotLives,
    };

    /// <summary>Draws a row for each unit, a mark for each batch; then when each ends.</summary>
    public static void Draw(IAnsiConsole console, LineSchedule schedule, DateTimeOffset now)
    {
        if (schedule.Operations.IsEmpty)
        {
            console.WriteLine("Nothing is open, and nothing new was asked for.");
            return;
        }

        string[] batches = [.. schedule.Operations.Select(o => o.Batch).Distinct()];
        TimeSpan all = schedule.Operations.Max(o => o.To) - now;
        TimeSpan column = TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(all.TotalMinutes / Columns)));
        foreach (Unit unit in Enum.GetValues<Unit>())
        {
            char[] row = [.. Enumerable.Repeat('·', Columns)];
            foreach (ScheduledOperation o in schedule.Operations.Where(o => o.Operation.Claim.Unit == unit))
            {
                int from = (int)((o.From - now) / column);
                int to = (int)Math.Ceiling((o.To - now) / column);
                Array.Fill(row, Marks[Array.IndexOf(batches, o.Batch) % Marks.Length], from, Math.Max(1, to - from));
            }

            string free = schedule.FreeFrom(unit) is { } at ? $"free {at:HH:mm}" : "nothing to do";
            console.WriteLine($"{unit,-14} {new string(row)} {free}");
        }

        console.WriteLine($"{"",-14} one mark is {column.TotalMinutes:0} min from {now:yyyy-MM-dd HH:mm} (UTC)");
        for (int i = 0; i < batches.Length; i++)
        {
            console.WriteLine(
                $"{Marks[i % Marks.Length]}  {batches[i]}: ends {schedule.EndOf(batches[i]):MM-dd HH:mm}");
        }

        foreach (string lapsed in schedule.LapsedPotLives)
        {
            console.WriteLine($"NOT POSSIBLE: {lapsed}");
        }
    }
}
