using System.Globalization;
using System.Text;
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
            return new ChainedEvent(
                new LineId(row.Line),
                row.Seq,
                row.Id,
                row.Type,
                row.Batch,
                DateTimeOffset.Parse(row.Time, CultureInfo.InvariantCulture),
                Encoding.UTF8.GetBytes(row.Payload),
                ChainHash.Parse(row.PreviousHash),
                ChainHash.Parse(row.Hash));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw CommandFailedException.Refused(
                $"event {row.Seq} is damaged ({e.Message}); 'coatline ledger verify' tells more");
        }
    }
}
