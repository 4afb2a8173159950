using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CoatLine.Domain.Execution;

/// <summary>
/// The 64-bit id of a phase request, derived from batch, step and attempt, so that the same intent always carries the
/// same id and a PLC that sees it twice does it once. Never 0: 0 means "no request" on the wire.
/// </summary>
/// <param name="Value">1 to 2⁶⁴−1.</param>
public readonly record struct RequestId(ulong Value)
{
    /// <summary>No request: the value of an id tag that was never set.</summary>
    public static RequestId None => default;

    /// <summary>Derives the id: the first eight bytes of SHA-256 over <c>batch \n step \n attempt</c>.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="step">Step id, unique in the batch.</param>
    /// <param name="attempt">Attempt, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">attempt is below 1.</exception>
    public static RequestId Derive(string batch, string step, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{batch}\n{step}\n{attempt}")));
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(hash);
        return new RequestId(value == 0 ? 1 : value);
    }

    /// <summary>Reads sixteen hexadecimal digits, the form of <see cref="ToString"/>.</summary>
    public static bool TryParse(string? text, out RequestId id)
    {
        bool read = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            && text.Length == 16;
        id = read ? new RequestId(value) : None;
        return read;
    }

    /// <summary>Sixteen lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
