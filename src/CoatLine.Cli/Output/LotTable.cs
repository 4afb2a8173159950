using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Rules;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>Material lots as a table and as JSON. Only what cannot be used has a colour.</summary>
internal static class LotTable
{
    public static Table Draw(IEnumerable<LotAccount> lots)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Lot", "Material", "Status", "Expires");
        table.AddColumn(new TableColumn("Received").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Used").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Reserved").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Free").RightAligned().NoWrap());
        foreach (LotAccount lot in lots)
        {
            table.AddRow(
                new Text(lot.Lot.Lot),
                new Text(lot.Lot.Material),
                lot.Status is LotStatus.Released
                    ? new Markup("released")
                    : new Markup($"[yellow]{LotRelease.Word(lot.Status)}[/]"),
                new Text(Day(lot.Lot.Expires)),
                new Text(Amount(lot.Lot.Quantity, lot)),
                new Text(Amount(lot.Used, lot)),
                new Text(Amount(lot.Reserved, lot)),
                new Text(Amount(lot.Free, lot)));
        }

        return table;
    }

    public static void DrawOne(IAnsiConsole console, LotAccount lot)
    {
        console.Write(Draw([lot]));
        console.WriteLine(
            $"From {lot.Lot.Supplier}, received {Day(lot.Lot.ReceivedAt)} by {lot.ReceivedBy}; it is "
            + LotRelease.Word(lot.Status) + (lot.Reason.Length == 0 ? "." : $": {lot.Reason}."));
        foreach (LotReservation reserved in lot.Reservations)
        {
            console.WriteLine($"  {Amount(reserved.Amount, lot)} reserved for {reserved.Batch} {reserved.Use}");
        }

        ImmutableArray<RuleCheck> checks = LotReceipt.Judge(lot.Lot);
        if (!checks.IsEmpty)
        {
            console.Write(CheckTable.Draw(checks));
        }
    }

    public static object ToJson(LotAccount lot) => new
    {
        lot.Lot.Lot,
        lot.Lot.Material,
        lot.Lot.Kind,
        lot.Lot.Supplier,
        lot.Lot.ReceivedAt,
        lot.ReceivedBy,
        lot.Lot.Expires,
        lot.Status,
        lot.Reason,
        lot.Unit,
        lot.Lot.Quantity,
        lot.Used,
        lot.Reserved,
        lot.Free,
        lot.Reservations,
        Checks = LotReceipt.Judge(lot.Lot).Select(static c => CheckTable.ToJson(RuleStage.LotReceipt, c)),
    };

    private static string Amount(decimal amount, LotAccount lot) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount:0.###} {lot.Unit}");

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
