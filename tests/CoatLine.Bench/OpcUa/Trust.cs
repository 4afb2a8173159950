using CoatLine.OpcUa.Pki;

namespace CoatLine.Bench.OpcUa;

/// <summary>Certificates of our server and our client, which trust each other, in a folder that goes with the
/// benchmark.</summary>
internal sealed class Trust : IDisposable
{
    public const string ServerUri = "urn:coatline:bench:server";
    public const string ClientUri = "urn:coatline:bench:client";

    private const string ServerFolder = "server";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("coatline-bench-");

    public Trust()
    {
        Root = folder.FullName;
        var server = ServerPki(Root).Own.Certificate;
        var store = new PkiStore(Path.Combine(Root, "client"), TimeProvider.System);
        Client = Pki(store, ClientUri);
        store.Add(PkiFolder.Trusted, server);
        new PkiStore(Path.Combine(Root, ServerFolder), TimeProvider.System)
            .Add(PkiFolder.Trusted, Client.Own.Certificate);
    }

    /// <summary>What the server's process needs to know.</summary>
    public string Root { get; }

    public ApplicationPki Client { get; }

    public static ApplicationPki ServerPki(string root) =>
        Pki(new PkiStore(Path.Combine(root, ServerFolder), TimeProvider.System), ServerUri);

    public void Dispose() => folder.Delete(recursive: true);

    private static ApplicationPki Pki(PkiStore store, string uri) => new(
        store.OwnCertificate(new ApplicationIdentity(uri, "CoatLine benchmark", ["localhost", "127.0.0.1"])),
        new CertificateValidator(store, TimeProvider.System));
}
