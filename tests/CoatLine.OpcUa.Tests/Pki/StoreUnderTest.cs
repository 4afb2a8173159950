using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Pki;

/// <summary>A store in a folder of one test's own, and the clock that it goes by.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coatline-pki-");

    public StoreUnderTest() => Store = new PkiStore(_folder.FullName, Time);

    public FakeTimeProvider Time { get; } = new(TestCertificate.Now);

    public PkiStore Store { get; }

    public string Root => _folder.FullName;

    public string[] Names(string folder) => !Directory.Exists(Path.Combine(Root, folder))
        ? []
        : [.. Directory.GetFiles(Path.Combine(Root, folder)).Select(Path.GetFileName).Order()!];

    public void Put(string path, byte[] content)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    public StoreUnderTest With(PkiFolder folder, params X509Certificate2[] certificates)
    {
        foreach (X509Certificate2 certificate in certificates)
        {
            Store.Add(folder, certificate);
        }

        return this;
    }

    public CertificateVerdict Judge(
        byte[] der, CertificateExpectation? expected = null, CertificateChecks? checks = null) =>
        new CertificateValidator(Store, Time) { Checks = checks ?? new() }.Validate(der, expected ?? Server);

    public static CertificateExpectation Server { get; } = new()
    {
        Role = CertificateRole.Server,
        ApplicationUri = TestCertificate.Uri,
        HostName = "plc-1.plant",
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
