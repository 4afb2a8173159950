using System.Security.Cryptography;

namespace CoatLine.OpcUa.Security;

/// <summary>A security policy of OPC 10000-7 §6.6: its names and algorithms. Immutable; the instances are those of
/// <see cref="All"/>. Basic128Rsa15 and Basic256 are broken and not among them.</summary>
#pragma warning disable CA1707 // The policies bear the names that the standard gives them.
public sealed record UaSecurityPolicy
{
    private const string Prefix = "http://opcfoundation.org/UA/SecurityPolicy#";
    private const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private const string RsaPssSha256 = "http://opcfoundation.org/UA/security/rsa-pss-sha2-256";
    private const string RsaOaep = "http://www.w3.org/2001/04/xmlenc#rsa-oaep";
    private const string RsaOaepSha256 = "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256";

    private UaSecurityPolicy(string name) => Name = name;

    /// <summary>Nothing is signed or encrypted.</summary>
    public static UaSecurityPolicy None { get; } = new("None");

    /// <summary>RSA with OAEP-SHA1 and PKCS #1 v1.5 SHA-256 signatures, AES-256-CBC, HMAC-SHA256.</summary>
    public static UaSecurityPolicy Basic256Sha256 { get; } = new("Basic256Sha256")
    {
        EncryptionKeyOctets = 32,
        Strength = 2,
        SignatureUri = RsaSha256,
        EncryptionUri = RsaOaep,
        SignaturePadding = RSASignaturePadding.Pkcs1,
        EncryptionPadding = RSAEncryptionPadding.OaepSHA1,
    };

    /// <summary>RSA with OAEP-SHA1 and PKCS #1 v1.5 SHA-256 signatures, AES-128-CBC, HMAC-SHA256.</summary>
    public static UaSecurityPolicy Aes128_Sha256_RsaOaep { get; } = new("Aes128_Sha256_RsaOaep")
    {
        EncryptionKeyOctets = 16,
        Strength = 1,
        SignatureUri = RsaSha256,
        EncryptionUri = RsaOaep,
        SignaturePadding = RSASignaturePadding.Pkcs1,
        EncryptionPadding = RSAEncryptionPadding.OaepSHA1,
    };

    /// <summary>RSA with OAEP-SHA256 and PSS-SHA256 signatures, AES-256-CBC, HMAC-SHA256.</summary>
    public static UaSecurityPolicy Aes256_Sha256_RsaPss { get; } = new("Aes256_Sha256_RsaPss")
    {
        EncryptionKeyOctets = 32,
        Strength = 3,
        SignatureUri = RsaPssSha256,
        EncryptionUri = RsaOaepSha256,
        SignaturePadding = RSASignaturePadding.Pss,
        EncryptionPadding = RSAEncryptionPadding.OaepSHA256,
    };

    /// <summary>The policies with keys, the strongest first.</summary>
    public static IReadOnlyList<UaSecurityPolicy> Secured { get; } =
        [Aes256_Sha256_RsaPss, Basic256Sha256, Aes128_Sha256_RsaOaep];

    /// <summary>Every policy, the strongest first.</summary>
    public static IReadOnlyList<UaSecurityPolicy> All { get; } = [.. Secured, None];

    /// <summary>Name as it stands behind the number sign of the URI.</summary>
    public string Name { get; }

    /// <summary>URI of the policy.</summary>
    public string Uri => Prefix + Name;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => EncryptionKeyOctets == 0;

    /// <summary>URI of the asymmetric signature algorithm; null with <see cref="None"/>.</summary>
    public string? SignatureUri { get; private init; }

    /// <summary>URI of the asymmetric encryption algorithm; null with <see cref="None"/>.</summary>
    public string? EncryptionUri { get; private init; }

    /// <summary>Length of the symmetric encryption key in octets, 16 or 32; 0 with <see cref="None"/>.</summary>
    public int EncryptionKeyOctets { get; private init; }

    /// <summary>Length of the symmetric signature key in octets; 0 with <see cref="None"/>.</summary>
    public int SignatureKeyOctets => IsNone ? 0 : 32;

    /// <summary>Length of the nonces of a channel in octets; 0 with <see cref="None"/>.</summary>
    public int NonceOctets => IsNone ? 0 : 32;

    /// <summary>Shortest RSA key in bits.</summary>
    public int MinKeyBits => IsNone ? 0 : 2048;

    /// <summary>Longest RSA key in bits.</summary>
    public int MaxKeyBits => IsNone ? 0 : 4096;

    /// <summary>Rank among the policies, 0 for <see cref="None"/> to 3.</summary>
    internal int Strength { get; private init; }

    internal RSASignaturePadding SignaturePadding { get; private init; } = RSASignaturePadding.Pkcs1;

    internal RSAEncryptionPadding EncryptionPadding { get; private init; } = RSAEncryptionPadding.OaepSHA1;

    /// <summary>The policy with this URI, compared octet by octet; null for one that is not supported.</summary>
    public static UaSecurityPolicy? Find(string? uri) => All.FirstOrDefault(policy => policy.Uri == uri);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
