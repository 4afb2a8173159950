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
        catch (LedgerException e)
        {
            throw Failure(e);
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (LedgerException e)
        {
            throw Failure(e);
        }
    }

    private static CommandFailedException Failure(LedgerException e) => e.Fault switch
    {
        LedgerFault.Missing or LedgerFault.NotALedger => CommandFailedException.BadInput(e.Message, e),
        LedgerFault.Damaged => new CommandFailedException(ExitCode.Refused, e.Message, e),
        _ => CommandFailedException.Unreachable(e.Message, e),
    };
}
