using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CoatLine.Servers;

/// <summary>An authority of a test's own with a certificate for a broker and one for a client.</summary>
internal sealed class RabbitTls
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _authority;
    private readonly (string Certificate, string Key) _server;
    private readonly (string Certificate, string Key) _client;

    public RabbitTls()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256, Padding);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = request.CreateSelfSigned(From, Until);
        _authority = authority.ExportCertificatePem();
        _server = Issue(authority, "CN=broker", 2);
        _client = Issue(authority, "CN=client", 3);
    }

    private static RSASignaturePadding Padding => RSASignaturePadding.Pkcs1;

    /// <summary>Writes the authority, and returns the file.</summary>
    public string WriteAuthority(string folder) => Write(folder, "ca.pem", _authority);

    /// <summary>Writes the client's certificate and key, and returns the files.</summary>
    public (string Certificate, string Key) WriteClient(string folder) =>
        (Write(folder, "client.pem", _client.Certificate), Write(folder, "client.key", _client.Key));

    /// <summary>Writes the broker's files and returns its settings: whoever comes must show a certificate.</summary>
    public string WriteTo(string folder, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        listeners.ssl.1 = 127.0.0.1:{port}
        ssl_options.cacertfile = {WriteAuthority(folder)}
        ssl_options.certfile = {Write(folder, "server.pem", _server.Certificate)}
        ssl_options.keyfile = {Write(folder, "server.key", _server.Key)}
        ssl_options.verify = verify_peer
        ssl_options.fail_if_no_peer_cert = true

        """);

    private static (string, string) Issue(X509Certificate2 authority, string name, byte number)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, Padding);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(authority, From.AddDays(1), Until.AddDays(-1), [number]);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
