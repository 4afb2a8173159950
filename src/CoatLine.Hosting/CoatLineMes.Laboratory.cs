using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Engine;
using CoatLine.Ledger;

namespace CoatLine.Hosting;

/// <content>Laboratory results.</content>
public sealed partial class CoatLineMes
{
    /// <summary>Enters the laboratory results of a file, all of them or none, for sheets that were coated; their batch
    /// may have ended.</summary>
    /// <param name="labText">YAML, see <see cref="LabFile"/>.</param>
    /// <param name="name">File name for the errors' sake.</param>
    /// <param name="by">Who enters them.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="FileErrorsException">The text is no file of results; it holds every error.</exception>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    /// <exception cref="LedgerException">The ledger, which knows the sheets of batches that ended, cannot be read.
    /// </exception>
    public FactsOrRefusals EnterLabResults(string labText, string name, string by)
    {
        LabReading reading = LabFile.Read(labText, name);
        if (!reading.Errors.IsEmpty)
        {
            throw new FileErrorsException(reading.Errors);
        }

        FactsOrRefusals decided = LabEntering.Decide(reading.Entries, SheetsOf, by, LineTime.GetUtcNow());
        _journal.AppendAll(decided.Facts);
        return decided;
    }

    // The journal first: what is retired from it in between is in the ledger by then.
    private HashSet<string> SheetsOf(string batch)
    {
        IEnumerable<ChainedEvent> held = _journal.ReadBatch(batch);
        IEnumerable<string> open = held.Select(EventCatalog.Read).OfType<CoatCompleted>().Select(c => c.Sheet);
        HashSet<string> sheets = [.. open];
        IReadOnlyList<LedgerRow> rows = DataFolder.Ledger.OpenReader().Events(new EventQuery
        {
            Line = Line.Value,
            Batch = batch,
            Type = "coat-completed",
            Limit = EventQuery.MaxLimit,
        });
        sheets.UnionWith(rows.Select(FactOf).OfType<CoatCompleted>().Select(static c => c.Sheet));
        return sheets;
    }

    private static BatchEvent FactOf(LedgerRow row)
    {
        try
        {
            return EventCatalog.Read(row.ToEvent());
        }
        catch (Exception e) when (e is FormatException or EventFormatException)
        {
            throw new LedgerException(
                LedgerFault.Damaged,
                $"event {row.Seq} of {row.Line} cannot be read; run a verification: {e.Message}",
                e);
        }
    }
}
