using System.Threading.Channels;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server.Events;

/// <summary>Alarms from a server to a client over real sockets.</summary>
[TestFixture]
[CancelAfter(LongestMs)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AlarmTests : IAsyncDisposable
{
    private const int LongestMs = 30_000;

    private static readonly DateTime At = new(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly Channel<AlarmReport?> _reports = Channel.CreateUnbounded<AlarmReport?>();
    private readonly AddressSpace _space = new();
    private UaServer _server = null!;
    private UaClient _client = null!;
    private UaSubscription _subscription = null!;
    private UaObject _mixer = null!;
    private UaAlarm _lid = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        var ns = _space.AddNamespace("urn:test");
        _mixer = new UaObject(new NodeId(ns, "Mixer"), new QualifiedName(ns, "Mixer"));
        _space.Add(_mixer, ObjectIds.ObjectsFolder, ReferenceTypeIds.Organizes, ObjectTypeIds.BaseObjectType);
        _lid = _space.Alarms.Add(new NodeId(ns, "Mixer.LidOpen"), _mixer, "LidOpen", 950);
        _server = new UaServer(new UaServerOptions { AllowInsecure = true }, _space, TimeProvider.System);
        await _server.StartAsync(Token);
        _client = await UaClient.ConnectAsync(
            new UaClientOptions { EndpointUrl = _server.EndpointUrl, AllowInsecure = true },
            TimeProvider.System, Token);
        _subscription = await _client.CreateBatchSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(20) }, _ => { }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Alarm_RaisedAcknowledgedAndCleared_IsToldThreeTimes()
    {
        await WatchAsync();
        _lid.Raise("lid open", At);
        var raised = await NextAsync();
        Assert.That(raised, Is.EqualTo(new AlarmReport(
            _lid.ConditionId, raised.EventId, "Mixer", "LidOpen", "lid open", 950, true, false, true, At)));

        Assert.That(await AcknowledgeAsync(raised.EventId, "seen"), Is.EqualTo(StatusCodes.Good));
        var acknowledged = await NextAsync();
        Assert.That(acknowledged, Has.Property("IsAcked").True.And.Property("Retain").True);

        _lid.Clear("lid closed", At.AddSeconds(9));
        var cleared = await NextAsync();
        Assert.That(cleared, Has.Property("IsActive").False.And.Property("Retain").False);
        Assert.That(cleared.Time, Is.EqualTo(At.AddSeconds(9)));
    }

    [Test]
    public async Task Alarm_ClearedUnacknowledged_IsRetained()
    {
        await WatchAsync();
        _lid.Raise("lid open", At);
        var raised = await NextAsync();
        _lid.Clear("lid closed", At);
        Assert.That(await NextAsync(), Has.Property("Retain").True.And.Property("IsActive").False);
        Assert.That(await AcknowledgeAsync(raised.EventId, ""), Is.EqualTo(StatusCodes.Good));
        Assert.That((await NextAsync()).Retain, Is.False);
    }

    [Test]
    public async Task Alarm_RaisedTwice_IsToldOnce()
    {
        await WatchAsync();
        _lid.Raise("lid open", At);
        _lid.Raise("lid open", At);
        _lid.Clear("lid closed", At);
        _lid.Clear("lid closed", At);
        Assert.That((await NextAsync()).IsActive, Is.True);
        Assert.That((await NextAsync()).IsActive, Is.False);
        await RefreshAsync();
    }

    [Test]
    public async Task Acknowledge_TwiceOrOfNoEvent_IsRefused()
    {
        await WatchAsync();
        _lid.Raise("lid open", At);
        var raised = await NextAsync();
        Assert.That(await AcknowledgeAsync([1, 2, 3], ""), Is.EqualTo(StatusCodes.BadEventIdUnknown));
        Assert.That(await AcknowledgeAsync(raised.EventId, ""), Is.EqualTo(StatusCodes.Good));
        Assert.That(
            await AcknowledgeAsync(raised.EventId, ""), Is.EqualTo(StatusCodes.BadConditionBranchAlreadyAcked));
    }

    [Test]
    public async Task Refresh_OfAStandingAlarm_TellsItAgainBetweenTwoMarks()
    {
        _lid.Raise("lid open", At);
        await WatchAsync();
        Assert.That(await _subscription.ConditionRefreshAsync(Token), Is.EqualTo(StatusCodes.Good));
        Assert.That(await _reports.Reader.ReadAsync(Token), Is.Null, "the beginning is no alarm");
        Assert.That((await NextAsync()).ConditionName, Is.EqualTo("LidOpen"));
        Assert.That(await _reports.Reader.ReadAsync(Token), Is.Null, "neither is the end");
    }

    [Test]
    public async Task Refresh_OfAnAlarmThatNeedsNoAttention_TellsNothing()
    {
        await WatchAsync();
        await RefreshAsync();
    }

    [Test]
    public async Task Events_AtTheSource_AreThoseOfTheSourceOnly()
    {
        var other = new UaObject(new NodeId(2, "Coater"), new QualifiedName(2, "Coater"));
        _space.Add(other, ObjectIds.ObjectsFolder, ReferenceTypeIds.Organizes, ObjectTypeIds.BaseObjectType);
        var guard = _space.Alarms.Add(new NodeId(2, "Coater.GuardOpen"), other, "GuardOpen", 900);
        await WatchAsync(_mixer.NodeId);
        guard.Raise("guard", At);
        _lid.Raise("lid", At);
        Assert.That((await NextAsync()).SourceName, Is.EqualTo("Mixer"));
    }

    [Test]
    public async Task Queue_ThatOverflows_SaysSo()
    {
        var fields = Channel.CreateUnbounded<IReadOnlyList<Variant>>();
        var request = MonitoredItemRequest.OfEvents(
            ObjectIds.Server,
            AlarmFields.Filter with
            {
                SelectClauses =
                [
                    new SimpleAttributeOperand
                    {
                        TypeDefinitionId = ObjectTypeIds.BaseEventType,
                        BrowsePath = [new QualifiedName(0, "EventType")],
                        AttributeId = AttributeId.Value,
                    },
                ],
            },
            report => fields.Writer.TryWrite(report.Fields)) with { QueueSize = 2, Mode = MonitoringMode.Sampling };
        var items = await _subscription.AddItemsAsync([request], Token);
        for (var i = 0; i < 3; i++)
        {
            _lid.Raise("lid", At);
            _lid.Clear("lid", At);
        }

        await _subscription.SetMonitoringModeAsync(items, MonitoringMode.Reporting, Token);
        uint[] types =
        [
            (await fields.Reader.ReadAsync(Token))[0].Get<NodeId>().Numeric,
            (await fields.Reader.ReadAsync(Token))[0].Get<NodeId>().Numeric,
            (await fields.Reader.ReadAsync(Token))[0].Get<NodeId>().Numeric,
        ];
        Assert.That(types, Is.EqualTo(new uint[] { 3035, 10637, 10637 }));
    }

    [TestCase("no fields", 0x80470000u)]
    [TestCase("no filter", 0x80470000u)]
    [TestCase("not an event type", 0x80470000u)]
    public async Task Item_WithABadFilter_IsRefused(string what, uint status)
    {
        var filter = what switch
        {
            "no fields" => new EventFilter(),
            "not an event type" => AlarmFields.Filter with
            {
                SelectClauses =
                [
                    new SimpleAttributeOperand
                    {
                        TypeDefinitionId = new NodeId(63), BrowsePath = [new QualifiedName(0, "EventId")],
                        AttributeId = AttributeId.Value,
                    },
                ],
            },
            _ => null,
        };
        var request = new MonitoredItemRequest(ObjectIds.Server)
        {
            AttributeId = AttributeId.EventNotifier, Events = filter,
        };
        var items = await _subscription.AddItemsAsync([request], Token);
        Assert.That(items[0].Status, Is.EqualTo(new StatusCode(status)));
    }

    [Test]
    public async Task Item_OnAnObjectWithoutEvents_IsRefused()
    {
        var request = MonitoredItemRequest.OfEvents(ObjectIds.ObjectsFolder, AlarmFields.Filter, _ => { });
        Assert.That(
            (await _subscription.AddItemsAsync([request], Token))[0].Status, Is.EqualTo(StatusCodes.BadNotSupported));
    }

    [Test]
    public async Task EventTypes_AreFoundWithTheirFields()
    {
        foreach (var (type, field) in new (uint, string)[]
        {
            (2041, "Severity"), (2782, "ConditionName"), (2881, "AckedState"), (2915, "ActiveState"),
        })
        {
            var found = await _client.TranslateAsync(
                [BrowsePath.Of(new NodeId(type), [new QualifiedName(0, field)])], Token);
            Assert.That(found[0].Status, Is.EqualTo(StatusCodes.Good), field);
        }
    }

    private async Task WatchAsync(NodeId? notifier = null)
    {
        var items = await _subscription.AddItemsAsync(
            [
                MonitoredItemRequest.OfEvents(
                    notifier ?? ObjectIds.Server,
                    AlarmFields.Filter,
                    report => _reports.Writer.TryWrite(AlarmFields.Read(report.Fields))),
            ],
            Token);
        Assert.That(items[0].Status, Is.EqualTo(StatusCodes.Good));
    }

    /// <summary>A refresh that tells of no alarm: what was reported before it was all.</summary>
    private async Task RefreshAsync()
    {
        await _subscription.ConditionRefreshAsync(Token);
        if (!_lid.IsAcknowledged)
        {
            Assert.That(await _reports.Reader.ReadAsync(Token), Is.Null);
            await NextAsync();
            Assert.That(await _reports.Reader.ReadAsync(Token), Is.Null);
            return;
        }

        Assert.That(await _reports.Reader.ReadAsync(Token), Is.Null);
        Assert.That(await _reports.Reader.ReadAsync(Token), Is.Null);
    }

    private async Task<AlarmReport> NextAsync() => (await _reports.Reader.ReadAsync(Token))!;

    private async Task<StatusCode> AcknowledgeAsync(byte[] eventId, string comment)
    {
        var call = new CallMethodRequest
        {
            ObjectId = _lid.ConditionId,
            MethodId = MethodIds.AcknowledgeableConditionType_Acknowledge,
            InputArguments = [Variant.Of(eventId), Variant.Of(LocalizedText.Of(comment))],
        };
        return (await _client.CallAsync([call], Token))[0].StatusCode;
    }
}
