using System.Buffers;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>The one spelling of a hash in the ledger: 64 lower-case hexadecimal digits.</summary>
internal static class HashText
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads a hash; false for any other spelling, upper case included: one value has one text.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ChainHash hash)
    {
        bool valid = text.Length == 2 * ChainHash.Length && !text.ContainsAnyExcept(Digits);
        hash = valid ? ChainHash.FromBytes(Convert.FromHexString(text)) : ChainHash.Zero;
        return valid;
    }
}
