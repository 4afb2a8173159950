using CoatLine.Ledger;

namespace CoatLine.Cli.Commands;

/// <summary>
/// Turns the ledger's failures into exit codes: a missing or foreign file is bad input, the rest is reach.
/// </summary>
internal static class LedgerAccess
{
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
