using System.Threading.Channels;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Interop;

/// <summary>Our client against node-opcua as the server: a stack written by somebody else.</summary>
[TestFixture]
[CancelAfter(LongestMs)]
internal sealed class ClientToNodeOpcuaTests
{
    private const int LongestMs = 60_000;
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(6);

    private DirectoryInfo _certificates = null!;
    private NodeProcess _server = null!;
    private UaClient _client = null!;
    private ushort _ns;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(LongestStart);
        _certificates = Directory.CreateTempSubdirectory("coatline-interop-");
        _server = await NodeProcess.StartAsync("server.js", _certificates.FullName);
        var port = await _server.WaitForAsync("PORT", limit.Token);
        _client = await UaClient.ConnectAsync(
            new UaClientOptions { EndpointUrl = $"opc.tcp://127.0.0.1:{port}", AllowInsecure = true },
            TimeProvider.System, limit.Token);
        _ns = _client.NamespaceIndex("urn:coatline:interop") ?? throw new InvalidOperationException("no namespace");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        _certificates.Delete(recursive: true);
    }

    private NodeId Line(string name) => new(_ns, $"Line.{name}");

    private async Task<DataValue> ReadAsync(string name) => (await _client.ReadAsync([Line(name)], Token))[0];

    [Test]
    public async Task Read_OfEachType_GivesItsValue()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await ReadAsync("Flag")).Value, Is.EqualTo(Variant.Of(true)));
            Assert.That((await ReadAsync("Count")).Value, Is.EqualTo(Variant.Of(-7)));
            Assert.That((await ReadAsync("Id")).Value, Is.EqualTo(Variant.Of(0x0123456789ABCDEFul)));
            Assert.That((await ReadAsync("Text")).Value, Is.EqualTo(Variant.Of("水Boy")));
            Assert.That(
                (await ReadAsync("When")).Value,
                Is.EqualTo(Variant.Of(new DateTime(2026, 3, 4, 5, 6, 7, 89, DateTimeKind.Utc))));
            Assert.That((await ReadAsync("Profile")).Value, Is.EqualTo(Variant.Of([1.5, -2.25, 3.125])));
            Assert.That(
                (await ReadAsync("Matrix")).Value,
                Is.EqualTo(Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5, 6 }, [2, 3])));
        }
    }

    [Test]
    public async Task Read_OfBadValue_IsAValueWithBadStatus()
    {
        var value = await ReadAsync("Bad");
        Assert.That(value.Status, Is.EqualTo(StatusCodes.BadSensorFailure));
    }

    [Test]
    public async Task Read_OfUnknownNode_HasItsStatusAndTheOthersTheirs()
    {
        var values = await _client.ReadAsync([Line("Nowhere"), Line("Count")], Token);
        Assert.That(values[0].Status, Is.EqualTo(StatusCodes.BadNodeIdUnknown));
        Assert.That(values[1].Status, Is.EqualTo(StatusCodes.Good));
    }

    [Test]
    public async Task Read_OverTheServersLimit_IsSplitAndInOrder()
    {
        // The server takes 100 nodes a call and says so.
        var nodes = Enumerable.Range(0, 250).Select(i => new NodeId(_ns, $"Many.{i}")).ToArray();
        var values = await _client.ReadAsync(nodes, Token);
        Assert.That(values.Select(v => v.Value.Get<int>()), Is.EqualTo(Enumerable.Range(0, 250)));
    }

    [Test]
    public async Task Read_ManyAtOnce_MatchesAnswersToCalls()
    {
        var calls = Enumerable.Range(0, 250)
            .Select(i => _client.ReadAsync([new NodeId(_ns, $"Many.{i}")], Token))
            .ToArray();
        var values = await Task.WhenAll(calls);
        Assert.That(values.Select(v => v[0].Value.Get<int>()), Is.EqualTo(Enumerable.Range(0, 250)));
    }

    [Test]
    public async Task Browse_OfManyNodes_FollowsContinuationPoints()
    {
        var references = await _client.BrowseAsync(new NodeId(_ns, "Many"), Token);
        Assert.That(references.Select(r => r.BrowseName.Name), Is.EquivalentTo(
            Enumerable.Range(0, 250).Select(i => $"Item{i}")));
    }

    [Test]
    public async Task Browse_OfUnknownNode_SaysSo()
    {
        var failure = await Refusal(() => _client.BrowseAsync(new NodeId(_ns, "Nowhere"), Token));
        Assert.That(failure.Status, Is.EqualTo(StatusCodes.BadNodeIdUnknown));
    }

    [Test]
    public async Task Translate_OfPaths_FindsNodesAndSaysWhichAreMissing()
    {
        var paths = new[] { "Speed", "Nowhere", "Text" }.Select(name => BrowsePath.Of(
            ObjectIds.ObjectsFolder, new QualifiedName(_ns, "Line"), new QualifiedName(_ns, name)));
        var found = await _client.TranslateAsync([.. paths], Token);
        Assert.That(found, Is.EqualTo(new[]
        {
            new ResolvedPath(StatusCodes.Good, Line("Speed")),
            new ResolvedPath(StatusCodes.BadNoMatch, NodeId.Null),
            new ResolvedPath(StatusCodes.Good, Line("Text")),
        }));
    }

    [Test]
    public async Task Write_OfValues_ReachesTheServerAndWrongTypesAreRefused()
    {
        var id = Variant.Of(0xFEDCBA9876543210ul);
        var results = await _client.WriteAsync(
            [
                WriteValue.Of(Line("Speed"), Variant.Of(1234.5)),
                WriteValue.Of(Line("Speed"), Variant.Of("fast")),
                WriteValue.Of(Line("Id"), id),
            ],
            Token);
        Assert.That(results, Is.EqualTo(new[]
        {
            StatusCodes.Good, StatusCodes.BadTypeMismatch, StatusCodes.Good,
        }));
        Assert.That((await ReadAsync("Speed")).Value, Is.EqualTo(Variant.Of(1234.5)));
        Assert.That((await ReadAsync("Id")).Value, Is.EqualTo(id));
        await _client.WriteAsync([WriteValue.Of(Line("Id"), Variant.Of(0x0123456789ABCDEFul))], Token);
    }

    [Test]
    public async Task Call_OfAMethod_GivesItsOutput()
    {
        var outputs = await _client.CallAsync(
            new NodeId(_ns, "Line"), Line("Add"), [Variant.Of(1.25), Variant.Of(2.5)], Token);
        Assert.That(outputs, Is.EqualTo(new[] { Variant.Of(3.75) }));
    }

    [Test]
    public async Task GetEndpoints_GivesTheOneWithoutSecurity()
    {
        var endpoints = await _client.GetEndpointsAsync(Token);
        Assert.That(endpoints.Single().SecurityMode, Is.EqualTo(MessageSecurityMode.None));
    }

    [Test]
    public async Task Subscription_OnWrittenValues_DeliversEachInOrder()
    {
        const int writes = 50;
        var arrived = Channel.CreateUnbounded<DataChange>();
        await using var subscription = await _client.CreateSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50) },
            change => arrived.Writer.TryWrite(change),
            Token);
        var item = (await subscription.AddItemsAsync(
            [new MonitoredItemRequest(Line("Count")) { QueueSize = 100, Context = "the count" }], Token)).Single();
        Assert.That(item.Status, Is.EqualTo(StatusCodes.Good));
        var first = await arrived.Reader.ReadAsync(Token);
        Assert.That((first.Item, first.Item.Context), Is.EqualTo((item, (object)"the count")));

        for (var i = 0; i < writes; i++)
        {
            await _client.WriteAsync([WriteValue.Of(Line("Count"), Variant.Of(1000 + i))], Token);
        }

        // A server may merge values that lie closer together than its sampling, but never swap them.
        var last = 0;
        while (last != 1000 + writes - 1)
        {
            var value = (await arrived.Reader.ReadAsync(Token)).Value.Value.Get<int>();
            Assert.That(value, Is.GreaterThan(last));
            last = value;
        }
    }

    [Test]
    public async Task Subscription_ThatIsQuiet_StaysAliveOnKeepAlives()
    {
        // Two keep-alives must pass without harm before the change that ends the test.
        var values = Channel.CreateUnbounded<DataValue>();
        await using var subscription = await _client.CreateSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50), KeepAliveCount = 2 },
            change => values.Writer.TryWrite(change.Value),
            Token);
        await subscription.AddItemsAsync([new MonitoredItemRequest(Line("Flag"))], Token);
        await values.Reader.ReadAsync(Token);
        var quietSince = subscription.LastMessage;
        await using var clock = await _client.CreateSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50) },
            _ => { },
            Token);
        while (subscription.LastMessage == quietSince)
        {
            await _client.ReadAsync([Line("Flag")], Token);
        }

        await _client.WriteAsync([WriteValue.Of(Line("Flag"), Variant.Of(false))], Token);
        Assert.That((await values.Reader.ReadAsync(Token)).Value, Is.EqualTo(Variant.Of(false)));
        await _client.WriteAsync([WriteValue.Of(Line("Flag"), Variant.Of(true))], Token);
    }

    [Test]
    public async Task Subscription_OnUnknownNode_SaysSoForThatItemOnly()
    {
        await using var subscription = await _client.CreateSubscriptionAsync(
            new SubscriptionOptions(), _ => { }, Token);
        var items = await subscription.AddItemsAsync(
            [new MonitoredItemRequest(Line("Nowhere")), new MonitoredItemRequest(Line("Flag"))], Token);
        Assert.That(items.Select(i => i.Status), Is.EqualTo(new[]
        {
            StatusCodes.BadNodeIdUnknown, StatusCodes.Good,
        }));
    }

    [Test]
    public async Task Channel_OverSeveralTokens_GoesOnWorking()
    {
        // 2.5 s is the shortest life that node-opcua grants: after 4 s there were two renewals, and the first
        // token has expired.
        var options = _client.Options with { TokenLifetime = TimeSpan.FromSeconds(2.5) };
        await using var client = await UaClient.ConnectAsync(options, TimeProvider.System, Token);
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            Assert.That((await client.ReadAsync([Line("Text")], Token))[0].Status, Is.EqualTo(StatusCodes.Good));
        }
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(4));
    }

    private static async Task<UaException> Refusal(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (UaException refusal)
        {
            return refusal;
        }

        throw new AssertionException("The call was expected to be refused.");
    }
}
