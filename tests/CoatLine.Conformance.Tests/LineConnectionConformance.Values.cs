using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Server;

namespace CoatLine.Conformance.Tests;

public sealed partial class LineConnectionConformance
{
    /// <summary>NodeClass Variable (OPC 10000-3 §8.29).</summary>
    private const int VariableClass = 2;

    private static IEnumerable<BuiltInValue> Stated => BuiltInValue.All.Where(static v => v.Initial is not null);

    [Test]
    public void Connect_ServerThere_LinkIsUp()
    {
        Assert.That(connection.State.IsUp, Is.True);
        Assert.That(connection.State.Session, Is.GreaterThanOrEqualTo(1));
        Assert.That(connection.State.Why, Is.Empty);
    }

    [Test]
    public async Task Resolve_WholeContract_FindsEveryTag()
    {
        TagAddress[] contract = [.. TagContract.Tags.Select(TagAddress.Of)];
        StatusCode[] found = await connection.ResolveAsync(contract, Token);
        Assert.That(contract.Where((_, i) => found[i] != StatusCodes.Good), Is.Empty);
    }

    [Test]
    public async Task Resolve_NodesThatAreMissing_SaysWhich()
    {
        StatusCode[] found = await connection.ResolveAsync(
            [
                new TagAddress("Mixer.Request.Id"), new TagAddress("Mixer.Nonsense"), new TagAddress("Nonsense"),
                new TagAddress("Mixer.Live.SlurryTemp", "EURange"),
                new TagAddress("Mixer.Live.SlurryTemp", "Nonsense"),
            ],
            Token);
        Assert.That(found, Is.EqualTo(new[]
        {
            StatusCodes.Good, StatusCodes.BadNoMatch, StatusCodes.BadNoMatch, StatusCodes.Good,
            StatusCodes.BadNoMatch,
        }));
    }

    [TestCaseSource(nameof(Stated))]
    public async Task Read_OfEachBuiltInType_GivesWhatTheNodeSetStates(object of)
    {
        var value = (BuiltInValue)of;
        DataValue read = await ReadAsync(value.Address.Tag);
        Assert.That(read.Status, Is.EqualTo(StatusCodes.Good));
        Assert.That(read.Value, Is.EqualTo(value.Initial));
    }

    [TestCaseSource(typeof(BuiltInValue), nameof(BuiltInValue.All))]
    public async Task Write_OfEachBuiltInType_IsReadBackAsItWas(object of)
    {
        var value = (BuiltInValue)of;
        StatusCode[] written = await WriteAsync(value.Address.Tag, value.Written);
        Variant read = (await ReadAsync(value.Address.Tag)).Value;
        if (value.Initial is { } initial)
        {
            // Other fixtures share the server.
            await WriteAsync(value.Address.Tag, initial);
        }

        Assert.That(written, Is.EqualTo(new[] { StatusCodes.Good }));
        Assert.That(read, Is.EqualTo(value.Written));
    }

