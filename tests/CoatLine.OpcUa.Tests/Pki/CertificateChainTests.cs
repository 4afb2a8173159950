using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;

namespace CoatLine.OpcUa.Tests.Pki;

/// <summary>Certificates that an authority issued: chain, trust through it, its own fitness, revocation.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CertificateChainTests : IDisposable
{
    private const byte LeafSerial = 40;
    private const byte MiddleSerial = 41;

    private static readonly DateTimeOffset Now = TestCertificate.Now;
    private static readonly TestCertificate Root = TestCertificate.Authority("Plant CA", Keys.Root);
    private static readonly TestCertificate Middle =
        TestCertificate.Authority("Line CA", Keys.Middle) with { Serial = MiddleSerial };

    private static readonly TestCertificate Plc = new() { Serial = LeafSerial };

    private readonly StoreUnderTest _pki = new();

    public void Dispose() => _pki.Dispose();

    [Test]
    public void Chain_WithATrustedRootAndLists_IsGoodFromStoreOrWire()
    {
        X509Certificate2 leaf = Plc.SignedBy(Middle);
        X509Certificate2 middle = Middle.SignedBy(Root);
        _pki.With(PkiFolder.Trusted, Root.SignedByItself());
        Lists();

        CertificateVerdict sent = _pki.Judge([.. leaf.RawData, .. middle.RawData]);
        CertificateVerdict alone = _pki.Judge(leaf.RawData);
        CertificateVerdict stored = _pki.With(PkiFolder.Issuer, middle).Judge(leaf.RawData);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.Status, Is.EqualTo(StatusCodes.Good), sent.Why);
            Assert.That(alone.Status, Is.EqualTo(StatusCodes.BadCertificateChainIncomplete), alone.Why);
            Assert.That(alone.Why, Does.Contain("CN=Line CA"));
            Assert.That(stored.Status, Is.EqualTo(StatusCodes.Good), stored.Why);
        }
    }

    [Test]
    public void Chain_WithIssuersOnly_TrustsNobody()
    {
        X509Certificate2 leaf = Plc.SignedBy(Root);
        _pki.With(PkiFolder.Issuer, Root.SignedByItself());
        Lists();

        StatusCode before = _pki.Judge(leaf.RawData).Status;
        StatusCode after = _pki.With(PkiFolder.Trusted, leaf).Judge(leaf.RawData).Status;

        Assert.That((before, after), Is.EqualTo((StatusCodes.BadCertificateUntrusted, StatusCodes.Good)));
    }

    [Test]
    public void Chain_WithARootThatThePeerSent_IsUntrusted() =>
        Assert.That(
            _pki.Judge([.. Plc.SignedBy(Root).RawData, .. Root.SignedByItself().RawData]).Status,
            Is.EqualTo(StatusCodes.BadCertificateUntrusted));

    [Test]
    public void Chain_WithASignatureOfAnotherKeyUnderTheIssuersName_IsInvalid()
    {
        X509Certificate2 forged = Plc.SignedBy(Root with { Key = Keys.Other });

        Assert.That(
            _pki.With(PkiFolder.Trusted, Root.SignedByItself()).Judge(forged.RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificateInvalid));
    }

    [Test]
    public void Chain_UnderATrustedApplicationThatIsNoAuthority_IsRefused()
    {
        TestCertificate application = new() { Name = "Other PLC", Key = Keys.Root };
        X509Certificate2 leaf = Plc.SignedBy(application);

        Assert.That(
            _pki.With(PkiFolder.Trusted, application.SignedByItself()).Judge(leaf.RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificateIssuerUseNotAllowed));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void Chain_LongerThanAnAuthorityAllows_IsRefused(int pathLength, bool refused)
    {
        TestCertificate root = Root with { PathLength = pathLength };
        _pki.With(PkiFolder.Trusted, root.SignedByItself()).With(PkiFolder.Issuer, Middle.SignedBy(root));
        Lists();

        Assert.That(
            _pki.Judge(Plc.SignedBy(Middle).RawData).Status,
            Is.EqualTo(refused ? StatusCodes.BadCertificateIssuerUseNotAllowed : StatusCodes.Good));
    }

    [Test]
    public void Chain_WithAnAuthorityThatMayNotSign_IsRefused()
    {
        TestCertificate root = Root with { Usage = X509KeyUsageFlags.CrlSign };

        Assert.That(
            _pki.With(PkiFolder.Trusted, root.SignedByItself()).Judge(Plc.SignedBy(root).RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificateIssuerUseNotAllowed));
    }

    [Test]
    public void Chain_WithAnAuthorityThatEnded_NamesTheIssuersTime()
    {
        TestCertificate root = Root with { Until = Now.AddDays(-1) };

        Assert.That(
            _pki.With(PkiFolder.Trusted, root.SignedByItself()).Judge(Plc.SignedBy(root).RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificateIssuerTimeInvalid));
    }

    [Test]
    public void Chain_WithAShortKeyOfTheAuthority_FailsThePolicy()
    {
        TestCertificate root = Root with { Key = Keys.Short };

        Assert.That(
            _pki.With(PkiFolder.Trusted, root.SignedByItself()).Judge(Plc.SignedBy(root).RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificatePolicyCheckFailed));
    }

    [Test]
    public void Chain_OfMoreCertificatesThanAllowed_IsInvalid()
    {
        byte[] one = Plc.SignedByItself().RawData;
        byte[] many = [.. Enumerable.Repeat(one, CertificateChain.MaxLinks + 1).SelectMany(static c => c)];

        Assert.That(_pki.Judge(many).Status, Is.EqualTo(StatusCodes.BadCertificateInvalid));
    }

    [Test]
    public void Chain_OfTwoThatIssuedEachOther_EndsIncomplete()
    {
        X509Certificate2 middle = Middle.SignedBy(Root);
        X509Certificate2 root = Root.SignedBy(Middle);

        Assert.That(
            _pki.With(PkiFolder.Trusted, root, middle).Judge(Plc.SignedBy(Middle).RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificateChainIncomplete));
    }

    [Test]
    public void Revocation_WithoutAList_IsUnknownUnlessListsAreNotRequired()
    {
        byte[] leaf = Plc.SignedBy(Root).RawData;
        _pki.With(PkiFolder.Trusted, Root.SignedByItself());

        CertificateVerdict strict = _pki.Judge(leaf);
        CertificateVerdict lenient = _pki.Judge(leaf, checks: new CertificateChecks { RequireRevocationList = false });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(strict.Status, Is.EqualTo(StatusCodes.BadCertificateRevocationUnknown));
            Assert.That(lenient.Status, Is.EqualTo(StatusCodes.Good), lenient.Why);
        }
    }

    [Test]
    public void Revocation_OfTheIssuerWithoutAList_IsUnknown()
    {
        _pki.With(PkiFolder.Trusted, Root.SignedByItself()).With(PkiFolder.Issuer, Middle.SignedBy(Root));
        _pki.Put("issuer/crl/line.crl", Middle.RevocationList(Now.AddDays(-1), Now.AddDays(1)));

        Assert.That(
            _pki.Judge(Plc.SignedBy(Middle).RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificateIssuerRevocationUnknown));
    }

    [TestCase("trusted/crl/plant.crl", false)]
    [TestCase("issuer/crl/plant.der", true)]
    public void Revocation_OfAListedCertificate_IsFoundHoweverLenient(string path, bool required)
    {
        byte[] leaf = Plc.SignedBy(Root).RawData;
        _pki.With(PkiFolder.Trusted, Root.SignedByItself());
        _pki.Put(path, Root.RevocationList(Now.AddDays(-1), Now.AddDays(1), 3, LeafSerial));

        CertificateVerdict verdict =
            _pki.Judge(leaf, checks: new CertificateChecks { RequireRevocationList = required });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Status, Is.EqualTo(StatusCodes.BadCertificateRevoked));
            Assert.That(verdict.Why, Does.Contain("CN=Plant CA").And.Contain("2026-05-31"));
        }
    }

    [Test]
    public void Revocation_OfAListedIssuer_IsFound()
    {
        _pki.With(PkiFolder.Trusted, Root.SignedByItself()).With(PkiFolder.Issuer, Middle.SignedBy(Root));
        Lists(revokedByRoot: MiddleSerial);

        Assert.That(
            _pki.Judge(Plc.SignedBy(Middle).RawData).Status, Is.EqualTo(StatusCodes.BadCertificateIssuerRevoked));
    }

    [Test]
    public void Revocation_ByTheNewestList_Counts()
    {
        byte[] leaf = Plc.SignedBy(Root).RawData;
        _pki.With(PkiFolder.Trusted, Root.SignedByItself());
        _pki.Put("trusted/crl/a.crl", Root.RevocationList(Now.AddDays(-1), Now.AddDays(1), LeafSerial));
        _pki.Put("trusted/crl/b.crl", Root.RevocationList(Now.AddDays(-2), Now.AddDays(1)));

        Assert.That(_pki.Judge(leaf).Status, Is.EqualTo(StatusCodes.BadCertificateRevoked));
    }

    [Test]
    public void Revocation_ByAListOfAnotherKey_DoesNotCount()
    {
        byte[] leaf = Plc.SignedBy(Root).RawData;
        _pki.With(PkiFolder.Trusted, Root.SignedByItself());
        _pki.Put(
            "trusted/crl/a.crl",
            (Root with { Key = Keys.Other }).RevocationList(Now.AddDays(-1), Now.AddDays(1), LeafSerial));

        Assert.That(_pki.Judge(leaf).Status, Is.EqualTo(StatusCodes.BadCertificateRevocationUnknown));
    }

    [TestCase(0, true)]
    [TestCase(-1, false)]
    public void Revocation_ByAListThatEnded_IsUnknownBeyondTheSkew(int seconds, bool good)
    {
        byte[] leaf = Plc.SignedBy(Root).RawData;
        DateTimeOffset until = Now - new CertificateChecks().ClockSkew + TimeSpan.FromSeconds(seconds);
        _pki.With(PkiFolder.Trusted, Root.SignedByItself());
        _pki.Put("trusted/crl/a.crl", Root.RevocationList(Now.AddDays(-1), until));

        Assert.That(
            _pki.Judge(leaf).Status,
            Is.EqualTo(good ? StatusCodes.Good : StatusCodes.BadCertificateRevocationUnknown));
    }

    [Test]
    public void Revocation_ByAFileThatIsNoList_IsUnknown()
    {
        byte[] leaf = Plc.SignedBy(Root).RawData;
        _pki.With(PkiFolder.Trusted, Root.SignedByItself());
        _pki.Put("trusted/crl/a.crl", [1, 2, 3]);

        Assert.That(_pki.Judge(leaf).Status, Is.EqualTo(StatusCodes.BadCertificateRevocationUnknown));
    }

    private void Lists(params byte[] revokedByRoot)
    {
        _pki.Put("trusted/crl/plant.crl", Root.RevocationList(Now.AddDays(-1), Now.AddDays(1), revokedByRoot));
        _pki.Put("issuer/crl/line.crl", Middle.RevocationList(Now.AddDays(-1), Now.AddDays(1)));
    }
}
