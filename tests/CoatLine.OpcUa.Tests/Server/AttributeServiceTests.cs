using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server;

[CancelAfter(30_000)]
internal sealed class AttributeServiceTests
{
    private LineServer line = null!;
    private UaClient client = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp()
    {
        line = await LineServer.StartAsync(new UaServerLimits { MaxOperationsPerCall = 50 });
        client = await line.ConnectAsync(Token);
    }

    [TearDown]
    public async Task TearDown() => await line.DisposeAsync();

    private async Task<DataValue> ReadAsync(
        string name, AttributeId attribute = AttributeId.Value, string? range = null)
    {
        var item = new ReadValueId { NodeId = line.Id(name), AttributeId = attribute, IndexRange = range };
        return (await client.ReadAsync([item], Token))[0];
    }

    private async Task<StatusCode> WriteAsync(string name, Variant value, string? range = null)
    {
        var write = new WriteValue
        {
            NodeId = line.Id(name), AttributeId = AttributeId.Value, IndexRange = range, Value = new DataValue(value),
        };
        return (await client.WriteAsync([write], Token))[0];
    }

    [TestCase(TimestampsToReturn.Source, true, false)]
    [TestCase(TimestampsToReturn.Server, false, true)]
    [TestCase(TimestampsToReturn.Both, true, true)]
    [TestCase(TimestampsToReturn.Neither, false, false)]
    public async Task Read_WithTimestampsWanted_GivesThose(TimestampsToReturn wanted, bool source, bool server)
    {
        var response = await client.SendAsync<ReadResponse>(
            new ReadRequest
            {
                TimestampsToReturn = wanted,
                NodesToRead = [new ReadValueId { NodeId = line.Id("Speed"), AttributeId = AttributeId.Value }],
            },
            Token);
        var value = response.Results.Single();
        Assert.That(value.SourceTimestamp, Is.EqualTo(source ? LineServer.Then : (DateTime?)null));
        Assert.That(value.ServerTimestamp, Is.EqualTo(server ? line.Time.GetUtcNow().UtcDateTime : null));
    }

    [TestCase(AttributeId.NodeClass, (int)NodeClass.Variable)]
    [TestCase(AttributeId.ValueRank, -1)]
    [TestCase(AttributeId.AccessLevel, (byte)3)]
    [TestCase(AttributeId.UserAccessLevel, (byte)3)]
    [TestCase(AttributeId.WriteMask, 0u)]
    [TestCase(AttributeId.Historizing, false)]
    [TestCase(AttributeId.MinimumSamplingInterval, 0.0)]
    public async Task Read_OfAnAttribute_GivesItWithItsType(AttributeId attribute, object expected) =>
        Assert.That(
            (await ReadAsync("Speed", attribute)).Value.Value,
            Is.EqualTo(expected).And.TypeOf(expected.GetType()));

    [TestCase("Nowhere", AttributeId.Value, null, "BadNodeIdUnknown")]
    [TestCase("Line", AttributeId.Value, null, "BadAttributeIdInvalid")]
    [TestCase("Speed", AttributeId.Executable, null, "BadAttributeIdInvalid")]
    [TestCase("Speed", (AttributeId)99, null, "BadAttributeIdInvalid")]
    [TestCase("Profile", AttributeId.Value, "3:1", "BadIndexRangeInvalid")]
    [TestCase("Profile", AttributeId.Value, "x", "BadIndexRangeInvalid")]
    [TestCase("Profile", AttributeId.Value, "4", "BadIndexRangeNoData")]
    [TestCase("Speed", AttributeId.Value, "0", "BadIndexRangeNoData")]
    public async Task Read_OfWhatIsNotThere_SaysWhatIsWrong(
        string name, AttributeId attribute, string? range, string status) =>
        Assert.That((await ReadAsync(name, attribute, range)).Status.ToString(), Is.EqualTo(status));

    [TestCase("1:2", new[] { 2.0, 3.0 })]
    [TestCase("3", new[] { 4.0 })]
    [TestCase("2:9", new[] { 3.0, 4.0 })]
    public async Task Read_OfAnIndexRange_GivesThatPart(string range, double[] expected) =>
        Assert.That((await ReadAsync("Profile", range: range)).Value, Is.EqualTo(Variant.Of(expected)));

