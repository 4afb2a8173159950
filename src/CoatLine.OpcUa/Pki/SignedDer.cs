using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>
/// The outer shape that certificates and revocation lists share (RFC 5280 §4.1.1, §5.1.1): what is signed, with which
/// algorithm, and the signature.
/// <code>
/// SEQUENCE { content, SEQUENCE { algorithm OID, parameters }, signature BIT STRING }
/// </code>
/// </summary>
internal readonly record struct SignedDer(
    ReadOnlyMemory<byte> Content, string AlgorithmOid, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Takes the shape apart.</summary>
    /// <exception cref="AsnContentException">The bytes have another shape.</exception>
    public static SignedDer Read(ReadOnlyMemory<byte> der)
    {
        AsnReader outer = new(der, AsnEncodingRules.DER);
        AsnReader all = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        ReadOnlyMemory<byte> content = all.ReadEncodedValue();
        string oid = all.ReadSequence().ReadObjectIdentifier();
        byte[] signature = all.ReadBitString(out _);
        all.ThrowIfNotEmpty();
        return new SignedDer(content, oid, signature);
    }

    /// <summary>The hash of the signature algorithm, or null for one that these policies do not know: they all sign
    /// certificates with RSA PKCS #1 v1.5 (OPC 10000-7 §6.6.165, §6.6.168, §6.6.169).</summary>
    public HashAlgorithmName? Hash => AlgorithmOid switch
    {
        "1.2.840.113549.1.1.5" => HashAlgorithmName.SHA1,
        "1.2.840.113549.1.1.11" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>Whether the certificate's key made the signature. False too for keys and algorithms that are not
    /// known here.</summary>
    public bool IsSignedBy(X509Certificate2 issuer)
    {
        try
        {
            using RSA? key = issuer.GetRSAPublicKey();
            return key is not null && Hash is { } hash
                && key.VerifyData(Content.Span, Signature.Span, hash, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
