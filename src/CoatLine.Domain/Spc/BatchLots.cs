using System.Collections.Immutable;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Spc;

/// <summary>
/// The sheets of a batch as charts see them, folded from its recorded facts in their order: what is about one sheet
/// goes to that sheet, everything else to all of them. Immutable.
/// </summary>
/// <param name="Batch">Batch id.</param>
public sealed record BatchLots(string Batch)
{
    private LotFacts Shared { get; init; } = new(Batch);

    private ImmutableSortedDictionary<string, LotFacts> Sheets { get; init; } =
        ImmutableSortedDictionary.Create<string, LotFacts>(StringComparer.Ordinal);

    /// <summary>One lot a sheet, by sheet id; one for the whole batch where it has no more than one sheet.</summary>
    public ImmutableArray<LotFacts> Lots =>
        Sheets.Count <= 1
            ? [.. Sheets.Values.DefaultIfEmpty(Shared)]
            : [.. Sheets.Select(s => s.Value with { Lot = s.Key })];

    /// <summary>Takes a fact in.</summary>
    /// <param name="fact">The next fact of this batch.</param>
    public BatchLots With(BatchEvent fact)
    {
        string? sheet = fact switch
        {
            ProfileRegistered e => e.Sheet,
            ArealMassMeasured e => e.Sheet,
            ChecksJudged e => e.Sheet,
            QcJudged e => e.Sheet,
            SheetDisposed e => e.Sheet,
            _ => null,
        };
        return sheet is not null
            ? this with { Sheets = Sheets.SetItem(sheet, Sheets.GetValueOrDefault(sheet, Shared).With(fact)) }
            : this with
            {
                Shared = Shared.With(fact),
                Sheets = Sheets.ToImmutableSortedDictionary(
                    s => s.Key, s => s.Value.With(fact), StringComparer.Ordinal),
            };
    }
}
