using System.Collections.Immutable;
using System.Security.Cryptography;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Proof;

/// <summary>A key that signs checkpoints: ECDSA on the curve P-256 with SHA-256 (FIPS 186-5). Thread-safe.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    private readonly Lock _gate = new();
    private readonly ECDsa _ecdsa;

    private SigningKey(ECDsa ecdsa)
    {
        _ecdsa = ecdsa;
        byte[] info = ecdsa.ExportSubjectPublicKeyInfo();
        Public = PublicKey.TryRead(info, out PublicKey? key)
            ? key
            : throw new CryptographicException("the signing key is not on the curve P-256");
    }

    /// <summary>Its public half.</summary>
    public PublicKey Public { get; }

    /// <summary>Its fingerprint, see <see cref="PublicKey.Id"/>.</summary>
    public ChainHash Id => Public.Id;

    /// <summary>A new key.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a private key in PEM (PKCS #8).</summary>
    /// <exception cref="CryptographicException">The text is no such key, or one of another kind.</exception>
    public static SigningKey FromPem(string pem)
    {
        ECDsa ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportFromPem(pem);
            return new SigningKey(ecdsa);
        }
        catch (Exception e)
        {
            ecdsa.Dispose();
            throw e is ArgumentException ? new CryptographicException("the text holds no private key in PEM", e) : e;
        }
    }

    /// <summary>The private key in PEM (PKCS #8): a secret.</summary>
    public string ToPem()
    {
        lock (_gate)
        {
            return _ecdsa.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <summary>Signs bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            return _ecdsa.SignData(data, HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Signs a checkpoint that names this key.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="frontier">Goes along unsigned, see <see cref="SignedCheckpoint.Frontier"/>.</param>
    /// <exception cref="ArgumentException">It names another key.</exception>
    public SignedCheckpoint Sign(Checkpoint checkpoint, ImmutableArray<ChainHash> frontier) => checkpoint.Key == Id
        ? new SignedCheckpoint(checkpoint, Sign(checkpoint.ToBytes()), frontier)
        : throw new ArgumentException("the checkpoint names another key", nameof(checkpoint));

    /// <inheritdoc/>
    public void Dispose() => _ecdsa.Dispose();
}
