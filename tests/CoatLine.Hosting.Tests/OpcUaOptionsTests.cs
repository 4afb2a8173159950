using CoatLine.Hosting;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Hosting.Tests;

[TestFixture]
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OpcUaOptionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coatline-security-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private CoatLineOptions Options => new() { DataDirectory = _folder.FullName, Line = "anode-2" };

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(OpcUaOptions.PasswordVariable, null);
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        static TestCaseData Case(string name, string field, OpcUaOptions options) =>
            new TestCaseData(options, field).SetName($"Errors_Of{name}_NameTheField");

        yield return Case("APolicyThatIsBroken", "OpcUa:SecurityPolicy", new() { SecurityPolicy = "Basic256" });
        yield return Case("NoneWithoutLeave", "OpcUa:SecurityPolicy", new() { SecurityPolicy = "None" });
        yield return Case("AModeThatIsNone", "OpcUa:SecurityMode", new() { SecurityMode = "None" });
        yield return Case("AnEmptyFolder", "OpcUa:PkiDirectory", new() { PkiDirectory = " " });
        yield return Case("ANameThatIsNoUri", "OpcUa:ApplicationUri", new() { ApplicationUri = "mes 1" });
        yield return Case("AnUnknownStack", "OpcUa:Stack", new() { Stack = (OpcUaStack)7 });
        yield return Case("AUserWithoutPassword", "OpcUa:UserName", new() { UserName = "mes" });
        yield return Case("APasswordWithoutUser", "OpcUa:PasswordFile", new() { PasswordFile = "/nowhere" });
        yield return Case("APasswordFileThatIsNotThere", "OpcUa:PasswordFile",
            new() { UserName = "mes", PasswordFile = "/nowhere/password" });
    }

    [TestCaseSource(nameof(Wrong))]
    public void Errors(OpcUaOptions options, string field) =>
        Assert.That(options.Errors().Single(), Does.StartWith(field + " "));

    [Test]
    public void Errors_OfSeveralWrongSettings_AreAllThereWithTheOthers()
    {
        CoatLineOptions options = new()
        {
            Line = "Line 1",
            OpcUa = new OpcUaOptions { SecurityPolicy = "Basic256", SecurityMode = "x", UserName = "" },
        };

        // Line, policy, mode, an empty user, and its password.
        Assert.That(
            new CoatLineOptionsValidator().Validate(null, options).Failures!.Count(), Is.EqualTo(5));
    }

    [TestCase("Basic256Sha256", "sign")]
    [TestCase("aes256_sha256_rsapss", "SignAndEncrypt")]
    public void Errors_OfKnownNamesInAnyCase_AreNone(string policy, string mode) =>
        Assert.That(new OpcUaOptions { SecurityPolicy = policy, SecurityMode = mode }.Errors(), Is.Empty);

    [Test]
    public void Access_WithoutAnySetting_IsSecuredAndSilent()
    {
        LineAccess access = LineAccess.Open(Options, _time);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(access.Warnings, Is.Empty);
            Assert.That(access.Connection.AllowInsecure, Is.False);
            Assert.That(access.Connection.SecurityPolicy, Is.Null);
            Assert.That(access.Connection.Pki!.Own.Path, Does.StartWith(Path.Combine(_folder.FullName, "pki", "mes")));
            Assert.That(access.Connection.ApplicationUri, Does.StartWith("urn:").And.EndWith(":coatline:mes:anode-2"));
            Assert.That(access.Connection.User, Is.SameAs(UserIdentity.Anonymous));
        }
    }

    [Test]
    public void Access_WithAllowInsecure_WarnsAtEveryStart()
    {
        CoatLineOptions options = Options;
        options.OpcUa.AllowInsecure = true;
        string[] warnings =
        [
            .. LineAccess.Open(options, _time).Warnings,
            .. LineAccess.Open(options, _time).Warnings,
        ];

        Assert.That(warnings, Has.Length.EqualTo(2).And.All.Contain("AllowInsecure").And.All.Contain("4840"));
    }

    [Test]
    public void Access_WithPolicyNone_MakesNoCertificate()
    {
        CoatLineOptions options = Options;
        (options.OpcUa.AllowInsecure, options.OpcUa.SecurityPolicy) = (true, "None");

        LineAccess access = LineAccess.Open(options, _time);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(access.Connection.Pki, Is.Null);
            Assert.That(access.Connection.SecurityPolicy, Is.SameAs(UaSecurityPolicy.None));
            Assert.That(_folder.GetDirectories(), Is.Empty);
        }
    }

    [Test]
    public void Access_AfterTheLineWasRenamed_KeepsTheNameInItsCertificate()
    {
        LineAccess before = LineAccess.Open(Options, _time);
        CoatLineOptions renamed = Options;
        renamed.Line = "anode-3";

        LineAccess after = LineAccess.Open(renamed, _time);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Connection.ApplicationUri, Is.EqualTo(before.Connection.ApplicationUri));
            Assert.That(
                after.Connection.Pki!.Own.Certificate.Thumbprint,
                Is.EqualTo(before.Connection.Pki!.Own.Certificate.Thumbprint));
        }
    }

    [Test]
    public void Access_WithModeAndChecks_PassesThemOn()
    {
        CoatLineOptions options = Options;
        options.OpcUa = new OpcUaOptions
        {
            SecurityPolicy = "Basic256Sha256",
            SecurityMode = "Sign",
            CheckHostName = false,
            RequireRevocationList = false,
            PkiDirectory = Path.Combine(_folder.FullName, "store"),
            ApplicationUri = "urn:plant:mes",
        };

        LineAccess access = LineAccess.Open(options, _time);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(access.Connection.SecurityPolicy, Is.SameAs(UaSecurityPolicy.Basic256Sha256));
            Assert.That(access.Connection.SecurityMode, Is.EqualTo(MessageSecurityMode.Sign));
            Assert.That(access.Connection.ApplicationUri, Is.EqualTo("urn:plant:mes"));
            Assert.That(
                access.Connection.Pki!.Validator.Checks,
                Is.EqualTo(new CertificateChecks { CheckHostName = false, RequireRevocationList = false }));
            Assert.That(Directory.Exists(Path.Combine(_folder.FullName, "store", "own")), Is.True);
        }
    }

    [TestCase(UnixFileMode.None, true)]
    [TestCase(UnixFileMode.OtherRead, false)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Password_InAFile_IsTakenUnlessEverybodyMayReadIt(UnixFileMode more, bool taken)
    {
        string path = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(path, "not a secret\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        OpcUaOptions options = new() { UserName = "mes", PasswordFile = path };

        Assert.That(options.Errors(), taken ? Is.Empty : Has.Exactly(1).Contains($"chmod 600 '{path}'"));
        if (taken)
        {
            Assert.That(new LinePassword(options).User().Name, Is.EqualTo("mes"));
        }
    }

    [Test]
    public void Password_InTheEnvironment_NeedsNoFile()
    {
        OpcUaOptions options = new() { UserName = "mes" };
        Environment.SetEnvironmentVariable(OpcUaOptions.PasswordVariable, "not a secret");

        Assert.That(options.Errors(), Is.Empty);
        Assert.That(new LinePassword(options).User().ToString(), Does.Contain("mes").And.Not.Contain("secret"));
    }
}
