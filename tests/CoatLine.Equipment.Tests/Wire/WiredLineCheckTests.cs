using CoatLine.Domain.Execution;
using CoatLine.Equipment.Check;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Wire;

/// <summary>The line check over TCP against servers whose node set was changed.</summary>
[CancelAfter(60_000)]
public sealed class WiredLineCheckTests
{
    private const string Variable = "<UAVariable NodeId=\"ns=1;s=Mixer.Request.RevSpeedSP\"";

    [Test]
    public async Task LineCheck_ServerOfThePublishedNodeSet_FindsNothing(CancellationToken cancellationToken) =>
        Assert.That(await FindingsAsync(xml => xml, cancellationToken), Is.Empty);

    [Test]
    public async Task LineCheck_NodeTakenOut_IsNamed(CancellationToken cancellationToken)
    {
        // The browse name is what a client finds a node by.
        LineFinding[] findings = await FindingsAsync(
            xml => Change(xml, "BrowseName=\"1:RevSpeedSP\"", "BrowseName=\"1:Speed\""), cancellationToken);
        Assert.That(findings, Is.EqualTo(new[]
        {
            new LineFinding("Mixer.Request.RevSpeedSP", LineFindingKind.MissingNode, "Double", "no node"),
        }));
    }

    [TestCase("DataType=\"Double\"", "DataType=\"i=10\"", LineFindingKind.DataType, "Float")]
    [TestCase("AccessLevel=\"3\"", "AccessLevel=\"1\"", LineFindingKind.Access, "R")]
    public async Task LineCheck_ChangedAttribute_IsNamed(
        string from, string to, LineFindingKind kind, string found, CancellationToken cancellationToken)
    {
        LineFinding[] findings = await FindingsAsync(xml => Change(xml, from, to), cancellationToken);
        Assert.That(
            findings.Select(f => (f.Tag, f.Kind, f.Server)),
            Is.EqualTo(new[] { ("Mixer.Request.RevSpeedSP", kind, found) }));
    }

    [TestCase("<High>2000</High>", "<High>1500</High>", LineFindingKind.Range, "0..1500")]
    [TestCase(
        "<UnitId>5394509</UnitId>",
        "<UnitId>5457219</UnitId>",
        LineFindingKind.EngineeringUnit,
        "rpm (unit id 5457219)")]
    public async Task LineCheck_ChangedProperty_IsNamed(
        string from, string to, LineFindingKind kind, string found, CancellationToken cancellationToken)
    {
        LineFinding[] findings = await FindingsAsync(xml => Change(xml, from, to), cancellationToken);
        Assert.That(
            findings.Select(f => (f.Tag, f.Kind, f.Server)),
            Is.EqualTo(new[] { ("Mixer.Request.RevSpeedSP", kind, found) }));
    }

    [Test]
    public async Task LineCheck_UndeclaredProfile_IsNamed(CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync();
        server.Set("Coater.Profile", Variant.Of(string.Empty));
        LineFinding finding = (await CheckAsync(server.EndpointUrl, cancellationToken)).Single();
        Assert.That((finding.Tag, finding.Kind), Is.EqualTo(("Coater.Profile", LineFindingKind.Profile)));
    }

    private static async Task<LineFinding[]> FindingsAsync(
        Func<string, string> change, CancellationToken cancellationToken)
    {
        await using PlcServer server = await PlcServer.StartAsync(change);
        return await CheckAsync(server.EndpointUrl, cancellationToken);
    }

    private static async Task<LineFinding[]> CheckAsync(string url, CancellationToken cancellationToken)
    {
        await using UaLineConnection connection = WiredLine.Connect(url);
        await connection.ConnectAsync(cancellationToken);
        LineCheckReport report = await LineCheck.RunAsync(connection, cancellationToken);
        return [.. report.Findings];
    }

    /// <summary>Changes the first occurrence behind the beginning of the variable.</summary>
    private static string Change(string xml, string from, string to)
    {
        int at = xml.IndexOf(from, xml.IndexOf(Variable, StringComparison.Ordinal), StringComparison.Ordinal);
        return xml[..at] + to + xml[(at + from.Length)..];
    }
}
