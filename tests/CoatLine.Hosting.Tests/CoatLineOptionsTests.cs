using CoatLine.Hosting;
using Microsoft.Extensions.Options;

namespace CoatLine.Hosting.Tests;

[TestFixture]
internal sealed class CoatLineOptionsTests
{
    [Test]
    public void Validate_TheDefaults_Succeeds() =>
        Assert.That(new CoatLineOptionsValidator().Validate(null, new CoatLineOptions()).Succeeded, Is.True);

    [Test]
    public void Validate_EverythingWrong_ReportsEveryError()
    {
        CoatLineOptions options = new()
        {
            DataDirectory = " ",
            Line = "Line 1",
            EndpointUrl = "http://127.0.0.1:4840",
            Speed = 0,
            AgreementTimeout = TimeSpan.Zero,
        };

        ValidateOptionsResult result = new CoatLineOptionsValidator().Validate(null, options);

        string[] fields = ["DataDirectory", "Line ", "EndpointUrl", "Speed", "AgreementTimeout"];
        Assert.That(result.Failures!.Count(), Is.EqualTo(fields.Length));
        Assert.That(fields.Where(f => !result.Failures!.Any(e => e.StartsWith(f, StringComparison.Ordinal))), Is.Empty);
    }

    [TestCase("opc.tcp://127.0.0.1:4840", true)]
    [TestCase("opc.tcp://plc-7/line", true)]
    [TestCase("opc.https://127.0.0.1", false)]
    [TestCase("127.0.0.1:4840", false)]
    [TestCase("opc.tcp://", false)]
    [TestCase("", false)]
    public void Validate_OfAnEndpoint_WantsOpcTcpAndAHost(string url, bool valid) =>
        Assert.That(
            new CoatLineOptionsValidator().Validate(null, new CoatLineOptions { EndpointUrl = url }).Succeeded,
            Is.EqualTo(valid));
}
