using System.CommandLine;
using System.Text.Json;
using CoatLine.Cli.Output;
using CoatLine.Ledger;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline ledger</c>: <c>verify</c> and <c>events</c> only read.</summary>
internal static class LedgerCommand
{
    public static Command Create(TimeProvider real) => new("ledger", "The record of everything")
    {
        CreateVerify(),
        LedgerMigrateCommand.Create(),
        LedgerServeCommand.Create(real),
        CreateEvents(),
        LedgerModelCommands.CreateRebuild(),
        LedgerModelCommands.CreateShow(),
        LedgerProofCommands.CreateCheckpoint(real),
        LedgerProofCommands.CreateCertificate(real),
        LedgerProofCommands.CreateKey(),
    };

    private static Command CreateVerify()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<int> jobs = CommonOptions.Number(
            "--jobs", "Processors that work", new VerifyScope().Jobs, 1, VerifyScope.MaxJobs);
        Option<bool> since = new("--since-checkpoint")
        {
            Description = "Only what follows the last signed checkpoint of each line, and that it follows it",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("verify", "Recompute the whole hash chain") { data, jobs, since, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            DirectoryInfo folder = parsed.GetRequiredValue(data);
            VerifyScope scope = new()
            {
                Jobs = parsed.GetValue(jobs),
                VerifiedThrough = parsed.GetValue(since) ? LedgerProofCommands.Checkpoints(folder) : [],
            };
            return Task.FromResult(
                Verify(folder, scope, CommonOptions.Report(parsed.GetValue(json)), cancellationToken));
        });
        return command;
    }

    private static Command CreateEvents()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<string?> batch = new("--batch") { Description = "Only this batch", HelpName = "ID" };
        Option<string?> type = new("--type")
        {
            Description = "Only this type, e.g. mix-cycle-completed", HelpName = "TYPE",
        };
        Option<long> from = CommonOptions.Number("--from", "First sequence number", 1L, 1L, long.MaxValue);
        Option<int> limit = CommonOptions.Number(
            "--limit", "At most so many events", new EventQuery().Limit, 1, EventQuery.MaxLimit);
        Option<bool> json = CommonOptions.Json();
        Command command = new("events", "Recorded facts in their order") { data, batch, type, from, limit, json };
        command.SetAction(parsed => Events(
            parsed.GetRequiredValue(data),
            new EventQuery
            {
                Batch = parsed.GetValue(batch),
                Type = parsed.GetValue(type),
                FromSeq = parsed.GetValue(from),
                Limit = parsed.GetValue(limit),
            },
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Verify(
        DirectoryInfo data, VerifyScope scope, Report report, CancellationToken cancellationToken)
    {
        LedgerPlace place = LedgerAccess.Place(data);
        string path = place.Name;
        VerifyReport found = LedgerAccess.Guard(() => place.Verify(scope, cancellationToken));
        report.Answer(
            new { Ledger = path, found.Sound, found.Events, found.Lines, found.DamageCount, found.Damages },
            console => Draw(console, path, found));
        return found.Sound ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Draw(IAnsiConsole console, string path, VerifyReport found)
    {
        foreach (LineReport line in found.Lines)
        {
            console.WriteLine($"{line.Line}: {line.Events} events, head {line.Seq} {line.Hash}");
        }

        foreach (Damage damage in found.Damages)
        {
            console.MarkupLineInterpolated(
                $"[red]damage[/] at seq {damage.Seq} of {damage.Line}: {damage.Kind}. {damage.What}");
        }

        console.WriteLine(found.Sound
            ? $"The chain holds: {found.Events} events in {path}."
            : $"The chain is broken: {found.DamageCount} findings among {found.Events} events in {path}.");
    }

    private static int Events(DirectoryInfo data, EventQuery query, Report report)
    {
        IReadOnlyList<LedgerRow> rows = LedgerAccess.Guard(
            () => LedgerAccess.Of(data).Events(query));
        report.Answer(
            new
            {
                Events = rows.Select(static r => new
                {
                    r.Line, r.Seq, r.Type, r.Batch, r.Time, r.Hash, Event = Payload(r.Payload),
                }),
            },
            console =>
            {
                foreach (LedgerRow row in rows)
                {
                    console.WriteLine($"{row.Seq,6}  {row.Time}  {row.Batch,-12}  {row.Type}");
                }
            });
        return ExitCode.Done;
    }

    /// <summary>The document, or its bare text where somebody made it something else than JSON.</summary>
    private static object Payload(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(payload);
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
