using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>How often an alarm came.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Alarm">Its name.</param>
/// <param name="Times">How often.</param>
internal sealed record AlarmCount(Unit Unit, string Alarm, int Times)
{
    public static AlarmCount[] Of(IEnumerable<BatchEvent> facts) =>
    [
        .. facts.OfType<AlarmRaised>()
            .GroupBy(e => (e.Unit, e.Alarm))
            .Select(g => new AlarmCount(g.Key.Unit, g.Key.Alarm, g.Count()))
            .OrderByDescending(c => c.Times)
            .ThenBy(c => c.Unit),
    ];
}

/// <summary>Alarms as tables.</summary>
internal static class AlarmTable
{
    public static object ToJson(AlarmBoard board, DateTimeOffset now) => new
    {
        board.Flood,
        Alarms = board.Alarms.Values.Select(a => new
        {
            a.Unit, a.Name, a.Severity, Condition = a.ConditionAt(now), a.Since, a.IsFirstOut, a.ShelvedUntil,
            AlarmGuide.Of(a.Unit, a.Name, a.Severity).Response,
        }),
    };

    public static void Draw(IAnsiConsole console, AlarmBoard board, DateTimeOffset now)
    {
        if (board.Flood is { } flood)
        {
            console.MarkupLine(
                $"[bold]ALARM FLOOD[/] since {flood.At:HH:mm:ss}: look at the first one, {flood.FirstUnit} "
                + $"{Markup.Escape(flood.FirstAlarm)}.");
        }

        AlarmState[] shown = [.. board.Shown(now)];
        if (shown.Length == 0)
        {
            console.WriteLine("No alarm stands, and none waits to be acknowledged.");
        }
        else
        {
            Table table = new Table().Border(TableBorder.Minimal)
                .AddColumns("Priority", "Unit", "Alarm", "State", "Since", "What to do");
            foreach (AlarmState alarm in shown)
            {
                AlarmEntry entry = AlarmGuide.Of(alarm.Unit, alarm.Name, alarm.Severity);
                table.AddRow(
                    $"{entry.Priority} {alarm.Severity}",
                    $"{alarm.Unit}",
                    Markup.Escape(alarm.Name) + (alarm.IsFirstOut ? " (first)" : string.Empty),
                    Word(alarm.ConditionAt(now)),
                    $"{alarm.Since:MM-dd HH:mm:ss}",
                    Markup.Escape(entry.Response));
            }

            console.Write(table);
        }

        foreach (AlarmState alarm in board.Alarms.Values.Where(a => a.ConditionAt(now) == AlarmCondition.Shelved))
        {
            console.WriteLine(
                $"shelved until {alarm.ShelvedUntil:HH:mm}: {alarm.Unit} {alarm.Name} ({alarm.ShelvedBy})");
        }
    }

    public static void DrawGuide(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Minimal)
            .AddColumns("Unit", "Severity", "Alarm", "Cause", "By itself", "What to do");
        foreach (Unit unit in Enum.GetValues<Unit>())
        {
            foreach (AlarmEntry entry in AlarmGuide.Of(unit))
            {
                table.AddRow(
                    $"{unit}",
                    $"{entry.Severity}",
                    Markup.Escape(entry.Name),
                    Markup.Escape(entry.Cause),
                    Markup.Escape(entry.UnitDoes),
                    Markup.Escape(entry.Response));
            }
        }

        console.Write(table);
    }

    public static void DrawCounts(IAnsiConsole console, AlarmCount[] counts)
    {
        foreach (AlarmCount count in counts)
        {
            console.WriteLine($"{count.Times,6}  {count.Unit} {count.Alarm}");
        }

        if (counts.Length == 0)
        {
            console.WriteLine("No alarm is on record.");
        }
    }

    private static string Word(AlarmCondition condition) => condition switch
    {
        AlarmCondition.Unacknowledged => "stands",
        AlarmCondition.Acknowledged => "stands, acknowledged",
        AlarmCondition.ReturnedUnacknowledged => "gone, not acknowledged",
        _ => condition.ToString(),
    };
}
