using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Domain.Materials;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline lot list</c> and <c>show</c>: they fold the ledger's facts, so a run may go on.</summary>
internal static class LotListCommand
{
    public static Command CreateList()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Every lot with what is used, reserved and free") { data, json };
        command.SetAction(parsed =>
        {
            LotAccount[] lots = [.. ReadStock(parsed.GetRequiredValue(data)).Lots.Values];
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                new { Lots = lots.Select(LotTable.ToJson) },
                console => console.Write(LotTable.Draw(lots)));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateShow()
    {
        Argument<string> lot = new("LOT") { Description = "Lot id" };
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "One lot: certificate, every rule checked, who has it reserved")
        {
            lot, data, json,
        };
        command.SetAction(parsed =>
        {
            DirectoryInfo folder = parsed.GetRequiredValue(data);
            string id = parsed.GetRequiredValue(lot);
            LotAccount account = ReadStock(folder).Lot(id)
                ?? throw CommandFailedException.BadInput($"the ledger in {folder.FullName} has no lot '{id}'");
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                LotTable.ToJson(account), console => LotTable.DrawOne(console, account));
            return ExitCode.Done;
        });
        return command;
    }

    private static Stock ReadStock(DirectoryInfo data) => Stock.Of(LedgerFacts.Read(data, LedgerFacts.OfStock));
}
