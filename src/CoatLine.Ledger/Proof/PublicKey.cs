using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>The public half of a <see cref="SigningKey"/>: an ECDSA key on the curve P-256. Immutable.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>A SubjectPublicKeyInfo of a P-256 key has 91 bytes; anything much longer is not one.</summary>
    private const int LongestInfo = 256;

    private readonly byte[] _info;

    private PublicKey(byte[] info)
    {
        _info = info;
        Id = ChainHash.FromBytes(SHA256.HashData(info));
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo: the fingerprint that a plant publishes.</summary>
    public ChainHash Id { get; }

    /// <summary>The key as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), DER.</summary>
    public ReadOnlySpan<byte> Info => _info;

    /// <summary>Reads a key; false when the bytes are no P-256 key, or hold more than one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> info, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        if (info.Length > LongestInfo)
        {
            return false;
        }

        try
        {
            using ECDsa ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(info, out int read);
            bool isP256 = ecdsa.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
            key = read == info.Length && isP256 ? new PublicKey(info.ToArray()) : null;
        }
        catch (CryptographicException)
        {
            // Bytes from a file that a stranger handed over: not a key, and nothing more to say of it.
        }

        return key is not null;
    }

    /// <summary>Whether the key made this signature over the data.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SigningKey.SignatureLength)
        {
            return false;
        }

        using ECDsa ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(_info, out _);
        return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();
}
