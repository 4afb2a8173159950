using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;

namespace CoatLine.OpcUa.Tests.Pki;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PkiStoreTests : IDisposable
{
    private static readonly ApplicationIdentity Identity =
        new("urn:Plant:MES/Line%201", "CoatLine: MES/1", ["mes.plant", "10.0.0.5", "::1"]);

    private readonly StoreUnderTest _pki = new();

    public void Dispose() => _pki.Dispose();

    [Test]
    public void OwnCertificate_OnFirstUse_IsCreatedAndThenKept()
    {
        OwnCertificate first = _pki.Store.OwnCertificate(Identity);
        OwnCertificate second = new PkiStore(_pki.Root, _pki.Time).OwnCertificate(Identity);

        string name = $"CoatLine_ MES_1 [{first.Certificate.Thumbprint}]";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Certificate.Thumbprint, Is.EqualTo(first.Certificate.Thumbprint));
            Assert.That(second.Certificate.HasPrivateKey, Is.True);
            Assert.That(first.Chain.ToArray(), Is.EqualTo(first.Certificate.RawData));
            Assert.That(first.Warnings, Is.Empty);
            Assert.That(_pki.Names("own/certs"), Is.EqualTo([name + ".der"]));
            Assert.That(_pki.Names("own/private"), Is.EqualTo([name + ".pem"]));
        }
    }

    [Test]
    public void OwnCertificate_Created_SatisfiesTheChecksOfAPeerInBothRoles()
    {
        OwnCertificate own = _pki.Store.OwnCertificate(Identity);
        using StoreUnderTest peer = new();
        peer.With(PkiFolder.Trusted, own.Certificate);

        using (Assert.EnterMultipleScope())
        {
            foreach (string host in Identity.HostNames)
            {
                CertificateVerdict server = peer.Judge(own.Chain.ToArray(), new CertificateExpectation
                {
                    Role = CertificateRole.Server, ApplicationUri = Identity.ApplicationUri, HostName = host,
                });
                Assert.That(server.Status, Is.EqualTo(StatusCodes.Good), server.Why);
            }

            CertificateVerdict client = peer.Judge(own.Chain.ToArray(), new CertificateExpectation
            {
                Role = CertificateRole.Client, ApplicationUri = Identity.ApplicationUri,
            });
            Assert.That(client.Status, Is.EqualTo(StatusCodes.Good), client.Why);
        }
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void OwnKey_Created_IsForItsOwnerAlone()
    {
        _pki.Store.OwnCertificate(Identity);

        Assert.That(File.GetUnixFileMode(KeyPath()), Is.EqualTo(PkiFile.OwnerOnly));
    }

    [TestCase(UnixFileMode.OtherRead, true)]
    [TestCase(UnixFileMode.OtherWrite, true)]
    [TestCase(UnixFileMode.GroupRead, false)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void OwnKey_ThatOthersMayRead_IsRefusedOrTold(UnixFileMode more, bool refused)
    {
        _pki.Store.OwnCertificate(Identity);
        File.SetUnixFileMode(KeyPath(), PkiFile.OwnerOnly | more);

        if (refused)
        {
            Assert.That(
                () => _pki.Store.OwnCertificate(Identity),
                Throws.TypeOf<PkiException>().With.Message.Contains($"chmod 600 '{KeyPath()}'"));
        }
        else
        {
            Assert.That(_pki.Store.OwnCertificate(Identity).Warnings.Single(), Does.Contain("chmod 600"));
        }
    }

    [Test]
    public void OwnKey_OfAnotherCertificate_IsNamed()
    {
        _pki.Store.OwnCertificate(Identity);
        byte[] before = File.ReadAllBytes(CertificatePath());
        File.WriteAllText(KeyPath(), Keys.Other.ExportPkcs8PrivateKeyPem());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => _pki.Store.OwnCertificate(Identity),
                Throws.TypeOf<PkiException>().With.Message.Contains("does not belong to")
                    .And.Message.Contains(KeyPath()).And.Message.Contains(CertificatePath()));
            Assert.That(File.ReadAllBytes(CertificatePath()), Is.EqualTo(before));
        }
    }

    [TestCase("")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void OwnKey_ThatIsNone_IsNamed(string content)
    {
        _pki.Store.OwnCertificate(Identity);
        File.WriteAllText(KeyPath(), content);

        Assert.That(
            () => _pki.Store.OwnCertificate(Identity),
            Throws.TypeOf<PkiException>().With.Message.Contains(KeyPath()));
    }

    [Test]
    public void OwnKey_Missing_IsNamedAndNothingIsReplaced()
    {
        _pki.Store.OwnCertificate(Identity);
        string key = KeyPath();
        File.Delete(key);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => _pki.Store.OwnCertificate(Identity), Throws.TypeOf<PkiException>().With.Message.Contains(key));
            Assert.That(_pki.Names("own/private"), Is.Empty);
        }
    }

    [Test]
    public void OwnCertificate_AfterACrashAtAnyStepOfItsCreation_IsThereAtTheNextStart()
    {
        _pki.Store.OwnCertificate(Identity);
        (string key, string certificate) = (KeyPath(), CertificatePath());
        (byte[] keyBytes, byte[] certificateBytes) = (File.ReadAllBytes(key), File.ReadAllBytes(certificate));
        (string Path, byte[] Content)[][] leftBehind =
        [
            [(key + PkiFile.UnfinishedEnding, keyBytes[..100])],
            [(key, keyBytes)],
            [(key, keyBytes), (certificate + PkiFile.UnfinishedEnding, certificateBytes[..100])],
        ];

        foreach ((string Path, byte[] Content)[] files in leftBehind)
        {
            Directory.Delete(Path.Combine(_pki.Root, "own"), recursive: true);
            foreach ((string path, byte[] content) in files)
            {
                _pki.Put(path, content);
            }

            Assert.That(_pki.Store.OwnCertificate(Identity).Certificate.HasPrivateKey, Is.True);
        }
    }

    [Test]
    public void OwnCertificate_OfAnotherApplication_IsNamed()
    {
        _pki.Store.OwnCertificate(Identity);

        Assert.That(
            () => _pki.Store.OwnCertificate(Identity with { ApplicationUri = "urn:plant:other" }),
            Throws.TypeOf<PkiException>().With.Message.Contains(Identity.ApplicationUri)
                .And.Message.Contains("urn:plant:other"));
    }

    [Test]
    public void OwnCertificate_NearAndPastItsEnd_IsToldAndThenRefused()
    {
        _pki.Store.OwnCertificate(Identity);
        _pki.Time.Advance(_pki.Store.Lifetime - TimeSpan.FromDays(30));
        int early = _pki.Store.OwnCertificate(Identity).Warnings.Count;
        _pki.Time.Advance(TimeSpan.FromDays(1));
        IReadOnlyList<string> near = _pki.Store.OwnCertificate(Identity).Warnings;
        _pki.Time.Advance(TimeSpan.FromDays(30));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.Zero);
            Assert.That(near.Single(), Does.Contain("ends on 2031-05-31"));
            Assert.That(
                () => _pki.Store.OwnCertificate(Identity),
                Throws.TypeOf<PkiException>().With.Message.Contains("ended on 2031-05-31"));
        }
    }

    [Test]
    public void OwnCertificate_WithoutAHostThatIsAskedFor_IsTold()
    {
        _pki.Store.OwnCertificate(Identity);

        Assert.That(
            _pki.Store.OwnCertificate(Identity with { HostNames = ["mes.plant", "mes-2.plant"] }).Warnings.Single(),
            Does.Contain("'mes-2.plant'"));
    }

    [Test]
    public void OwnCertificate_ThatAnAuthorityIssued_GoesOutWithItsIssuers()
    {
        TestCertificate root = TestCertificate.Authority("Plant CA", Keys.Root);
        X509Certificate2 own = new TestCertificate().SignedBy(root);
        X509Certificate2 issuer = root.SignedByItself();
        _pki.With(PkiFolder.Own, own).With(PkiFolder.Issuer, issuer);
        string keyPath = Path.Combine(_pki.Root, $"own/private/PLC 1 [{own.Thumbprint}].pem");
        byte[] pem = System.Text.Encoding.ASCII.GetBytes(Keys.Leaf.ExportPkcs8PrivateKeyPem());
        PkiStore.Guard(() => PkiFile.Write(keyPath, pem, secret: true), keyPath);

        OwnCertificate loaded = _pki.Store.OwnCertificate(new(TestCertificate.Uri, "PLC 1", []));

        Assert.That(loaded.Chain.ToArray(), Is.EqualTo([.. own.RawData, .. issuer.RawData]));
    }

    [Test]
    public void OwnCertificate_InAFolderThatIsAFile_IsNamed()
    {
        _pki.Put("own", []);

        Assert.That(
            () => _pki.Store.OwnCertificate(Identity),
            Throws.TypeOf<PkiException>().With.Message.Contains(Path.Combine(_pki.Root, "own")));
    }

    [TestCase("not a uri", "MES", "h", "ApplicationUri")]
    [TestCase("urn:a", "", "h", "ApplicationName")]
    [TestCase("urn:a", "MES", "a b", "HostNames")]
    public void Identity_ThatIsNone_NamesItsField(string uri, string name, string host, string field) =>
        Assert.That(
            () => _pki.Store.OwnCertificate(new(uri, name, [host])),
            Throws.TypeOf<PkiException>().With.Message.Contains(field));

    [Test]
    public void Rejected_BeyondTheMost_LosesTheOldest()
    {
        for (int i = 0; i < PkiStore.MaxRejected + 2; i++)
        {
            X509Certificate2 certificate = new TestCertificate { Name = $"Stranger {i}" }.SignedByItself();
            _pki.Store.KeepRejected(certificate);
            File.SetLastWriteTimeUtc(
                Directory.GetFiles(Path.Combine(_pki.Root, "rejected/certs"), $"Stranger {i} *").Single(),
                TestCertificate.Now.UtcDateTime.AddMinutes(i - 1000));
        }

        string[] kept = _pki.Names("rejected/certs");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Has.Length.EqualTo(PkiStore.MaxRejected));
            Assert.That(kept, Has.None.StartsWith("Stranger 0 ").And.None.StartsWith("Stranger 1 "));
            Assert.That(kept, Has.Some.StartsWith($"Stranger {PkiStore.MaxRejected + 1} "));
        }
    }

    [Test]
    public void Entries_OfPemDerAndRubbish_AreReadOrNamed()
    {
        X509Certificate2 certificate = new TestCertificate().SignedByItself();
        _pki.Put("trusted/certs/a.pem", System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        _pki.Put("trusted/certs/b.cer", certificate.RawData);
        _pki.Put("trusted/certs/c.der", [1, 2, 3]);
        _pki.Put("trusted/certs/d.der", new byte[PkiFile.MaxCertificateBytes + 1]);
        _pki.Put("trusted/certs/e.txt", certificate.RawData);

        IReadOnlyList<PkiEntry> entries = _pki.Store.Entries(PkiFolder.Trusted);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                entries.Select(static e => e.Thumbprint),
                Is.EqualTo([certificate.Thumbprint, certificate.Thumbprint, "", ""]));
            Assert.That(entries[2].Problem, Does.Contain("c.der").And.Contain("no X.509 certificate"));
            Assert.That(entries[3].Problem, Does.Contain($"{PkiFile.MaxCertificateBytes} is the most"));
        }
    }

    [Test]
    public void Trust_OfAThumbprintThatNobodyShowed_IsNull()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_pki.Store.Trust(new string('A', 40)), Is.Null);
            Assert.That(_pki.Store.Reject(new string('A', 40)), Is.Null);
        }
    }

    private string KeyPath() => Directory.GetFiles(Path.Combine(_pki.Root, "own/private")).Single();

    private string CertificatePath() => Directory.GetFiles(Path.Combine(_pki.Root, "own/certs")).Single();
}
