using System.Collections.Immutable;
using CoatLine.Cli.Commands;
using CoatLine.Domain.Events;
using CoatLine.Domain.Spc;
using CoatLine.Ledger;

namespace CoatLine.Cli.Statistics;

/// <summary>Reads from a ledger what charts need of each sheet.</summary>
internal static class LotHistory
{
    /// <summary>The last sheets in the order of line and making.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="recipe">Only those of this recipe; null for all.</param>
    /// <param name="last">At most so many, from 1.</param>
    /// <exception cref="CommandFailedException">The ledger is missing, damaged or unreadable.</exception>
    public static ImmutableArray<LotFacts> Read(DirectoryInfo data, string? recipe, int last)
    {
        ILedgerReader reader = LedgerAccess.Of(data);
        IReadOnlyList<BatchSummary> batches = LedgerAccess.Guard(reader.Batches);
        Dictionary<(string Line, string Batch), BatchLots> lots =
            batches.ToDictionary(static b => (b.Line, b.Batch), static b => new BatchLots(b.Batch));
        foreach (LedgerRow row in Rows(reader, [.. batches.Select(static b => b.Line).Distinct()]))
        {
            // A batch that began while this was reading is none of those listed.
            (string, string) key = (row.Line, row.Batch);
            if (lots.TryGetValue(key, out BatchLots? lot))
            {
                lots[key] = lot.With(LedgerFacts.Fact(row));
            }
        }

        return
        [
            .. batches.SelectMany(b => lots[(b.Line, b.Batch)].Lots)
                .Where(l => recipe is null || l.RecipeId == recipe)
                .TakeLast(last),
        ];
    }

    private static IEnumerable<LedgerRow> Rows(ILedgerReader reader, ImmutableArray<string> lines) =>
        lines.SelectMany(line => LedgerFacts.Rows(reader, line, LotFacts.EventTypes))
            .Where(static row => row.Batch.Length > 0);
}
