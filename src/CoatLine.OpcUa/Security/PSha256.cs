using System.Security.Cryptography;

namespace CoatLine.OpcUa.Security;

/// <summary>The pseudo-random function of the token keys, P_SHA256 of RFC 5246 §5 (OPC 10000-6 §6.7.5).
/// <code>
/// A(0) = seed, A(i) = HMAC(secret, A(i-1)); output = HMAC(secret, A(1) + seed) + HMAC(secret, A(2) + seed) + ...
/// </code></summary>
internal static class PSha256
{
    /// <summary>Most octets of a seed: a nonce of a hostile peer is not taken at any length.</summary>
    public const int LongestSeed = 256;

    public static void Fill(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seed.Length, LongestSeed);
        const int hashLength = HMACSHA256.HashSizeInBytes;
        Span<byte> input = stackalloc byte[hashLength + seed.Length];
        Span<byte> block = stackalloc byte[hashLength];
        HMACSHA256.HashData(secret, seed, input);
        seed.CopyTo(input[hashLength..]);
        while (!output.IsEmpty)
        {
            HMACSHA256.HashData(secret, input, block);
            var part = Math.Min(output.Length, hashLength);
            block[..part].CopyTo(output);
            output = output[part..];
            HMACSHA256.HashData(secret, input[..hashLength], block);
            block.CopyTo(input);
        }

        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(block);
    }
}
