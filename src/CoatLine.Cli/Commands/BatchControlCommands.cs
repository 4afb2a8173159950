using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Domain.Execution.Control;
using CoatLine.Hosting;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline batch resume</c>, <c>hold</c>, <c>stop</c>, <c>abort</c> and <c>mode</c>: what a person
/// commands of a batch on a folder that nobody runs; on a running one the screen takes keys.</summary>
internal static class BatchControlCommands
{
    public static IEnumerable<Command> Create(TimeProvider real) =>
    [
        On(
            "resume",
            "Let a held batch go on; the next 'run' carries it out",
            real,
            static (mes, batch, by, reason) => mes.Resume(batch, reason, by)),
        Commanding("hold", "Pause an open batch; the next 'run' carries it out", ControlCommand.Hold, real),
        Commanding(
            "stop", "End the phase under way of an open batch in order; the next 'run' does it",
            ControlCommand.Stop, real),
        Commanding(
            "abort", "End the phase under way at once and give the batch up; the next 'run' does it",
            ControlCommand.Abort, real),
        Mode(real),
    ];

    private static Command Commanding(string verb, string what, ControlCommand command, TimeProvider real) => On(
        verb, what, real, (mes, batch, by, reason) => mes.Command(batch, command, by, reason));

    private static Command Mode(TimeProvider real)
    {
        Argument<ExecutionMode> mode = new("MODE")
        {
            Description = "Automatic, Step (a leave before each phase) or Manual (the MES begins no phase)",
        };
        Func<ParseResult, Func<CoatLineMes, string, string, string, string?>> act = parsed =>
        {
            ExecutionMode wanted = parsed.GetValue(mode);
            return (mes, batch, by, reason) => mes.SetMode(batch, wanted, by, reason);
        };
        return On("mode", "Set how a batch goes from phase to phase", real, act, mode);
    }

    private static Command On(
        string verb, string what, TimeProvider real, Func<CoatLineMes, string, string, string, string?> act) =>
        On(verb, what, real, _ => act);

    private static Command On(
        string verb,
        string what,
        TimeProvider real,
        Func<ParseResult, Func<CoatLineMes, string, string, string, string?>> act,
        params Argument[] more)
    {
        Argument<string> batch = new("ID") { Description = "Batch id, e.g. B-2026-0001" };
        Option<string> by = PersonOptions.By();
        Option<string> reason = PersonOptions.Reason();
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new(verb, what) { batch };
        foreach (Argument argument in more)
        {
            command.Add(argument);
        }

        command.Add(by);
        command.Add(reason);
        command.Add(data);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string id = parsed.GetRequiredValue(batch);
            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(parsed.GetRequiredValue(data).FullName, real, mes =>
            {
                if (act(parsed)(mes, id, parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason)) is { } refusal)
                {
                    throw CommandFailedException.Refused($"{verb} of {id} is not taken: {refusal}");
                }

                report.Answer(
                    new { Batch = id, Command = verb },
                    console => console.WriteLine(
                        $"{id}: {verb} is recorded; 'coatline run --data {mes.DataFolder.Path}' carries it out."));
            }, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
