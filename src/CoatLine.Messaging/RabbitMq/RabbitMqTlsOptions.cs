using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CoatLine.Messaging;

/// <summary>How the connection to RabbitMQ is encrypted, TLS 1.2 or newer. The broker's certificate is always checked.
/// </summary>
public sealed class RabbitMqTlsOptions
{
    /// <summary>PEM file of the one authority that the broker's certificate must come from; null (default) trusts those
    /// of the operating system.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>PEM file of the own certificate, for a broker that asks for one; null (default) shows none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of the key of <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Name that the broker's certificate must have; null (default) is the host's.</summary>
    public string? ServerName { get; set; }

    internal static SslProtocols Protocols => SslProtocols.Tls12 | SslProtocols.Tls13;

    internal IEnumerable<string> Errors()
    {
        if ((CertificateFile is null) != (KeyFile is null))
        {
            yield return "RabbitMq:Tls:CertificateFile and RabbitMq:Tls:KeyFile need each other";
        }

        string? error = null;
        try
        {
            _ = Authority();
            Own()?.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException
            or ArgumentException)
        {
            error = $"a file of RabbitMq:Tls can't be read ({e.Message.TrimEnd('.')})";
        }

        if (error is not null)
        {
            yield return error;
        }
    }

    internal X509Certificate2? Own() => CertificateFile is { } certificate && KeyFile is { } key
        ? X509Certificate2.CreateFromPemFile(certificate, key)
        : null;

    /// <summary>Judges the broker's certificate.</summary>
    internal RemoteCertificateValidationCallback Judge()
    {
        X509Certificate2Collection? authority = Authority();
        return (_, certificate, _, errors) => authority is null
            ? errors == SslPolicyErrors.None
            : (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
                && certificate is not null && ComesFrom(authority, certificate);
    }

    private static bool ComesFrom(X509Certificate2Collection authority, X509Certificate certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var broker = new X509Certificate2(certificate);
        return chain.Build(broker);
    }

    private X509Certificate2Collection? Authority()
    {
        if (AuthorityFile is not { } file)
        {
            return null;
        }

        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(file);
        return authority.Count > 0
            ? authority
            : throw new CryptographicException($"{file} holds no certificate");
    }
}
