using System.Buffers;
using System.Security.Cryptography;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Security;

/// <summary>HMAC-SHA256 and, in mode SignAndEncrypt, AES-CBC under the keys of one token and one direction
/// (OPC 10000-6 §6.7.5). The cipher objects live as long as the token. Not thread safe: the sender works under its
/// write lock, the receiver is one loop.</summary>
internal sealed class SymmetricProtection : IChunkProtection
{
    private const int AesBlock = 16;

    private readonly HMACSHA256 mac;
    private readonly ICryptoTransform? cipher;

    private SymmetricProtection(HMACSHA256 mac, ICryptoTransform? cipher)
    {
        this.mac = mac;
        this.cipher = cipher;
    }

    public int SignatureSize => HMACSHA256.HashSizeInBytes;

    public int PlainBlockSize => cipher is null ? 1 : AesBlock;

    public int CipherBlockSize => PlainBlockSize;

    public int PaddingSizeBytes => cipher is null ? 0 : 1;

    /// <summary>The keys of the end whose nonce is <paramref name="seed"/>; the other end's nonce is the secret. The
    /// key stream is cut into signing key, encryption key and initialization vector.</summary>
    public static SymmetricProtection Derive(
        UaSecurityPolicy policy, MessageSecurityMode mode, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed,
        bool isSender)
    {
        var signing = policy.SignatureKeyOctets;
        var keys = new byte[signing + policy.EncryptionKeyOctets + AesBlock];
        try
        {
            PSha256.Fill(secret, seed, keys);
            var mac = new HMACSHA256(keys[..signing]);
            if (mode == MessageSecurityMode.Sign)
            {
                return new SymmetricProtection(mac, null);
            }

            using var aes = Aes.Create();
            aes.Mode = CipherMode.CBC;
            aes.Padding = PaddingMode.None;
            aes.Key = keys[signing..^AesBlock];
            aes.IV = keys[^AesBlock..];
            return new SymmetricProtection(mac, isSender ? aes.CreateEncryptor() : aes.CreateDecryptor());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keys);
        }
    }

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => mac.TryComputeHash(data, signature, out _);

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.TryComputeHash(data, expected, out _);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    public void Encrypt(Span<byte> buffer, int plainLength) => Transform(buffer);

    public int Decrypt(Span<byte> buffer)
    {
        if (cipher is not null && buffer.Length % AesBlock != 0)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "A frame does not end with a cipher block");
        }

        Transform(buffer);
        return buffer.Length;
    }

    /// <summary>A transform works on arrays only; a rented one costs a copy and leaves no garbage. The empty last block
    /// sets it back to the initialization vector, with which every frame begins.</summary>
    private void Transform(Span<byte> buffer)
    {
        if (cipher is null || buffer.IsEmpty)
        {
            return;
        }

        var scratch = ArrayPool<byte>.Shared.Rent(buffer.Length);
        buffer.CopyTo(scratch);
        cipher.TransformBlock(scratch, 0, buffer.Length, scratch, 0);
        cipher.TransformFinalBlock([], 0, 0);
        scratch.AsSpan(0, buffer.Length).CopyTo(buffer);
        ArrayPool<byte>.Shared.Return(scratch);
    }
}
