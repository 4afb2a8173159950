using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Materials;

/// <summary>Receiving lots: what each certificate says by the rules, and whether the lots can be taken in. Pure.
/// </summary>
public static class LotReceipt
{
    /// <summary>A lot may be dated this far ahead of the line's clock: the supplier's day may have begun already.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <summary>The rules of stage LR that one lot alone can break; R02 and R05 need two and are judged when a batch
    /// books them. Binder solutions and solvents have none.</summary>
    public static ImmutableArray<RuleCheck> Judge(MaterialLot lot) =>
    [
        .. lot.Carbon is { } carbon ? LotRules.Check(carbon) : [],
        .. lot.Silver is { } silver ? LotRules.Check(silver) : [],
        .. lot.Collector is { } collector ? LotRules.Check(collector) : [],
    ];

    /// <summary>The hard rules that keep a lot from every product, as sentences; what the certificate does not say is
    /// among them. Empty when there is none.</summary>
    public static ImmutableArray<string> Broken(MaterialLot lot) =>
        [.. Judge(lot).Where(Forbids).Select(static c => c.Message)];

    /// <summary>Takes lots in, all of them or none; each begins in quarantine.</summary>
    /// <param name="lots">The lots, in the order of the delivery.</param>
    /// <param name="stock">The stock before.</param>
    /// <param name="by">Who receives them; not empty.</param>
    /// <param name="now">Line time.</param>
    /// <returns>One <see cref="LotReceived"/> a lot, or every reason against it.</returns>
    public static FactsOrRefusals Decide(
        IReadOnlyCollection<MaterialLot> lots, Stock stock, string by, DateTimeOffset now)
    {
        List<string> reasons = [];
        if (string.IsNullOrWhiteSpace(by))
        {
            reasons.Add("who receives the lots is not said");
        }

        reasons.AddRange(lots
            .Where(l => stock.Lot(l.Lot) is not null)
            .Select(static l => $"{l.Material} lot {l.Lot} was received before"));
        reasons.AddRange(lots
            .GroupBy(static l => l.Lot, StringComparer.Ordinal)
            .Where(static g => g.Count() > 1)
            .Select(static g => $"lot {g.Key} is there {g.Count()} times"));
        reasons.AddRange(lots
            .Where(l => l.ReceivedAt > now + ClockTolerance)
            .Select(l => string.Create(
                CultureInfo.InvariantCulture,
                $"{l.Material} lot {l.Lot} says that it was received at {l.ReceivedAt:u}; now it is {now:u}")));
        return reasons.Count > 0
            ? FactsOrRefusals.Refused([.. reasons])
            : FactsOrRefusals.Granted(
                [.. lots.Select(l => new LotReceived(string.Empty, l, Judge(l), by.Trim()))]);
    }

    /// <summary>Whether a check keeps a lot from every product: broken, or not known.</summary>
    internal static bool Forbids(RuleCheck check) => check.Verdict is Verdict.Fail or Verdict.NotMeasured;
}
