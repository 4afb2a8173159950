using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Pki;
using CoatLine.OpcUa.Services;
using CoatLine.Simulator;

namespace CoatLine.System.Tests;

/// <summary>How a person brings two strangers, MES and PLC, to trust each other; nothing goes without.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SecuredLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PkiStore _plc;
    private readonly OwnCertificate _plcOwn;

    public SecuredLineTests()
    {
        _plc = new PkiStore(_folder.File("plc"), TimeProvider.System);
        _plcOwn = _plc.OwnCertificate(SimulatedLine.Identity);
    }

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task LineCheck_OfAStranger_NeedsTrustOnBothSidesAndThenHolds()
    {
        await using SimulatedLine line = await StartAsync();

        Answer stranger = await Coatline.RunAsync("line", "check", line.EndpointUrl, "--data", Data);
        Answer trustPlc = await Coatline.RunAsync("pki", "trust", _plcOwn.Certificate.Thumbprint, "--data", Data);
        Answer turnedAway = await Coatline.RunAsync("line", "check", line.EndpointUrl, "--data", Data);
        string mes = _plc.Entries(PkiFolder.Rejected).Select(static e => e.Thumbprint).SingleOrDefault("none");
        Answer trustMes = await Coatline.RunAsync("pki", "trust", mes, "--pki", _plc.Root);
        Answer check = await Coatline.RunAsync("line", "check", line.EndpointUrl, "--data", Data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stranger.ExitCode, Is.EqualTo(3), stranger.ToString());
            Assert.That(
                stranger.Errors,
                Does.Contain("BadCertificateUntrusted").And.Contain(_plcOwn.Certificate.Thumbprint));
            Assert.That(trustPlc.ExitCode, Is.Zero, trustPlc.ToString());
            Assert.That(turnedAway.ExitCode, Is.EqualTo(3), turnedAway.ToString());
            Assert.That(turnedAway.Errors, Does.Contain("BadSecurityChecksFailed"));
            Assert.That(trustMes.ExitCode, Is.Zero, trustMes.ToString());
            Assert.That(check.ExitCode, Is.Zero, check.ToString());
        }
    }

    [Test]
    public async Task Simulator_WithACertificate_OffersNothingUnsecuredAndTheStrongestFirst()
    {
        await using SimulatedLine line = await StartAsync();

        IReadOnlyList<EndpointDescription> endpoints = await UaDiscovery.GetEndpointsAsync(
            line.EndpointUrl, TimeProvider.System, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoints.Select(static e => e.SecurityMode), Has.None.EqualTo(MessageSecurityMode.None));
            Assert.That(endpoints, Has.Count.EqualTo(6));
            Assert.That(endpoints[0].SecurityMode, Is.EqualTo(MessageSecurityMode.SignAndEncrypt));
            Assert.That(endpoints[0].SecurityPolicyUri, Does.EndWith("#Aes256_Sha256_RsaPss"));
        }
    }

    [Test]
    public async Task LineCheck_OfAnUnsecuredLine_NeedsLeaveAndThenWarns()
    {
        await using SimulatedLine line = new(
            new SimulatorOptions { AllowInsecure = true }, TimeProvider.System, TimeProvider.System);
        await line.StartAsync(CancellationToken.None);

        Answer refused = await Coatline.RunAsync("line", "check", line.EndpointUrl, "--data", Data);
        Answer allowed = await Coatline.RunAsync(
            "line", "check", line.EndpointUrl, "--data", Data, "--allow-insecure");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ExitCode, Is.EqualTo(3), refused.ToString());
            Assert.That(refused.Errors, Does.Contain("AllowInsecure"));
            Assert.That(allowed.ExitCode, Is.Zero, allowed.ToString());
            Assert.That(allowed.Errors, Does.Contain("WARNING").And.Contain("without security"));
        }
    }

    [TestCase("OpcUa:SecurityPolicy", "--policy", "Basic128Rsa15")]
    [TestCase("OpcUa:AllowInsecure", "--policy", "None")]
    [TestCase("COATLINE_OPCUA_PASSWORD", "--user", "mes")]
    public async Task Run_WithWrongSecurity_NamesTheFieldAndChangesNothing(string named, params string[] arguments)
    {
        Answer run = await Coatline.RunAsync(["run", "--once", "--data", Data, .. arguments]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
            Assert.That(run.Errors, Does.Contain(named));
            Assert.That(Directory.Exists(Data), Is.False);
        }
    }

    private async Task<SimulatedLine> StartAsync()
    {
        SimulatedLine line = new(
            new SimulatorOptions
            {
                Pki = new ApplicationPki(_plcOwn, new CertificateValidator(_plc, TimeProvider.System)),
            },
            TimeProvider.System,
            TimeProvider.System);
        await line.StartAsync(CancellationToken.None);
        return line;
    }
}
