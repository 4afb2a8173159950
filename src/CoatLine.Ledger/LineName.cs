using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>Line names as a damaged or foreign file may hold them.</summary>
internal static class LineName
{
    /// <summary>The line; null when the bytes are no valid line name.</summary>
    public static LineId? TryParse(byte[]? bytes) => TryParse(bytes is null ? null : Encoding.Latin1.GetString(bytes));

    /// <summary>The line.</summary>
    /// <exception cref="LedgerException">The text is no valid line name.</exception>
    public static LineId Parse(string text) => TryParse(text) ?? throw new LedgerException(
        LedgerFault.Damaged, $"the ledger has a head of '{text}', which is no line; run a verification");

    /// <summary>The line; null when the text is no valid line name.</summary>
    public static LineId? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return new LineId(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
