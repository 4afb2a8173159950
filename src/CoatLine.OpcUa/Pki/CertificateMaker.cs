using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>Makes the certificate of an application instance, signed by itself (OPC 10000-6 §6.2.2).</summary>
internal static class CertificateMaker
{
    /// <summary>Purpose "TLS server" of the extended key usage, which servers need.</summary>
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";

    /// <summary>Purpose "TLS client" of the extended key usage, which clients need.</summary>
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    /// <summary>Valid from a day ago, for the peer's clock may be behind.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    public static X509Certificate2 SelfSigned(
        RSA key, ApplicationIdentity identity, DateTimeOffset now, TimeSpan lifetime)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(identity.ApplicationName);
        CertificateRequest request =
            new(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        // A certificate that signs itself carries keyCertSign though it is no authority: the standard wants both.
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation
                | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment
                | X509KeyUsageFlags.KeyCertSign,
            critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerPurpose), new Oid(ClientPurpose)], critical: false));
        X509SubjectKeyIdentifierExtension keyId = new(request.PublicKey, critical: false);
        request.CertificateExtensions.Add(keyId);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(keyId));
        request.CertificateExtensions.Add(Names(identity));
        return request.CreateSelfSigned(now - Back, now + lifetime);
    }

    /// <summary>
    /// GeneralNames (RFC 5280 §4.2.1.6), written byte by byte: the platform's builder would rewrite the URI, and the
    /// ApplicationUri is compared as it stands.
    /// </summary>
    private static X509Extension Names(ApplicationIdentity identity)
    {
        AsnWriter names = new(AsnEncodingRules.DER);
        using (names.PushSequence())
        {
            names.WriteCharacterString(
                UniversalTagNumber.IA5String, identity.ApplicationUri, new Asn1Tag(TagClass.ContextSpecific, 6));
            foreach (string host in identity.HostNames.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (IPAddress.TryParse(host, out IPAddress? address))
                {
                    names.WriteOctetString(address.GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7));
                }
                else
                {
                    names.WriteCharacterString(
                        UniversalTagNumber.IA5String, host, new Asn1Tag(TagClass.ContextSpecific, 2));
                }
            }
        }

        return new X509Extension(CertificateFields.SubjectAlternativeName, names.Encode(), critical: false);
    }
}
