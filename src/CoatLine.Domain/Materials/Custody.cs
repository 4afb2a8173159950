using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Materials;

/// <summary>Where a lot went: received = used + reserved + free, and used = what stands in containers and sheets.
/// </summary>
/// <param name="Lot">Lot id.</param>
/// <param name="Unit">Unit of every amount: <c>g</c>, or <c>mm</c> of foil.</param>
/// <param name="Received">As received; 0 of a lot that never was.</param>
/// <param name="Used">By the stock.</param>
/// <param name="Reserved">By open batches.</param>
/// <param name="Free">What is left; below 0 when more was used than received.</param>
/// <param name="Found">In containers and under sheets, by the genealogy.</param>
public sealed record LotCustody(
    string Lot, string Unit, decimal Received, decimal Used, decimal Reserved, decimal Free, decimal Found);

/// <summary>The chain of custody: compares two folds of the same facts that do not know of each other. Pure.</summary>
public static class Custody
{
    /// <summary>Every lot received or used, by id.</summary>
    /// <param name="facts">The facts of a line in the order of the chain, from the first.</param>
    public static ImmutableArray<LotCustody> Of(IReadOnlyCollection<BatchEvent> facts)
    {
        Stock stock = Stock.Of(facts);
        Genealogy genealogy = Genealogy.Of(facts);
        var weighed = genealogy.Jars.Values
            .SelectMany(static j => j.Parts)
            .Where(static p => p.Lot is not null)
            .ToLookup(static p => p.Lot!, static p => p.MassG, StringComparer.Ordinal);
        var foil = genealogy.Sheets.Values
            .ToLookup(static s => s.FoilRoll, static s => s.FoilMm, StringComparer.Ordinal);
        return
        [
            .. stock.Lots.Keys
                .Concat(weighed.Select(static g => g.Key))
                .Concat(foil.Select(static g => g.Key))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(lot => One(stock.Lot(lot), lot, weighed[lot].Sum(), foil[lot].Sum())),
        ];
    }

    /// <summary>What does not add up, as sentences with the numbers; empty when every gram is where it should be.
    /// </summary>
    public static ImmutableArray<string> Gaps(IEnumerable<LotCustody> lots) =>
    [
        .. lots.Where(static l => l.Used != l.Found).Select(static l => Text(
            $"lot {l.Lot}: {l.Used} {l.Unit} are booked as used, {l.Found} {l.Unit} stand in containers and sheets")),
        .. lots.Where(static l => l.Used > l.Received).Select(static l => Text(
            $"lot {l.Lot}: {l.Used} {l.Unit} were used of {l.Received} {l.Unit} received")),
    ];

    private static LotCustody One(LotAccount? account, string lot, decimal grams, decimal millimetres) =>
        account is null
            ? new LotCustody(lot, millimetres > 0m ? "mm" : "g", 0m, 0m, 0m, 0m, grams + millimetres)
            : new LotCustody(
                lot,
                account.Unit,
                account.Lot.Quantity,
                account.Used,
                account.Reserved,
                account.Free,
                grams + millimetres);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
