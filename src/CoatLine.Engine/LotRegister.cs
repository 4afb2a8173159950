using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Engine;

/// <summary>
/// The lots of a line: receives them, sets what they may be used for, and says which ones a batch would get. What is
/// decided is durable in the journal when a call returns. Thread-safe.
/// </summary>
public sealed class LotRegister
{
    private readonly Lock _deciding = new();
    private readonly Journal _journal;
    private readonly TimeProvider _lineTime;

    /// <summary>Makes the register of a journal's line.</summary>
    /// <param name="journal">The journal, open.</param>
    /// <param name="lineTime">Line time.</param>
    public LotRegister(Journal journal, TimeProvider lineTime)
    {
        _journal = journal;
        _lineTime = lineTime;
    }

    /// <summary>The stock as of the newest event.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public Stock Stock => _journal.Stock;

    /// <summary>Takes lots in, all of them or none, by <see cref="LotReceipt.Decide"/>.</summary>
    /// <param name="lots">The lots.</param>
    /// <param name="by">Who receives them.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals Receive(IReadOnlyCollection<MaterialLot> lots, string by) =>
        Record(now => LotReceipt.Decide(lots, _journal.Stock, by, now));

    /// <summary>Sets what a lot may be used for, by <see cref="LotRelease.Decide"/>.</summary>
    /// <param name="lot">Lot id.</param>
    /// <param name="status">The status.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="role">In what capacity.</param>
    /// <param name="reason">Why.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals SetStatus(string lot, LotStatus status, string by, SignerRole role, string reason) =>
        Record(now => LotRelease.Decide(_journal.Stock, lot, status, reason, new Signature(by, role, now)));

    /// <summary>The lots that a batch would get now; nothing is reserved before the batch is created.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="sheets">Sheets, 1 to <see cref="Domain.Execution.BatchOrder.MaxSheets"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of sheets is outside its limits.</exception>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public BookingPlan Book(Recipe recipe, int sheets) =>
        LotBooking.Plan(recipe, sheets, _journal.Stock, _lineTime.GetUtcNow());

    // One decision at a time: two deliveries of one lot would both find it unknown.
    private FactsOrRefusals Record(Func<DateTimeOffset, FactsOrRefusals> decide)
    {
        lock (_deciding)
        {
            FactsOrRefusals decided = decide(_lineTime.GetUtcNow());
            _journal.AppendAll(decided.Facts);
            return decided;
        }
    }
}
