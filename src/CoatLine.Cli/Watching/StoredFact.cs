using CoatLine.Domain.Events;
using CoatLine.Ledger;

namespace CoatLine.Cli.Watching;

/// <summary>A ledger row as the recorded fact that it holds.</summary>
internal static class StoredFact
{
    /// <exception cref="CommandFailedException">The row was damaged; the message names its number.</exception>
    public static ChainedEvent Of(LedgerRow row)
    {
        try
        {
            return row.ToEvent();
        }
        catch (FormatException e)
        {
            throw CommandFailedException.Refused(
                $"event {row.Seq} is damaged ({e.Message}); 'coatline ledger verify' tells more");
        }
    }
}
