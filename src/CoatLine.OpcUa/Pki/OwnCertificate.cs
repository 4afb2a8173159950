using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>An application's own certificate with its private key. Immutable; the key may be used by many threads.
/// </summary>
public sealed class OwnCertificate
{
    internal OwnCertificate(
        X509Certificate2 certificate, ReadOnlyMemory<byte> chain, string path, IReadOnlyList<string> warnings)
    {
        Certificate = certificate;
        Chain = chain;
        Path = path;
        Warnings = warnings;
    }

    /// <summary>The certificate; <see cref="X509Certificate2.HasPrivateKey"/> is true.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>DER of the certificate, followed by its issuers as far as the store has them, the nearest first:
    /// what goes to the peer (OPC 10000-6 §6.2.6).</summary>
    public ReadOnlyMemory<byte> Chain { get; }

    /// <summary>Full path of the certificate file.</summary>
    public string Path { get; }

    /// <summary>What a person ought to know, as sentences: a key that the group may read, an end of validity that is
    /// near, a host name that the certificate lacks. Empty when all is well.</summary>
    public IReadOnlyList<string> Warnings { get; }
}

/// <summary>What a secured client or server needs: its own certificate, and the check of the other end's.</summary>
/// <param name="Own">Own certificate with its key.</param>
/// <param name="Validator">Judges the peer's certificate.</param>
public sealed record ApplicationPki(OwnCertificate Own, CertificateValidator Validator);
