using System.Security.Cryptography;

namespace CoatLine.OpcUa.Pki;

/// <summary>What the holder of a certificate does.</summary>
public enum CertificateRole
{
    /// <summary>An application that connects to us.</summary>
    Client,

    /// <summary>An application that we connect to.</summary>
    Server,

    /// <summary>A person or a service that signs in with a certificate (OPC 10000-4 §7.40.5).</summary>
    User,
}

/// <summary>What a certificate has to be, beside trusted (OPC 10000-4 §6.1.3).</summary>
public sealed record CertificateExpectation
{
    /// <summary>The role of the certificate's holder.</summary>
    public required CertificateRole Role { get; init; }

    /// <summary>The ApplicationUri that must stand in the certificate, compared byte by byte; null when it is not
    /// known yet, which leaves the check out.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>The host name or IP address of the URL that was connected to; null leaves the check out. Servers
    /// only.</summary>
    public string? HostName { get; init; }

    /// <summary>Shortest RSA key in bits of the certificate and of every issuer; default 2048.</summary>
    public int MinKeyBits { get; init; } = 2048;

    /// <summary>Longest RSA key in bits of the certificate itself; default 4096.</summary>
    public int MaxKeyBits { get; init; } = 4096;

    /// <summary>Hashes that may stand in signatures of the certificate and of its issuers; default SHA-256, SHA-384
    /// and SHA-512.</summary>
    public IReadOnlyList<HashAlgorithmName> SignatureHashes { get; init; } =
        [HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512];
}

/// <summary>What became of a certificate that was judged.</summary>
/// <param name="Status">Good, or the first check that failed, by its name in OPC 10000-4 §6.1.3.</param>
/// <param name="Why">A sentence for the log that names the certificate and the numbers; never for the wire, where a
/// stranger learns no more than BadSecurityChecksFailed. Empty when good.</param>
public sealed record CertificateVerdict(StatusCode Status, string Why)
{
    /// <summary>The certificate passed every check.</summary>
    public static CertificateVerdict Good { get; } = new(StatusCodes.Good, "");

    /// <summary>Whether the certificate passed every check.</summary>
    public bool IsGood => Status.IsGood;
}

/// <summary>How strictly certificates are judged, as far as OPC 10000-4 §6.1.3 leaves it to the administrator.
/// </summary>
public sealed record CertificateChecks
{
    /// <summary>How far the two ends' clocks may be apart, zero or above; default 5 min.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether an authority without a usable revocation list makes its certificates fail with
    /// BadCertificateRevocationUnknown; default true. A revoked certificate is never accepted.</summary>
    public bool RequireRevocationList { get; init; } = true;

    /// <summary>Whether a server's certificate must name the host that was connected to; default true.</summary>
    public bool CheckHostName { get; init; } = true;
}
