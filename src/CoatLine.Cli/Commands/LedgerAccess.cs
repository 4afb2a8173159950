using CoatLine.Ledger;

namespace CoatLine.Cli.Commands;

/// <summary>
/// Turns the ledger's failures into exit codes: a missing or foreign file is bad input, the rest is reach.
/// </summary>
internal static class LedgerAccess
{
    /// <summary>Where the ledger of a data folder is.</summary>
    public static LedgerPlace Place(DirectoryInfo data) => Guard(() => LedgerPlace.OfFolder(data.FullName));

    /// <summary>A reader of a data folder's ledger.</summary>
    public static ILedgerReader Of(DirectoryInfo data) => Place(data).OpenReader();

    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LedgerException e) when (e.Fault is LedgerFault.Missing or LedgerFault.NotALedger)
        {
            throw CommandFailedException.BadInput(e.Message, e);
        }
        catch (LedgerException e) when (e.Fault is LedgerFault.Damaged)
        {
            throw new CommandFailedException(ExitCode.Refused, e.Message, e);
        }
        catch (LedgerException e)
        {
            throw CommandFailedException.Unreachable(e.Message, e);
        }
    }
}
