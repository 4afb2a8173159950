using CoatLine.Ledger.Proof;

namespace CoatLine.Cli.Commands;

/// <summary>Turns the failures of keys, checkpoints and certificates into exit codes.</summary>
internal static class ProofAccess
{
    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return LedgerAccess.Guard(work);
        }
        catch (ProofException e)
        {
            throw new CommandFailedException(ExitCode.Refused, e.Message, e);
        }
    }
}
