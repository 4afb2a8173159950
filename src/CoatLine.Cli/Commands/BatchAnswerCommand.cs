using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Hosting;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline batch answer</c>: a person's answer to the question of a held batch.</summary>
internal static class BatchAnswerCommand
{
    public static Command Create(TimeProvider real)
    {
        Argument<string> batch = new("ID") { Description = "Batch id, e.g. B-2026-0001" };
        Argument<AnswerKind> kind = new("ANSWER") { Description = "One of the answers that the question offers" };
        Option<string> reason = new("--reason")
        {
            Description = "Why; a scan needs none",
            HelpName = "TEXT",
            DefaultValueFactory = static _ => string.Empty,
        };
        Option<string[]> sign = PersonOptions.Sign();
        Option<FileInfo?> waivers = new("--waivers")
        {
            Description = "Waivers (YAML), for the answer Waive",
            HelpName = "FILE",
        };
        Option<decimal?> pressure = new("--pressure")
        {
            Description = "Pressure in MPa, for the answer PressAgain",
            HelpName = "N",
        };
        Option<string?> scan = new("--code")
        {
            Description = "What was scanned, for the answer Scan",
            HelpName = "CODE",
        };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("answer", "Answer the question of a held batch; the next 'run' carries it out")
        {
            batch, kind, reason, sign, waivers, pressure, scan, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] signers = parsed.GetValue(sign) ?? [];
            FileInfo? file = parsed.GetValue(waivers);
            Report report = CommonOptions.Report(parsed.GetValue(json));
            string id = parsed.GetRequiredValue(batch);
            await MesOnFolder.WithAsync(parsed.GetRequiredValue(data).FullName, real, mes =>
            {
                DateTimeOffset now = mes.LineTime.GetUtcNow();
                Answer answer = new(
                    parsed.GetValue(kind),
                    parsed.GetRequiredValue(reason),
                    PersonOptions.Signatures(signers, now))
                {
                    Scanned = parsed.GetValue(scan),
                    PressureMpa = parsed.GetValue(pressure),
                    Deviations = file is null ? [] : OrderOptions.ReadDeviations(file),
                };
                Tell(mes, id, answer, report);
            }, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(CoatLineMes mes, string batch, Answer answer, Report report)
    {
        ImmutableArray<string> refusals = mes.Answer(batch, answer);
        if (!refusals.IsEmpty)
        {
            throw CommandFailedException.Refused(
                $"{batch} is not answered:\n{string.Join('\n', refusals.Select(r => "  " + r))}");
        }

        report.Answer(
            new { Batch = batch, Answer = answer.Kind },
            console => console.WriteLine(
                $"{batch}: {answer.Kind} is recorded; 'coatline run --data {mes.DataFolder.Path}' carries it out."));
    }
}