    [Test]
    public async Task Read_OfAttributes_GivesThem()
    {
        var tag = new TagAddress("Mixer.Live.SlurryTemp");
        DataValue[] read = await connection.ReadAsync(
            [
                new TagRead(tag, AttributeId.NodeClass), new TagRead(tag, AttributeId.DisplayName),
                new TagRead(tag, AttributeId.DataType), new TagRead(tag, AttributeId.ValueRank),
                new TagRead(tag, AttributeId.AccessLevel), new TagRead(tag, AttributeId.Executable),
                new TagRead(new TagAddress("Mixer.Live.SlurryTemp", "EURange")),
            ],
            Token);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read[0].Value, Is.EqualTo(Variant.Of(VariableClass)));
            Assert.That(read[1].Value.Get<LocalizedText>().Text, Is.EqualTo("SlurryTemp"));
            Assert.That(read[2].Value, Is.EqualTo(Variant.Of(DataTypeIds.Double)));
            Assert.That(read[3].Value, Is.EqualTo(Variant.Of(-1)));
            Assert.That(read[4].Value, Is.EqualTo(Variant.Of((byte)AccessLevels.CurrentRead)));
            Assert.That(read[5].Status, Is.EqualTo(StatusCodes.BadAttributeIdInvalid));
            Assert.That(read[6].Value, Is.EqualTo(Variant.Of(new UaRange(0, 120))));
        }
    }

    [Test]
    public async Task Read_OfMissingNodeAndBadValue_HaveTheirStatusAndTheOthersTheirValues()
    {
        DataValue[] read = await connection.ReadAsync(
            [.. Tags("Mixer.Nonsense", "Types.Bad", "Types.Locked").Select(static t => new TagRead(t))], Token);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read[0].Status, Is.EqualTo(StatusCodes.BadNoMatch));
            Assert.That(read[1].Status, Is.EqualTo(StatusCodes.BadSensorFailure));
            Assert.That(read[2], Is.EqualTo(read[2] with { Value = Variant.Of(5), Status = StatusCodes.Good }));
        }
    }

    [Test]
    public async Task Read_OfAValue_CarriesTheTimeOfTheSource()
    {
        DataValue read = await ReadAsync("Mixer.Live.SlurryTemp");
        Assert.That(read.Value, Is.EqualTo(Variant.Of(Servers.LineServerSetup.SlurryTemperature)));
        Assert.That(read.SourceTimestamp?.Kind, Is.EqualTo(DateTimeKind.Utc));
        Assert.That(read.ServerTimestamp, Is.GreaterThanOrEqualTo(read.SourceTimestamp!.Value));
    }

    [Test]
    public async Task Write_WrongTypeAndReadOnlyAndSound_HaveEachTheirStatus()
    {
        StatusCode[] written = await connection.WriteAsync(
            [
                new TagWrite(new TagAddress("Mixer.Request.StepTimeSP"), Variant.Of("180")),
                new TagWrite(new TagAddress("Mixer.State.Current"), Variant.Of(6)),
                new TagWrite(new TagAddress("Mixer.Request.Epoch"), Variant.Of(5ul)),
            ],
            Token);
        Assert.That(written, Is.EqualTo(new[]
        {
            StatusCodes.BadTypeMismatch, StatusCodes.BadNotWritable, StatusCodes.Good,
        }));
    }

    [Test]
    public async Task Write_OneNodeMissing_WritesNone()
    {
        await WriteAsync("Mixer.Request.Phase", Variant.Of(10));
        StatusCode[] written = await connection.WriteAsync(
            [
                new TagWrite(new TagAddress("Mixer.Request.Phase"), Variant.Of(11)),
                new TagWrite(new TagAddress("Mixer.Request.Nonsense"), Variant.Of(11)),
            ],
            Token);
        Assert.That(written, Is.EqualTo(new[] { StatusCodes.BadNothingToDo, StatusCodes.BadNoMatch }));
        Assert.That((await ReadAsync("Mixer.Request.Phase")).Value, Is.EqualTo(Variant.Of(10)));
    }

    [Test]
    public async Task Call_OfAMethod_GivesItsOutput()
    {
        TagCallResult result = await connection.CallAsync(
            new TagAddress("Types"), new TagAddress("Types.Add"), [Variant.Of(1.25), Variant.Of(2.5)], Token);
        Assert.That(result.Status, Is.EqualTo(StatusCodes.Good));
        Assert.That(result.Outputs, Is.EqualTo(new[] { Variant.Of(3.75) }));
    }

    [Test]
    public async Task Call_WithoutItsArgumentsOrOnNothing_IsAStatus()
    {
        TagCallResult empty = await connection.CallAsync(
            new TagAddress("Types"), new TagAddress("Types.Add"), [], Token);
        TagCallResult missing = await connection.CallAsync(
            new TagAddress("Types"), new TagAddress("Types.Nonsense"), [], Token);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(empty.Status.IsBad, Is.True, empty.Status.ToString());
            Assert.That(missing.Status, Is.EqualTo(StatusCodes.BadNoMatch));
        }
    }
}
