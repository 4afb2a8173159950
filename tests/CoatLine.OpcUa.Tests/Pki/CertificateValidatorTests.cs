using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;

namespace CoatLine.OpcUa.Tests.Pki;

/// <summary>Every check of OPC 10000-4 §6.1.3 on a certificate that signed itself, both sides of each limit.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CertificateValidatorTests : IDisposable
{
    private static readonly TimeSpan Skew = new CertificateChecks().ClockSkew;

    private readonly StoreUnderTest _pki = new();

    private static TestCertificate Sound { get; } = new();

    public void Dispose() => _pki.Dispose();

    private static IEnumerable<TestCaseData> Cases()
    {
        static TestCaseData Case(
            string name, TestCertificate certificate, StatusCode status, CertificateExpectation? expected = null) =>
            new TestCaseData(certificate, expected ?? StoreUnderTest.Server, status).SetName(
                $"Certificate_{name}_Is{status}");

        CertificateExpectation server = StoreUnderTest.Server;
        CertificateExpectation client = new() { Role = CertificateRole.Client };
        CertificateExpectation user = new() { Role = CertificateRole.User };
        DateTimeOffset now = TestCertificate.Now;
        TimeSpan second = TimeSpan.FromSeconds(1);
        StatusCode good = StatusCodes.Good;

        yield return Case("Sound", Sound, good);
        yield return Case("WithAKeyOf1024Bit", Sound with { Key = Keys.Short },
            StatusCodes.BadCertificatePolicyCheckFailed);
        yield return Case("WithAKeyOf1024BitWhereAllowed", Sound with { Key = Keys.Short }, good,
            server with { MinKeyBits = 1024 });
        yield return Case("WithAKeyOverTheMost", Sound, StatusCodes.BadCertificatePolicyCheckFailed,
            server with { MaxKeyBits = 2047 });
        yield return Case("WithAKeyOfTheMost", Sound, good, server with { MaxKeyBits = 2048 });
        yield return Case("SignedWithSha1", Sound with { Hash = HashAlgorithmName.SHA1 },
            StatusCodes.BadCertificatePolicyCheckFailed);
        yield return Case("SignedWithSha384", Sound with { Hash = HashAlgorithmName.SHA384 }, good);
        yield return Case("SignedWithAHashThatThePolicyLacks", Sound with { Hash = HashAlgorithmName.SHA384 },
            StatusCodes.BadCertificatePolicyCheckFailed,
            server with { SignatureHashes = [HashAlgorithmName.SHA256] });

        yield return Case("ThatBeginsWithinTheSkew", Sound with { From = now + Skew }, good);
        yield return Case("ThatBeginsBeyondTheSkew", Sound with { From = now + Skew + second },
            StatusCodes.BadCertificateTimeInvalid);
        yield return Case("ThatEndedWithinTheSkew", Sound with { Until = now - Skew }, good);
        yield return Case("ThatEndedBeyondTheSkew", Sound with { Until = now - Skew - second },
            StatusCodes.BadCertificateTimeInvalid);

        yield return Case("NamingTheHostInOtherCase", Sound with { Dns = "PLC-1.Plant" }, good);
        yield return Case("NamingAnotherHost", Sound with { Dns = "plc-2.plant" },
            StatusCodes.BadCertificateHostNameInvalid);
        yield return Case("NamingTheAddress", Sound, good, server with { HostName = "10.0.0.7" });
        yield return Case("NamingAnotherAddress", Sound, StatusCodes.BadCertificateHostNameInvalid,
            server with { HostName = "10.0.0.8" });
        yield return Case("WithoutNamesWhereNoHostIsAsked", Sound with { Dns = null, Address = null }, good,
            server with { HostName = null });

        yield return Case("OfAnotherApplication", Sound with { ApplicationUri = "urn:plant:plc-2" },
            StatusCodes.BadCertificateUriInvalid);
        yield return Case("OfTheApplicationInOtherCase", Sound with { ApplicationUri = "urn:plant:PLC-1" },
            StatusCodes.BadCertificateUriInvalid);
        yield return Case("WithoutUri", Sound with { ApplicationUri = null }, StatusCodes.BadCertificateUriInvalid);
        yield return Case("WithoutUriWhereNoneIsAsked", Sound with { ApplicationUri = null }, good,
            server with { ApplicationUri = null });

        foreach (X509KeyUsageFlags missing in new[]
            {
                X509KeyUsageFlags.DigitalSignature, X509KeyUsageFlags.KeyEncipherment,
                X509KeyUsageFlags.DataEncipherment,
            })
        {
            yield return Case($"WithoutUsage{missing}", Sound with { Usage = Sound.Usage & ~missing },
                StatusCodes.BadCertificateUseNotAllowed);
        }

        yield return Case("WithoutUsageNonRepudiation",
            Sound with { Usage = Sound.Usage & ~X509KeyUsageFlags.NonRepudiation }, good);
        yield return Case("WithoutAnyUsage", Sound with { Usage = null }, StatusCodes.BadCertificateUseNotAllowed);
        yield return Case("WithoutPurposes", Sound with { Purposes = null }, good);
        yield return Case("OfAClientAsServer", Sound with { Purposes = [CertificateMaker.ClientPurpose] },
            StatusCodes.BadCertificateUseNotAllowed);
        yield return Case(
            "OfAClientAsClient", Sound with { Purposes = [CertificateMaker.ClientPurpose] }, good, client);
        yield return Case("OfAServerAsClient", Sound with { Purposes = [CertificateMaker.ServerPurpose] },
            StatusCodes.BadCertificateUseNotAllowed, client);
        yield return Case("OfAnyPurpose", Sound with { Purposes = ["2.5.29.37.0"] }, good);
        yield return Case("OfAPerson", Sound with
        {
            ApplicationUri = null, Usage = X509KeyUsageFlags.DigitalSignature, Purposes = ["1.3.6.1.5.5.7.3.4"],
        }, good, user);
        yield return Case("OfAPersonThatMayNotSign", Sound with { Usage = X509KeyUsageFlags.KeyEncipherment },
            StatusCodes.BadCertificateUseNotAllowed, user);
        yield return Case("WithACriticalExtensionThatNobodyKnows", Sound with { CriticalOid = "1.2.3.4" },
            StatusCodes.BadCertificateInvalid);
    }

    [TestCaseSource(nameof(Cases))]
    public void Certificate(TestCertificate certificate, CertificateExpectation expected, StatusCode status)
    {
        X509Certificate2 made = certificate.SignedByItself();

        CertificateVerdict verdict = _pki.With(PkiFolder.Trusted, made).Judge(made.RawData, expected);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Status, Is.EqualTo(status), verdict.Why);
            Assert.That(verdict.Why, status.IsGood ? Is.Empty : Does.Contain(made.Thumbprint));
        }
    }

    [Test]
    public void Certificate_SoundAndNotTrusted_IsUntrustedAndKeptForAPerson()
    {
        X509Certificate2 made = Sound.SignedByItself();

        CertificateVerdict first = _pki.Judge(made.RawData);
        _pki.Store.Trust(made.Thumbprint.ToLowerInvariant());
        CertificateVerdict then = _pki.Judge(made.RawData);
        _pki.Store.Reject(made.Thumbprint);
        CertificateVerdict last = _pki.Judge(made.RawData);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Status, Is.EqualTo(StatusCodes.BadCertificateUntrusted));
            Assert.That(first.Why, Does.Contain(Path.Combine(_pki.Root, "rejected")));
            Assert.That(then.Status, Is.EqualTo(StatusCodes.Good), then.Why);
            Assert.That(last.Status, Is.EqualTo(StatusCodes.BadCertificateUntrusted));
            Assert.That(_pki.Names("rejected/certs"), Is.EqualTo([$"PLC 1 [{made.Thumbprint}].der"]));
            Assert.That(_pki.Names("trusted/certs"), Is.Empty);
        }
    }

    [Test]
    public void Certificate_NotTrustedAndUnfit_IsNotKept()
    {
        X509Certificate2 made = (Sound with { Usage = X509KeyUsageFlags.KeyEncipherment }).SignedByItself();

        CertificateVerdict verdict = _pki.Judge(made.RawData);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Status, Is.EqualTo(StatusCodes.BadCertificateUntrusted));
            Assert.That(_pki.Names("rejected/certs"), Is.Empty);
        }
    }

    [Test]
    public void Certificate_WithTheNamesOfATrustedOneAndAnotherKey_IsUntrusted()
    {
        X509Certificate2 twin = (Sound with { Key = Keys.Other }).SignedByItself();

        Assert.That(
            _pki.With(PkiFolder.Trusted, Sound.SignedByItself()).Judge(twin.RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificateUntrusted));
    }

    [Test]
    public void Certificate_WhoseNamesWereChangedAfterSigning_IsInvalid()
    {
        byte[] der = Sound.SignedByItself().RawData;
        der[der.AsSpan().IndexOf("plc-1.plant"u8) + 4]++;

        Assert.That(_pki.Judge(der).Status, Is.EqualTo(StatusCodes.BadCertificateInvalid));
    }

    [Test]
    public void Certificate_SignedWithPss_FailsThePolicy()
    {
        X509Certificate2 made = Sound.SignedBy(Sound, RSASignaturePadding.Pss);

        Assert.That(
            _pki.With(PkiFolder.Trusted, made).Judge(made.RawData).Status,
            Is.EqualTo(StatusCodes.BadCertificatePolicyCheckFailed));
    }

    [Test]
    public void HostName_WhereItIsSwitchedOff_DoesNotMatter()
    {
        X509Certificate2 made = (Sound with { Dns = "plc-2.plant" }).SignedByItself();

        Assert.That(
            _pki.With(PkiFolder.Trusted, made)
                .Judge(made.RawData, checks: new CertificateChecks { CheckHostName = false }).IsGood,
            Is.True);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(400)]
    [TestCase(CertificateValidator.MaxChainBytes + 1)]
    public void Bytes_ThatAreNoCertificate_AreInvalid(int count) =>
        Assert.That(_pki.Judge(new byte[count]).Status, Is.EqualTo(StatusCodes.BadCertificateInvalid));

    [Test]
    public void Certificate_CutAnywhere_IsInvalidAndNeverThrows()
    {
        byte[] der = Sound.SignedByItself().RawData;
        for (int length = 0; length < der.Length; length += 7)
        {
            Assert.That(_pki.Judge(der[..length]).Status, Is.EqualTo(StatusCodes.BadCertificateInvalid), $"{length}");
        }
    }

    [Test]
    public void Certificate_WithOneByteChangedAnywhere_IsNeverGoodAndNeverThrows()
    {
        X509Certificate2 made = Sound.SignedByItself();
        _pki.With(PkiFolder.Trusted, made);
        byte[] der = made.RawData;
        for (int at = 0; at < der.Length; at += 3)
        {
            byte[] changed = [.. der];
            changed[at] ^= 0x55;
            Assert.That(_pki.Judge(changed).IsGood, Is.False, $"byte {at}");
        }
    }
}
