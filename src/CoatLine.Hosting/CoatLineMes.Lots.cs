using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;

namespace CoatLine.Hosting;

/// <content>Material lots.</content>
public sealed partial class CoatLineMes
{
    private readonly LotRegister _lots;

    /// <summary>Every lot of the line with what is used, reserved and free.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public Stock Stock => _lots.Stock;

    /// <summary>Receives the lots of a file, all of them or none; each is in quarantine until it is released.</summary>
    /// <param name="lotText">YAML, see <see cref="LotFile"/>.</param>
    /// <param name="name">File name for the errors' sake.</param>
    /// <param name="by">Who receives them; cannot release them.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="FileErrorsException">The text is no file of lots; it holds every error.</exception>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals ReceiveLots(string lotText, string name, string by)
    {
        LotReading reading = LotFile.Read(lotText, name);
        return reading.Errors.IsEmpty
            ? _lots.Receive(reading.Lots, by)
            : throw new FileErrorsException(reading.Errors);
    }

    /// <summary>Sets what a lot may be used for. A release needs a QA manager who did not receive the lot; a lot that
    /// breaks a hard rule can be released for engineering only.</summary>
    /// <param name="lot">Lot id.</param>
    /// <param name="status">Released, Engineering or Blocked.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="role">In what capacity.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals SetLotStatus(string lot, LotStatus status, string by, SignerRole role, string reason) =>
        _lots.SetStatus(lot, status, by, role, reason);

    /// <summary>The lots that a batch would get now. Nothing is reserved before a batch is created with them.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="sheets">Sheets, 1 to <see cref="Domain.Execution.BatchOrder.MaxSheets"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of sheets is outside its limits.</exception>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public BookingPlan BookLots(Recipe recipe, int sheets) => _lots.Book(recipe, sheets);
}
