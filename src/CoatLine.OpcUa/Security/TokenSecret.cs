using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CoatLine.OpcUa.Security;

/// <summary>The encrypted secret of a user token (OPC 10000-4 §7.41.2.2).
/// <code>
/// | length of what follows, UInt32 | secret ... | server nonce |     encrypted block by block with RSA
/// </code></summary>
internal static class TokenSecret
{
    /// <summary>Longest secret, octets.</summary>
    public const int LongestSecret = 512;

    /// <summary>Longest cipher text that is worth decrypting: secret, nonce and length with the shortest key.</summary>
    private const int LongestCipher = 4096;

    public static byte[] Encrypt(UaSecurityPolicy policy, RSA receiver, ReadOnlySpan<byte> secret, byte[] serverNonce)
    {
        var plain = new byte[4 + secret.Length + serverNonce.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(plain, (uint)(plain.Length - 4));
        secret.CopyTo(plain.AsSpan(4));
        serverNonce.CopyTo(plain, 4 + secret.Length);
        var cipher = new byte[RsaBlocks.CipherLength(policy, receiver, plain.Length)];
        RsaBlocks.Encrypt(policy, receiver, plain, cipher);
        CryptographicOperations.ZeroMemory(plain);
        return cipher;
    }

    /// <summary>The secret, or null when it was not encrypted for this key, has no sensible length or does not end with
    /// the nonce: all the same to whoever sent it.</summary>
    public static byte[]? Decrypt(UaSecurityPolicy policy, RSA own, ReadOnlySpan<byte> cipher, byte[] serverNonce)
    {
        if (cipher.Length > LongestCipher)
        {
            return null;
        }

        var buffer = cipher.ToArray();
        try
        {
            // Some clients fill the last block up with zeroes: what counts is the length in front.
            var plain = buffer.AsSpan(0, RsaBlocks.Decrypt(policy, own, buffer));
            var length = plain.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(plain);
            var secret = length - serverNonce.Length;
            return secret is < 0 or > LongestSecret || length > plain.Length - 4
                || !CryptographicOperations.FixedTimeEquals(
                    plain.Slice(4 + (int)secret, serverNonce.Length), serverNonce)
                ? null
                : plain.Slice(4, (int)secret).ToArray();
        }
        catch (UaException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }
}
