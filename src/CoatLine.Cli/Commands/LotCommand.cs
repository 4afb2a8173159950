using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Cli.Running;
using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Hosting;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline lot</c>: here <c>receive</c>, <c>release</c> and <c>block</c>, which record something.
/// </summary>
internal static class LotCommand
{
    public static Command Create(TimeProvider real) => new("lot", "Material lots")
    {
        CreateReceive(real),
        CreateRelease(real),
        CreateBlock(real),
        LotListCommand.CreateList(),
        LotListCommand.CreateShow(),
    };

    private static Command CreateReceive(TimeProvider real) => new RecordFileCommand(
        "receive",
        "Record lots as received, all of a file or none",
        "lots",
        "Lots with their certificates (YAML)",
        LotFile.MaxBytes,
        static (text, name) => LotFile.Read(text, name).Errors,
        static (mes, text, name, by) => mes.ReceiveLots(text, name, by),
        Tell).Create(real);

    private static Command CreateRelease(TimeProvider real)
    {
        Option<LotStatus> purpose = new("--for")
        {
            Description = "What it may be used for; a lot that breaks a hard rule: engineering only",
            HelpName = "production|engineering",
            DefaultValueFactory = static _ => LotStatus.Released,
            CustomParser = static result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (text is not ("production" or "engineering"))
                {
                    result.AddError($"--for must be production or engineering, not '{text}'");
                }

                return text == "engineering" ? LotStatus.Engineering : LotStatus.Released;
            },
        };
        return CreateStatus(
            "release", "Release a lot; a QA manager who did not receive it", purpose, LotStatus.Released, real);
    }

    private static Command CreateBlock(TimeProvider real) =>
        CreateStatus("block", "Block a lot: no new batch gets it", purpose: null, LotStatus.Blocked, real);

    private static Command CreateStatus(
        string name, string description, Option<LotStatus>? purpose, LotStatus otherwise, TimeProvider real)
    {
        Argument<string> lot = new("LOT") { Description = "Lot id" };
        Option<string> by = PersonOptions.By();
        Option<SignerRole> role = PersonOptions.Role();
        Option<string> reason = PersonOptions.Reason();
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new(name, description) { lot, by, role, reason, data, json };
        if (purpose is not null)
        {
            command.Options.Add(purpose);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            LotStatus status = purpose is null ? otherwise : parsed.GetValue(purpose);
            string id = parsed.GetRequiredValue(lot);
            Report report = CommonOptions.Report(parsed.GetValue(json));
            await MesOnFolder.WithAsync(parsed.GetRequiredValue(data).FullName, real, mes =>
            {
                RecordFileCommand.Refuse(id, mes.SetLotStatus(
                    id,
                    status,
                    parsed.GetRequiredValue(by),
                    parsed.GetValue(role),
                    parsed.GetRequiredValue(reason)));
                report.Answer(
                    LotTable.ToJson(mes.Stock.Lot(id)!),
                    console => console.WriteLine($"lot {id} is {LotRelease.Word(status)}."));
            }, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(CoatLineMes mes, FactsOrRefusals decided, Report report)
    {
        LotReceived[] received = [.. decided.Facts.OfType<LotReceived>()];
        report.Answer(
            new { Lots = received.Select(f => LotTable.ToJson(mes.Stock.Lot(f.Lot.Lot)!)) },
            console =>
            {
                foreach (LotReceived fact in received)
                {
                    console.WriteLine($"lot {fact.Lot.Lot} of {fact.Lot.Material} is received, in quarantine.");
                    foreach (string broken in LotReceipt.Broken(fact.Lot))
                    {
                        console.WriteLine($"  for engineering only: {broken}");
                    }
                }
            });
    }
}
