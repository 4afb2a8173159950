using CoatLine.Domain.Execution;
using CoatLine.Equipment.Check;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Check;

public sealed class LineCheckTests : IAsyncDisposable
{
    private const string Tag = "Mixer.Request.RevSpeedSP";

    private static readonly TagAddress Address = new(Tag);

    private FakeConnection server = null!;

    [SetUp]
    public async Task SetUp()
    {
        server = new FakeConnection();
        foreach (Unit unit in Enum.GetValues<Unit>())
        {
            _ = new ScriptedPlc(server, unit);
        }

        await server.ConnectAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Test]
    public async Task LineCheck_ServerThatKeepsTheContract_FindsNothing()
    {
        LineCheckReport report = await LineCheck.RunAsync(server, CancellationToken.None);
        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.IsKept);
        Assert.That(report.TagsChecked, Is.EqualTo(TagContract.Tags.Length));
        Assert.That(report.EndpointUrl, Is.EqualTo(server.EndpointUrl));
    }

    [Test]
    public async Task LineCheck_RemovedNode_IsMissing()
    {
        server.Remove(Tag);
        Assert.That(await OnlyFinding(), Is.EqualTo(
            new LineFinding(Tag, LineFindingKind.MissingNode, "Double", "no node")));
    }

    [Test]
    public async Task LineCheck_OtherDataType_NamesBoth()
    {
        server.Alter(Address, AttributeId.DataType, Variant.Of(new NodeId(10)));
        Assert.That(await OnlyFinding(), Is.EqualTo(
            new LineFinding(Tag, LineFindingKind.DataType, "Double", "Float")));
    }

    [Test]
    public async Task LineCheck_ArrayInsteadOfScalar_NamesBoth()
    {
        server.Alter(Address, AttributeId.ValueRank, Variant.Of(1));
        Assert.That(await OnlyFinding(), Is.EqualTo(
            new LineFinding(Tag, LineFindingKind.ValueRank, "scalar", "array")));
    }

    [TestCase(1, "R")]
    [TestCase(2, "W")]
    [TestCase(0, "none")]
    public async Task LineCheck_OtherAccess_NamesBoth(byte bits, string found)
    {
        server.Alter(Address, AttributeId.AccessLevel, Variant.Of(bits));
        Assert.That(await OnlyFinding(), Is.EqualTo(
            new LineFinding(Tag, LineFindingKind.Access, "RW", found)));
    }

    [Test]
    public async Task LineCheck_HistoryBitsInAccess_AreNoDifference()
    {
        server.Alter(Address, AttributeId.AccessLevel, Variant.Of((byte)(3 | 4 | 8)));
        Assert.That((await LineCheck.RunAsync(server, CancellationToken.None)).Findings, Is.Empty);
    }

    [Test]
    public async Task LineCheck_OtherEngineeringUnit_NamesBothWithTheirIds()
    {
        server.Alter(Address with { Property = "EngineeringUnits" }, AttributeId.Value, FakeConnection.Unit("s"));
        Assert.That(await OnlyFinding(), Is.EqualTo(new LineFinding(
            Tag, LineFindingKind.EngineeringUnit, "rpm (unit id 5394509)", "s (unit id 5457219)")));
    }

    [Test]
    public async Task LineCheck_UnitWithoutUneceCode_IsComparedByItsName()
    {
        const string ramp = "Press.Request.RampSP";
        server.Alter(
            new TagAddress(ramp, "EngineeringUnits"),
            AttributeId.Value,
            Variant.Of(new EUInformation("urn:x", -1, new LocalizedText("en", "bar/min"), default)));
        Assert.That((await OnlyFinding()).ToString(), Is.EqualTo(
            "Press.Request.RampSP: engineering unit is MPa/min by the contract, bar/min (unit id -1) on the server"));
    }

    [TestCase(0, 2001, "0..2001")]
    [TestCase(0, 1999.5, "0..1999.5")]
    [TestCase(1, 2000, "1..2000")]
    public async Task LineCheck_OtherRange_NamesBoth(double low, double high, string found)
    {
        server.Alter(Address with { Property = "EURange" }, AttributeId.Value, Variant.Of(new UaRange(low, high)));
        Assert.That(await OnlyFinding(), Is.EqualTo(
            new LineFinding(Tag, LineFindingKind.Range, "0..2000", found)));
    }

    [TestCase("EURange", LineFindingKind.Range)]
    [TestCase("EngineeringUnits", LineFindingKind.EngineeringUnit)]
    public async Task LineCheck_MissingProperty_IsADifference(string property, LineFindingKind kind)
    {
        server.SetProperty(Address with { Property = property }, new DataValue(Variant.Null, StatusCodes.BadNoMatch));
        LineFinding finding = await OnlyFinding();
        Assert.That(finding.Kind, Is.EqualTo(kind));
        Assert.That(finding.Server, Is.EqualTo("missing (BadNoMatch)"));
    }

    [Test]
    public async Task LineCheck_OtherProfile_NamesTheTag()
    {
        server.Set("Dryer.Profile", Variant.Of("LADS"));
        Assert.That(await OnlyFinding(), Is.EqualTo(
            new LineFinding("Dryer.Profile", LineFindingKind.Profile, "OPC 30050 PackML", "LADS")));
    }

    [Test]
    public async Task LineCheck_OtherContractVersion_NamesTheTag()
    {
        server.Set("Line.ContractVersion", Variant.Of("2"));
        Assert.That((await OnlyFinding()).ToString(), Is.EqualTo(
            "Line.ContractVersion: contract version is 1 by the contract, 2 on the server"));
    }

    [Test]
    public async Task LineCheck_ServerOfSomethingElse_FindsEveryUnitMissing()
    {
        foreach (TagDefinition tag in TagContract.Tags)
        {
            server.Remove(tag.FullName);
        }

        LineCheckReport report = await LineCheck.RunAsync(server, CancellationToken.None);
        Assert.That(report.Findings.Select(f => f.Tag), Is.EqualTo(new[]
        {
            "Line.ContractVersion", "Balance", "Mixer", "Coater", "Dryer", "ThicknessGauge", "Press", "Profilometer",
        }));
        Assert.That(report.Findings.Select(f => f.Kind), Is.All.EqualTo(LineFindingKind.MissingNode));
    }

    [Test]
    public async Task LineCheck_UnitWithOneTagLeft_FindsEachOfTheOthers()
    {
        foreach (TagDefinition tag in TagContract.Of(Unit.Press).Tags.Where(t => t.Name != "Interlock"))
        {
            server.Remove(tag.FullName);
        }

        LineCheckReport report = await LineCheck.RunAsync(server, CancellationToken.None);
        Assert.That(report.Findings, Has.Count.EqualTo(TagContract.Of(Unit.Press).Tags.Length - 1));
    }

    [Test]
    public void LineCheck_LinkLost_IsUnreachable()
    {
        server.Cut();
        Assert.That(
            () => LineCheck.RunAsync(server, CancellationToken.None),
            Throws.InstanceOf<LineUnreachableException>());
    }

    private async Task<LineFinding> OnlyFinding()
    {
        LineCheckReport report = await LineCheck.RunAsync(server, CancellationToken.None);
        Assert.That(report.Findings, Has.Count.EqualTo(1), string.Join('\n', report.Findings));
        return report.Findings[0];
    }
}
