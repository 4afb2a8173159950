using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Domain.Alarms;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Hosting;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline alarm</c>: what stands, what is to be done about it, and what people do (ISA-18.2).</summary>
internal static class AlarmCommand
{
    private static readonly string[] Types =
    [
        .. EventCatalog.TypeNames.Where(t => t.StartsWith("coatline.alarm-", StringComparison.Ordinal)),
    ];

    public static Command Create(TimeProvider real) => new("alarm", "Alarms of the line")
    {
        CreateList(real), CreateGuide(), CreateStats(),
        Acting(
            "ack", "Acknowledge an alarm: seen, and responded to", real, "--comment", false,
            static (mes, unit, name, by, words, _) => mes.AcknowledgeAlarm(unit, name, by, words)),
        Acting(
            "shelve", "Put an alarm below severity 800 aside for a time", real, "--reason", true,
            static (mes, unit, name, by, words, time) => mes.ShelveAlarm(unit, name, by, words, time)),
        Acting(
            "unshelve", "Take an alarm back from the shelf", real, null, false,
            static (mes, unit, name, by, _, _) => mes.UnshelveAlarm(unit, name, by)),
    };

    private static Command CreateList(TimeProvider real)
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "What stands or waits for an acknowledgement, worst first, and what to do")
        {
            data, json,
        };
        command.SetAction(parsed =>
        {
            DirectoryInfo folder = parsed.GetRequiredValue(data);
            BatchEvent[] facts = [.. LedgerFacts.Read(folder, Types)];
            AlarmBoard board = facts.Aggregate(AlarmBoard.Empty, static (b, fact) => b.Apply(fact));
            DateTimeOffset now = Hosting.Time.LineClockFile.Read(folder.FullName)?.ToTimeProvider(real).GetUtcNow()
                ?? real.GetUtcNow();
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                AlarmTable.ToJson(board, now), console => AlarmTable.Draw(console, board, now));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateGuide()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("guide", "Every alarm with its cause, what the unit does, and the response it requires")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                Enum.GetValues<Unit>().Select(u => new { Unit = u, Alarms = AlarmGuide.Of(u) }), AlarmTable.DrawGuide);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateStats()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("stats", "How often each alarm came, most often first") { data, json };
        command.SetAction(parsed =>
        {
            AlarmCount[] counts = AlarmCount.Of(LedgerFacts.Read(parsed.GetRequiredValue(data), Types));
            CommonOptions.Report(parsed.GetValue(json)).Answer(counts, c => AlarmTable.DrawCounts(c, counts));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Acting(
        string verb,
        string what,
        TimeProvider real,
        string? wordsName,
        bool hasTime,
        Func<CoatLineMes, Unit, string, string, string, TimeSpan, FactsOrRefusals> act)
    {
        Argument<Unit> unit = new("UNIT") { Description = "The unit, e.g. Mixer" };
        Argument<string> name = new("ALARM") { Description = "The alarm, e.g. SpeedDev" };
        Option<string> by = PersonOptions.By();
        Option<string> words = new(wordsName ?? "--comment")
        {
            Description = "In words; it is recorded", HelpName = "TEXT", Required = hasTime,
            DefaultValueFactory = hasTime ? null : static _ => string.Empty,
        };
        Option<double> hours = CommonOptions.Number(
            "--hours", "For how long, hours of line time", 1d, 0.01, AlarmDecisions.LongestShelf.TotalHours);
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new(verb, what) { unit, name, by, data, json };
        if (wordsName is not null)
        {
            command.Add(words);
        }

        if (hasTime)
        {
            command.Add(hours);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            (Unit of, string alarm) = (parsed.GetValue(unit), parsed.GetRequiredValue(name));
            string said = wordsName is null ? string.Empty : parsed.GetValue(words) ?? string.Empty;
            TimeSpan time = TimeSpan.FromHours(hasTime ? parsed.GetValue(hours) : 0);
            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(
                parsed.GetRequiredValue(data).FullName,
                real,
                mes =>
                {
                    FactsOrRefusals done = act(mes, of, alarm, parsed.GetRequiredValue(by), said, time);
                    if (!done.Refusals.IsEmpty)
                    {
                        throw CommandFailedException.Refused(
                            $"{verb} of {of} {alarm} is not taken: {string.Join("; ", done.Refusals)}");
                    }

                    report.Answer(
                        new { Unit = of, Alarm = alarm, Done = verb },
                        console => console.WriteLine($"{of} {alarm}: {verb} is recorded."));
                },
                cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
