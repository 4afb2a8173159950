using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Tests.Pki;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>An application with a store and a certificate of its own. Making a key costs time: the parties of
/// <see cref="Of"/> are made once for all tests and trust each other.</summary>
internal sealed class Party
{
    private static readonly ConcurrentDictionary<(string Name, int Bits), Lazy<Party>> Known = new();
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("coatline-parties-");

    private Party(string name, int bits)
    {
        Uri = $"urn:test:{name}:{bits}";
        Store = new PkiStore(Path.Combine(Folder.FullName, $"{name}-{bits}"), TimeProvider.System) { KeyBits = bits };
        Own = AsymmetricVectors.Known.Keys.ContainsKey($"{name}{bits}")
            ? WithKnownKey(name, bits)
            : Store.OwnCertificate(new ApplicationIdentity(Uri, name, ["127.0.0.1", "localhost"]));
        Pki = new ApplicationPki(Own, new CertificateValidator(Store, TimeProvider.System));
    }

    public static Party Server => Of("server", 2048);

    public static Party Client => Of("client", 2048);

    public string Uri { get; }

    public PkiStore Store { get; }

    public OwnCertificate Own { get; }

    public ApplicationPki Pki { get; }

    public static Party Of(string name, int bits) => Known.GetOrAdd(
        (name, bits), key => new Lazy<Party>(() => new Party(key.Name, key.Bits))).Value;

    /// <summary>Both trust each other from here on.</summary>
    public Party With(Party other)
    {
        lock (Known)
        {
            Store.Add(PkiFolder.Trusted, other.Own.Certificate);
            other.Store.Add(PkiFolder.Trusted, Own.Certificate);
        }

        return this;
    }

    /// <summary>Making a long key takes seconds; those of client and server lie ready.</summary>
    private OwnCertificate WithKnownKey(string name, int bits)
    {
        using var key = AsymmetricVectors.Known.Key($"{name}{bits}");
        var made = new TestCertificate
        {
            Name = name,
            Key = key,
            ApplicationUri = Uri,
            Dns = "localhost",
            Address = "127.0.0.1",
            From = DateTimeOffset.UnixEpoch,
            Until = DateTimeOffset.UnixEpoch.AddYears(100),
        };
        using var bare = made.SignedByItself();
        var certificate = bare.CopyWithPrivateKey(key);
        return new OwnCertificate(certificate, certificate.RawData, "", []);
    }

    /// <summary>Removes what the tests put on the disk.</summary>
    public static void Clear() => Folder.Delete(recursive: true);
}

/// <summary>The stores go when the last test of the namespace has run.</summary>
[SetUpFixture]
internal sealed class PartySetUp
{
    [OneTimeTearDown]
    public void TearDown() => Party.Clear();
}
