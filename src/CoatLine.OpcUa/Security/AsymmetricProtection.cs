using System.Security.Cryptography;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Security;

/// <summary>RSA signature and encryption of the OPN frames of one direction (OPC 10000-6 §6.7.2.3 to §6.7.2.5). What
/// is sent is signed with the own key and encrypted for the peer's; what is received the other way round.</summary>
/// <param name="policy">The algorithms.</param>
/// <param name="signing">Sender's key: with its private part for sending, public for receiving.</param>
/// <param name="encrypting">Receiver's key: public for sending, with its private part for receiving.</param>
internal sealed class AsymmetricProtection(UaSecurityPolicy policy, RSA signing, RSA encrypting) : IChunkProtection
{
    /// <summary>Octets of the longest key of 2048 bit, over which the padding size takes a second octet.</summary>
    private const int LongestWithOnePaddingOctet = 256;

    public int SignatureSize { get; } = signing.KeySize / 8;

    public int PlainBlockSize { get; } = RsaBlocks.PlainSize(policy, encrypting);

    public int CipherBlockSize { get; } = encrypting.KeySize / 8;

    public int PaddingSizeBytes => CipherBlockSize > LongestWithOnePaddingOctet ? 2 : 1;

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) =>
        signing.SignData(data, signature, HashAlgorithmName.SHA256, policy.SignaturePadding);

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        RsaBlocks.Verify(policy, signing, data, signature);

    public void Encrypt(Span<byte> buffer, int plainLength) =>
        RsaBlocks.Encrypt(policy, encrypting, buffer[..plainLength].ToArray(), buffer);

    public int Decrypt(Span<byte> buffer) => RsaBlocks.Decrypt(policy, encrypting, buffer);
}

/// <summary>RSA over more than one block (OPC 10000-6 §6.7.2.5, OPC 10000-4 §7.41.2.2).</summary>
internal static class RsaBlocks
{
    /// <summary>Octets that fit into one block: the key less the OAEP overhead of two hashes and two octets.</summary>
    public static int PlainSize(UaSecurityPolicy policy, RSA key)
    {
        var hash = policy.EncryptionPadding.OaepHashAlgorithm == HashAlgorithmName.SHA256 ? 32 : 20;
        return (key.KeySize / 8) - (2 * hash) - 2;
    }

    /// <summary>Length of the cipher text of so many octets.</summary>
    public static int CipherLength(UaSecurityPolicy policy, RSA key, int plainLength)
    {
        var block = PlainSize(policy, key);
        return (plainLength + block - 1) / block * (key.KeySize / 8);
    }

    public static void Encrypt(UaSecurityPolicy policy, RSA key, ReadOnlySpan<byte> plain, Span<byte> cipher)
    {
        var plainBlock = PlainSize(policy, key);
        var cipherBlock = key.KeySize / 8;
        while (!plain.IsEmpty)
        {
            var part = Math.Min(plainBlock, plain.Length);
            EncryptBlock(policy, key, plain[..part], cipher);
            plain = plain[part..];
            cipher = cipher[cipherBlock..];
        }
    }

    /// <summary>Decrypts in place and gives the count of plain octets. Throws <see cref="UaException"/> with
    /// BadSecurityChecksFailed, always with the same words, for whatever was not encrypted for this key.</summary>
    public static int Decrypt(UaSecurityPolicy policy, RSA key, Span<byte> buffer)
    {
        var block = key.KeySize / 8;
        if (buffer.IsEmpty || buffer.Length % block != 0)
        {
            throw Wrong();
        }

        var length = 0;
        Span<byte> plain = stackalloc byte[block];
        try
        {
            for (var at = 0; at < buffer.Length; at += block)
            {
                var written = key.Decrypt(buffer.Slice(at, block), plain, policy.EncryptionPadding);
                plain[..written].CopyTo(buffer[length..]);
                length += written;
            }
        }
        catch (CryptographicException)
        {
            throw Wrong();
        }

        return length;
    }

    /// <summary>Whether the key made the signature; a key that a stranger made up to be unusable made none.</summary>
    public static bool Verify(
        UaSecurityPolicy policy, RSA key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, policy.SignaturePadding);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void EncryptBlock(UaSecurityPolicy policy, RSA key, ReadOnlySpan<byte> plain, Span<byte> cipher)
    {
        try
        {
            key.Encrypt(plain, cipher, policy.EncryptionPadding);
        }
        catch (CryptographicException failure)
        {
            throw new UaException(
                StatusCodes.BadSecurityChecksFailed, "The peer's key is of no use for encryption", failure);
        }
    }

    private static UaException Wrong() =>
        new(StatusCodes.BadSecurityChecksFailed, "What came was not encrypted for this application's key");
}
