using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;

namespace CoatLine.Conformance.Tests.Servers;

/// <summary>
/// The certificate stores of one test run: client and servers trust each other; the stranger's certificate is as sound
/// as theirs, but nobody trusts it.
/// </summary>
internal sealed class TestCertificates : IDisposable
{
    public const string ClientUri = "urn:coatline:conformance:client";
    public const string ServerUri = "urn:coatline:conformance:server";
    public const string UserName = "operator";
    public const string Password = "µ-paß-水";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("coatline-conformance-pki-");

    private TestCertificates()
    {
        Server = Own("server", ServerUri, "localhost", "127.0.0.1");
        OwnCertificate client = Own("client", ClientUri);
        OwnCertificate stranger = Own("stranger", ClientUri);
        Trust("client", Server);
        Trust("stranger", Server);
        Trust("server", client);
        Client = new ApplicationPki(client, Validator("client"));
        ClientNobodyTrusts = new ApplicationPki(stranger, Validator("stranger"));
        ClientThatTrustsNobody = new ApplicationPki(client, Validator("nobody"));
        ServerPki = new ApplicationPki(Server, Validator("server"));
        User = Own("user", "urn:coatline:conformance:user").Certificate;
        UserNobodyTrusts = Own("other", "urn:coatline:conformance:other").Certificate;
        Store("users").Add(PkiFolder.Trusted, Public(User));
        Users = Validator("users");
    }

    public static TestCertificates Instance => Made.Value;

    public ApplicationPki Client { get; }

    public ApplicationPki ClientNobodyTrusts { get; }

    public ApplicationPki ClientThatTrustsNobody { get; }

    public ApplicationPki ServerPki { get; }

    public OwnCertificate Server { get; }

    public X509Certificate2 User { get; }

    public X509Certificate2 UserNobodyTrusts { get; }

    public CertificateValidator Users { get; }

    private static Lazy<TestCertificates> Made { get; } = new(static () => new TestCertificates());

    /// <summary>Writes the server's certificate and key, and whom it trusts, where node-opcua looks for them.</summary>
    public (string Certificate, string Key) WriteFor(DirectoryInfo applications, DirectoryInfo users)
    {
        Trust(applications, Client.Own.Certificate);
        Trust(users, User);
        return Write("server", Server.Certificate);
    }

    /// <summary>The same for node-opcua as the client.</summary>
    public NodeClientFiles WriteFor(DirectoryInfo applications)
    {
        Trust(applications, Server.Certificate);
        (string certificate, string key) = Write("client", Client.Own.Certificate);
        (string userCertificate, string userKey) = Write("user", User);
        return new NodeClientFiles(certificate, key, userCertificate, userKey);
    }

    public static void Forget()
    {
        if (Made.IsValueCreated)
        {
            Made.Value.Dispose();
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Trust(DirectoryInfo root, X509Certificate2 trusted)
    {
        string certs = Directory.CreateDirectory(Path.Combine(root.FullName, "trusted", "certs")).FullName;
        File.WriteAllText(Path.Combine(certs, $"{trusted.Thumbprint}.pem"), trusted.ExportCertificatePem());
    }

    private (string Certificate, string Key) Write(string name, X509Certificate2 of)
    {
        string certificate = Path.Combine(folder.FullName, $"{name}.pem");
        string key = Path.Combine(folder.FullName, $"{name}-key.pem");
        File.WriteAllText(certificate, of.ExportCertificatePem());
        File.WriteAllText(key, of.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return (certificate, key);
    }

    private static X509Certificate2 Public(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadCertificate(certificate.RawData);

    private OwnCertificate Own(string name, string uri, params string[] hosts) =>
        Store(name).OwnCertificate(new ApplicationIdentity(uri, $"Conformance {name}", hosts));

    private void Trust(string name, OwnCertificate peer) =>
        Store(name).Add(PkiFolder.Trusted, Public(peer.Certificate));

    private CertificateValidator Validator(string name) => new(Store(name), TimeProvider.System);

    private PkiStore Store(string name) => new(Path.Combine(folder.FullName, name), TimeProvider.System);
}

/// <summary>Files for node-opcua as the client.</summary>
internal sealed record NodeClientFiles(string Certificate, string Key, string UserCertificate, string UserKey);
