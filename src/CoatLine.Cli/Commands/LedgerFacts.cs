using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Ledger;

namespace CoatLine.Cli.Commands;

/// <summary>Reads facts of some types from the ledger of a data folder, which holds one line.</summary>
internal static class LedgerFacts
{
    /// <summary>What moves the stock.</summary>
    public static readonly string[] OfStock =
    [
        "lot-received", "lot-status-set", "batch-created", "material-weighed", "coat-completed", "batch-released",
        "batch-rejected", "trial-concluded",
    ];

    /// <summary>The facts in the order of the chain.</summary>
    /// <param name="data">Data folder.</param>
    /// <param name="types">Bare type names, e.g. <c>coat-completed</c>.</param>
    /// <exception cref="CommandFailedException">There is no ledger, or it cannot be read.</exception>
    public static IReadOnlyList<BatchEvent> Read(DirectoryInfo data, params IEnumerable<string> types)
    {
        ILedgerReader reader = LedgerAccess.Of(data);
        return [.. Rows(reader, line: null, types).Select(Fact)];
    }

    /// <summary>Rows of some types in the order of the chain. A batch has a few facts of a type and hundreds of others,
    /// so each type is read by itself.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="line">Only this line; null for the one that there is.</param>
    /// <param name="types">Bare type names.</param>
    /// <exception cref="CommandFailedException">The ledger cannot be read.</exception>
    public static IEnumerable<LedgerRow> Rows(ILedgerReader reader, string? line, IEnumerable<string> types) =>
        types.SelectMany(type => Pages(reader, line, type)).OrderBy(static row => row.Seq);

    /// <summary>The fact of a row.</summary>
    /// <exception cref="CommandFailedException">The row cannot be read.</exception>
    public static BatchEvent Fact(LedgerRow row)
    {
        try
        {
            return EventCatalog.Read(StoredFact.Of(row));
        }
        catch (EventFormatException e)
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"{e.Message}; 'coatline ledger verify' tells whether it is damaged", e);
        }
    }

    private static IEnumerable<LedgerRow> Pages(ILedgerReader reader, string? line, string type)
    {
        EventQuery query = new() { Line = line, Type = type, Limit = EventQuery.MaxLimit };
        while (true)
        {
            IReadOnlyList<LedgerRow> page = LedgerAccess.Guard(() => reader.Events(query));
            foreach (LedgerRow row in page)
            {
                yield return row;
            }

            if (page.Count < query.Limit)
            {
                yield break;
            }

            query = query with { FromSeq = page[^1].Seq + 1 };
        }
    }
}
