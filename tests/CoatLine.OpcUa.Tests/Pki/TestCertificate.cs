using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;

namespace CoatLine.OpcUa.Tests.Pki;

/// <summary>A certificate as a test wants it; what is not said is as OPC 10000-6 §6.2.2 has it.</summary>
internal sealed record TestCertificate
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public const string Uri = "urn:plant:plc-1";

    public string Name { get; init; } = "PLC 1";

    public RSA Key { get; init; } = Keys.Leaf;

    public DateTimeOffset From { get; init; } = Now.AddDays(-10);

    public DateTimeOffset Until { get; init; } = Now.AddDays(10);

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public string? ApplicationUri { get; init; } = Uri;

    public string? Dns { get; init; } = "plc-1.plant";

    public string? Address { get; init; } = "10.0.0.7";

    public X509KeyUsageFlags? Usage { get; init; } = X509KeyUsageFlags.DigitalSignature
        | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    public string[]? Purposes { get; init; } = [CertificateMaker.ServerPurpose, CertificateMaker.ClientPurpose];

    public bool IsAuthority { get; init; }

    public int? PathLength { get; init; }

    public byte Serial { get; init; } = 7;

    public string? CriticalOid { get; init; }

    public static TestCertificate Authority(string name, RSA key) => new()
    {
        Name = name,
        Key = key,
        IsAuthority = true,
        Usage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        Purposes = null,
        ApplicationUri = null,
        Dns = null,
        Address = null,
    };

    public X509Certificate2 SignedByItself() => SignedBy(this);

    public X509Certificate2 SignedBy(TestCertificate issuer, RSASignaturePadding? padding = null)
    {
        X509SignatureGenerator generator = Hash == HashAlgorithmName.SHA1
            ? new Sha1Signatures(issuer.Key)
            : X509SignatureGenerator.CreateForRSA(issuer.Key, padding ?? RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = Request(padding).Create(
            new X500DistinguishedName($"CN={issuer.Name}"), generator, From, Until, [Serial]);
        return X509CertificateLoader.LoadCertificate(made.RawData);
    }

    /// <summary>A revocation list of this authority.</summary>
    public byte[] RevocationList(DateTimeOffset from, DateTimeOffset until, params byte[] serials)
    {
        CertificateRevocationListBuilder list = new();
        foreach (byte serial in serials)
        {
            list.AddEntry([serial], from);
        }

        return list.Build(
            new X500DistinguishedName($"CN={Name}"),
            X509SignatureGenerator.CreateForRSA(Key, RSASignaturePadding.Pkcs1),
            1,
            until,
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(
                new X500DistinguishedName($"CN={Name}"), [Serial]),
            from);
    }

    private CertificateRequest Request(RSASignaturePadding? padding)
    {
        CertificateRequest request = new($"CN={Name}", Key, Hash, padding ?? RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(IsAuthority, PathLength is not null, PathLength ?? 0, true));
        if (Usage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        }

        if (Purposes is { } purposes)
        {
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension([.. purposes.Select(static p => new Oid(p))], false));
        }

        if (CriticalOid is { } oid)
        {
            request.CertificateExtensions.Add(new X509Extension(oid, [5, 0], critical: true));
        }

        SubjectAlternativeNameBuilder names = new();
        if (ApplicationUri is { } uri)
        {
            names.AddUri(new Uri(uri));
        }

        if (Dns is { } dns)
        {
            names.AddDnsName(dns);
        }

        if (Address is { } address)
        {
            names.AddIpAddress(IPAddress.Parse(address));
        }

        if (ApplicationUri is not null || Dns is not null || Address is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        return request;
    }
}

/// <summary>Signs as certificates of twenty years ago were signed; the platform makes none any more.</summary>
internal sealed class Sha1Signatures(RSA key) : X509SignatureGenerator
{
    /// <summary>SEQUENCE { OID sha1WithRSAEncryption, NULL }.</summary>
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05, 0x05, 0x00];

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

    protected override PublicKey BuildPublicKey() => CreateForRSA(key, RSASignaturePadding.Pkcs1).PublicKey;
}
