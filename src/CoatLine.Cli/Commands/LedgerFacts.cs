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
        LedgerReader reader = new(Path.Combine(data.FullName, "ledger.db"));
        return
        [
            .. types.SelectMany(type => LedgerAccess.Guard(() => OfType(reader, type)))
                .OrderBy(static row => row.Seq)
                .Select(Fact),
        ];
    }

    private static List<LedgerRow> OfType(LedgerReader reader, string type)
    {
        List<LedgerRow> rows = [];
        IReadOnlyList<LedgerRow> page;
        do
        {
            page = reader.Events(new EventQuery
            {
                Type = type,
                FromSeq = rows.Count == 0 ? 1 : rows[^1].Seq + 1,
                Limit = EventQuery.MaxLimit,
            });
            rows.AddRange(page);
        }
        while (page.Count == EventQuery.MaxLimit);
        return rows;
    }

    private static BatchEvent Fact(LedgerRow row)
    {
        try
        {
            return EventCatalog.Read(StoredFact.Of(row));
        }
        catch (EventFormatException e)
        {
            throw CommandFailedException.Refused(e.Message);
        }
    }
}