    [TestCase("Speed", AttributeId.Value, "Default XML", "BadDataEncodingInvalid")]
    [TestCase("Speed", AttributeId.NodeId, "Default Binary", "BadDataEncodingInvalid")]
    [TestCase("Speed.EURange", AttributeId.Value, "Default XML", "BadDataEncodingUnsupported")]
    [TestCase("Speed.EURange", AttributeId.Value, "Default Binary", "Good")]
    public async Task Read_WithAnEncoding_TakesWhatFits(
        string name, AttributeId attribute, string encoding, string expected)
    {
        var item = new ReadValueId
        {
            NodeId = line.Id(name), AttributeId = attribute, DataEncoding = new QualifiedName(0, encoding),
        };
        Assert.That((await client.ReadAsync([item], Token))[0].Status.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Read_OfBadQuality_GivesTheQuality()
    {
        line.Speed.Set(Variant.Of(3.0), StatusCodes.BadSensorFailure, LineServer.Then);
        Assert.That((await ReadAsync("Speed")).Status, Is.EqualTo(StatusCodes.BadSensorFailure));
    }

    [Test]
    public async Task Write_OfARightValue_IsReadBackAndKeepsTheServersTime()
    {
        Assert.That(await WriteAsync("Speed", Variant.Of(20.5)), Is.EqualTo(StatusCodes.Good));
        var value = await ReadAsync("Speed");
        Assert.That(value.Value, Is.EqualTo(Variant.Of(20.5)));
        Assert.That(value.SourceTimestamp, Is.EqualTo(line.Time.GetUtcNow().UtcDateTime));
    }

    private static readonly object[] RefusedWrites =
    [
        new object[] { "Speed", Variant.Of(1), "BadTypeMismatch" },
        new object[] { "Speed", Variant.Of(1f), "BadTypeMismatch" },
        new object[] { "Speed", Variant.Null, "BadTypeMismatch" },
        new object[] { "Speed", Variant.Of([1.0]), "BadTypeMismatch" },
        new object[] { "Profile", Variant.Of(1.0), "BadTypeMismatch" },
        new object[] { "Profile", Variant.OfArray(BuiltInType.Double, new double[4], [2, 2]), "BadTypeMismatch" },
        new object[] { "Count", Variant.Of(1u), "BadTypeMismatch" },
        new object[] { "Locked", Variant.Of(1), "BadNotWritable" },
        new object[] { "Denied", Variant.Of(1), "BadUserAccessDenied" },
        new object[] { "Nowhere", Variant.Of(1), "BadNodeIdUnknown" },
        new object[] { "Line", Variant.Of(1), "BadAttributeIdInvalid" },
    ];

    [TestCaseSource(nameof(RefusedWrites))]
    public async Task Write_OfAWrongValue_IsRefusedAndChangesNothing(string name, object value, string status)
    {
        var before = (line.Space.Find(line.Id(name)) as UaVariable)?.Value;
        Assert.That((await WriteAsync(name, (Variant)value)).ToString(), Is.EqualTo(status));
        Assert.That((line.Space.Find(line.Id(name)) as UaVariable)?.Value, Is.EqualTo(before));
    }

    [Test]
    public async Task Write_OfAnotherAttribute_IsRefused()
    {
        var write = new WriteValue
        {
            NodeId = line.Id("Speed"),
            AttributeId = AttributeId.DisplayName,
            Value = new DataValue(Variant.Of(LocalizedText.Of("x"))),
        };
        Assert.That((await client.WriteAsync([write], Token))[0], Is.EqualTo(StatusCodes.BadNotWritable));
    }

    [Test]
    public async Task Write_ToAnIndexRange_ReplacesThatPartOnly()
    {
        Assert.That(await WriteAsync("Profile", Variant.Of([9.0, 8.0]), "1:2"), Is.EqualTo(StatusCodes.Good));
        Assert.That(line.Profile.Value.Value, Is.EqualTo(Variant.Of([1.0, 9.0, 8.0, 4.0])));
        Assert.That(
            await WriteAsync("Profile", Variant.Of([9.0]), "3:4"), Is.EqualTo(StatusCodes.BadIndexRangeNoData));
        Assert.That(
            await WriteAsync("Profile", Variant.Of([9.0]), "0:1"), Is.EqualTo(StatusCodes.BadIndexRangeDataMismatch));
    }

    [Test]
    public async Task Write_OfSeveralItems_AsksInOrderAndStoresOnlyWhatIsAllowed()
    {
        var seen = new List<string>();
        line.Count.Writing = value =>
        {
            seen.Add($"ask {value.Value}");
            return value.Value.Get<int>() > 100 ? StatusCodes.BadOutOfRange : StatusCodes.Good;
        };
        line.Count.Written = value => seen.Add($"stored {line.Count.Value.Value}");
        line.Text.Writing = value =>
        {
            seen.Add($"ask {value.Value} while count is {line.Count.Value.Value}");
            return StatusCodes.Good;
        };
        var results = await client.WriteAsync(
            [
                WriteValue.Of(line.Count.NodeId, Variant.Of(7)),
                WriteValue.Of(line.Text.NodeId, Variant.Of("go")),
                WriteValue.Of(line.Count.NodeId, Variant.Of(101)),
            ],
            Token);
        Assert.That(results, Is.EqualTo(new[] { StatusCodes.Good, StatusCodes.Good, StatusCodes.BadOutOfRange }));
        Assert.That(seen, Is.EqualTo(new[] { "ask 7", "stored 7", "ask go while count is 7", "ask 101" }));
        Assert.That(line.Count.Value.Value, Is.EqualTo(Variant.Of(7)));
    }

    [Test]
    public async Task Writing_ThatThrows_CostsTheRequestAndNotTheConnection()
    {
        line.Count.Writing = _ => throw new InvalidOperationException("a mistake of the application");
        Assert.That(
            await LineServer.RefusalAsync(WriteAsync("Count", Variant.Of(1))),
            Is.EqualTo(StatusCodes.BadInternalError));
        Assert.That((await ReadAsync("Count")).Status, Is.EqualTo(StatusCodes.Good));
    }

    [TestCase(50, "Good")]
    [TestCase(51, "BadTooManyOperations")]
    [TestCase(0, "BadNothingToDo")]
    public async Task Read_OfNItems_KeepsToTheLimit(int count, string expected)
    {
        var item = new ReadValueId { NodeId = line.Id("Speed"), AttributeId = AttributeId.Value };
        var request = new ReadRequest { NodesToRead = [.. Enumerable.Repeat(item, count)] };
        var call = client.SendAsync<ReadResponse>(request, Token);
        var status = expected == "Good"
            ? (await call).ResponseHeader.ServiceResult
            : await LineServer.RefusalAsync(call);
        Assert.That(status.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Read_WithNegativeAgeOrUnknownTimestamps_IsRefused()
    {
        ReadValueId[] items = [new ReadValueId { NodeId = line.Id("Speed"), AttributeId = AttributeId.Value }];
        Assert.That(
            await LineServer.RefusalAsync(client.SendAsync<ReadResponse>(
                new ReadRequest { MaxAgeMs = -1, NodesToRead = items }, Token)),
            Is.EqualTo(StatusCodes.BadMaxAgeInvalid));
        Assert.That(
            await LineServer.RefusalAsync(client.SendAsync<ReadResponse>(
                new ReadRequest { TimestampsToReturn = (TimestampsToReturn)4, NodesToRead = items }, Token)),
            Is.EqualTo(StatusCodes.BadTimestampsToReturnInvalid));
    }

    [Test]
    public async Task Call_OfAMethod_RunsItsHandlerOrSaysWhyNot()
    {
        var results = await client.CallAsync(
            [
                Call("Line", "Add", Variant.Of(1.5), Variant.Of(2.0)),
                Call("Line", "Add", Variant.Of("x")),
                Call("Line", "Speed"),
                Call("Speed", "Add"),
                Call("Nowhere", "Add"),
            ],
            Token);
        Assert.That(results.Select(result => result.StatusCode), Is.EqualTo(new[]
        {
            StatusCodes.Good, StatusCodes.BadInvalidArgument, StatusCodes.BadMethodInvalid,
            StatusCodes.BadMethodInvalid, StatusCodes.BadNodeIdUnknown,
        }));
        Assert.That(results[0].OutputArguments, Is.EqualTo(new[] { Variant.Of(3.5) }));
    }

    private CallMethodRequest Call(string on, string method, params Variant[] inputs) =>
        new() { ObjectId = line.Id(on), MethodId = line.Id(method), InputArguments = inputs };
}
