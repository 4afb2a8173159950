using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CoatLine.OpcUa.Pki;

/// <summary>What the checks ask of a certificate, read from its extensions (RFC 5280 §4.2). Immutable once read.
/// </summary>
public sealed class CertificateFields
{
    /// <summary>OID of the extension that holds ApplicationUri, host names and addresses.</summary>
    public const string SubjectAlternativeName = "2.5.29.17";

    private static readonly string[] KnownExtensions =
        ["2.5.29.14", "2.5.29.15", SubjectAlternativeName, "2.5.29.19", "2.5.29.35", "2.5.29.37"];

    private readonly List<string> _uris = [];
    private readonly List<string> _dnsNames = [];
    private readonly List<IPAddress> _addresses = [];

    private CertificateFields()
    {
    }

    /// <summary>URIs of the subject alternative name, as they stand.</summary>
    public IReadOnlyList<string> Uris => _uris;

    /// <summary>DNS names of the subject alternative name.</summary>
    public IReadOnlyList<string> DnsNames => _dnsNames;

    /// <summary>IP addresses of the subject alternative name.</summary>
    public IReadOnlyList<IPAddress> Addresses => _addresses;

    /// <summary>Key usage, or null when the extension is missing.</summary>
    public X509KeyUsageFlags? KeyUsage { get; private set; }

    /// <summary>Purposes of the extended key usage, or null when the extension is missing.</summary>
    public IReadOnlyList<string>? Purposes { get; private set; }

    /// <summary>Whether the certificate may issue others.</summary>
    public bool IsAuthority { get; private set; }

    /// <summary>How many issuers may stand between this authority and the last certificate, or null for no bound.
    /// </summary>
    public int? PathLength { get; private set; }

    /// <summary>OID of an extension that must be understood and is not, or null.</summary>
    public string? UnknownCritical { get; private set; }

    /// <summary>Bits of the RSA key; 0 for another kind of key.</summary>
    public int RsaBits { get; private set; }

    /// <summary>Reads the fields.</summary>
    /// <exception cref="CryptographicException">An extension is broken.</exception>
    /// <exception cref="AsnContentException">An extension is broken.</exception>
    public static CertificateFields Of(X509Certificate2 certificate)
    {
        CertificateFields fields = new();
        foreach (X509Extension extension in certificate.Extensions)
        {
            fields.Take(extension);
        }

        using RSA? key = certificate.GetRSAPublicKey();
        fields.RsaBits = key?.KeySize ?? 0;
        return fields;
    }

    /// <summary>Whether the subject alternative name holds a host name or an address.</summary>
    /// <param name="host">Host name in any case, or an IP address.</param>
    public bool Names(string host) => IPAddress.TryParse(host, out IPAddress? address)
        ? Addresses.Contains(address)
        : DnsNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    private void Take(X509Extension extension)
    {
        string oid = extension.Oid?.Value ?? "";
        switch (extension)
        {
            case X509KeyUsageExtension usage:
                KeyUsage = usage.KeyUsages;
                break;
            case X509EnhancedKeyUsageExtension purposes:
                Purposes = [.. purposes.EnhancedKeyUsages.Cast<Oid>().Select(static o => o.Value ?? "")];
                break;
            case X509BasicConstraintsExtension constraints:
                IsAuthority = constraints.CertificateAuthority;
                PathLength = constraints.HasPathLengthConstraint ? constraints.PathLengthConstraint : null;
                break;
            default:
                if (oid == SubjectAlternativeName)
                {
                    TakeNames(extension.RawData);
                }
                else if (extension.Critical && !KnownExtensions.Contains(oid))
                {
                    UnknownCritical ??= oid;
                }

                break;
        }
    }

    /// <summary>GeneralNames (RFC 5280 §4.2.1.6): [2] DNS name, [6] URI, [7] address; others are passed over.</summary>
    private void TakeNames(byte[] der)
    {
        AsnReader names = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            Asn1Tag tag = names.PeekTag();
            switch (tag.TagValue)
            {
                case 2:
                    _dnsNames.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 6:
                    _uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 7:
                    byte[] address = names.ReadOctetString(tag);
                    if (address.Length is 4 or 16)
                    {
                        _addresses.Add(new IPAddress(address));
                    }

                    break;
                default:
                    names.ReadEncodedValue();
                    break;
            }
        }
    }
}
