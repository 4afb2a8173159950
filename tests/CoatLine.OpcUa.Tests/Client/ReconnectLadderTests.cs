using System.Threading.Channels;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Client;

/// <summary>Each rung of the ladder against a server that answers as the test says.</summary>
[TestFixture]
[CancelAfter(LongestMs)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReconnectLadderTests : IAsyncDisposable
{
    private const int LongestMs = 30_000;
    private const uint SubscriptionId = 5;
    private static readonly NodeId Watched = new(1, "Value");

    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedServer _server;
    private Func<IUaRequest, IUaResponse?> _script = _ => null;
    private UaClient _client = null!;
    private UaSubscription _subscription = null!;
    private uint _handle;

    public ReconnectLadderTests() =>
        _server = ScriptedServer.Start(request => Volatile.Read(ref _script)(request));

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Session_ActivatedAgain_RepublishesFromTheLastPlusOneUntilThereIsNoMore()
    {
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));
        _script = request => request switch
        {
            RepublishRequest { RetransmitSequenceNumber: 2 } => Again(2, 22),
            RepublishRequest { RetransmitSequenceNumber: 3 } => Again(3, 33),

            // Not a ServiceFault, but its own response with a bad result: some servers do that.
            RepublishRequest => new RepublishResponse
            {
                ResponseHeader = new ResponseHeader { ServiceResult = StatusCodes.BadMessageNotAvailable },
            },
            _ => null,
        };
        _server.Cut();
        await Next<ActivateSessionRequest>();
        var asked = new List<uint>();
        for (var i = 0; i < 3; i++)
        {
            asked.Add((await Next<RepublishRequest>()).RetransmitSequenceNumber);
        }

        await _server.AnswerAsync(await Next<PublishRequest>(), Message(4, 44));
        Assert.That(asked, Is.EqualTo(new uint[] { 2, 3, 4 }));
        Assert.That(await Told(3), Is.EqualTo(new[] { "22", "33", "44" }));
        Assert.That(_client.SessionNumber, Is.EqualTo(1));
    }

    [Test]
    public async Task Session_ActivatedAgainWithAMessageTooOld_TellsTheGapBeforeTheNextOne()
    {
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));
        _script = request => request switch
        {
            RepublishRequest { RetransmitSequenceNumber: 4 } => Again(4, 44),
            RepublishRequest => ScriptedServer.Fault(StatusCodes.BadMessageNotAvailable),
            _ => null,
        };
        _server.Cut();
        await Next<RepublishRequest>();
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(5, 55));
        Assert.That(await Told(3), Is.EqualTo(new[] { "gap 2..3, 2", "44", "55" }));
    }

    [Test]
    public async Task Session_Gone_TransfersAndFetchesWhatIsAvailable()
    {
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));
        LoseSession(request => request switch
        {
            TransferSubscriptionsRequest => new TransferSubscriptionsResponse
            {
                Results = [new TransferResult { AvailableSequenceNumbers = [2, 4] }],
            },
            RepublishRequest { RetransmitSequenceNumber: 2 } => Again(2, 22),
            RepublishRequest { RetransmitSequenceNumber: 4 } => Again(4, 44),
            RepublishRequest => ScriptedServer.Fault(StatusCodes.BadMessageNotAvailable),
            _ => null,
        });
        var transfer = await Next<TransferSubscriptionsRequest>();
        Assert.That(transfer.SubscriptionIds, Is.EqualTo(new[] { SubscriptionId }));
        Assert.That(transfer.SendInitialValues, Is.False, "they would come twice");
        Assert.That(await Told(3), Is.EqualTo(new[] { "22", "gap 3..3, 1", "44" }));
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(5, 55));
        Assert.That(await Told(), Is.EqualTo("55"));
        Assert.That(_client.SessionNumber, Is.EqualTo(2));
    }

    [TestCase(0x800B0000u)] // BadServiceUnsupported
    [TestCase(0x80400000u)] // BadNotImplemented
    [TestCase(0x801F0000u)] // BadUserAccessDenied
    public async Task Session_GoneAtAServerWithoutTransfer_MakesTheSubscriptionAnewBehindAGap(uint refusal)
    {
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));
        LoseSession(request => request is TransferSubscriptionsRequest
            ? ScriptedServer.Fault(new StatusCode(refusal))
            : null);
        await ExpectMadeAnewAsync();
    }

    [Test]
    public async Task Session_GoneAndTheSubscriptionToo_MakesItAnewBehindAGap()
    {
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));
        LoseSession(request => request is TransferSubscriptionsRequest
            ? new TransferSubscriptionsResponse
            {
                Results = [new TransferResult { StatusCode = StatusCodes.BadSubscriptionIdInvalid }],
            }
            : null);
        await ExpectMadeAnewAsync();
    }

    [Test]
    public async Task Server_Restarted_IsNotAskedForSubscriptionsThatAreSomebodyElsesByNow()
    {
        var started = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        var transfers = 0;
        _script = request => Started(request, started);
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));
        LoseSession(request =>
        {
            transfers += request is TransferSubscriptionsRequest ? 1 : 0;
            return Started(request, started.AddHours(1));
        });
        await ExpectMadeAnewAsync();
        Assert.That(transfers, Is.Zero);
    }

    [Test]
    public async Task Subscription_ThatTheServerForgetsWithoutAWord_IsAskedAfterAndMadeAnew()
    {
        _script = request => request switch
        {
            RepublishRequest => ScriptedServer.Fault(StatusCodes.BadSubscriptionIdInvalid),
            _ => null,
        };
        await StartAsync(_time);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));

        // A keep-alive is due every second; nothing comes any more, though the link stands.
        var asked = Next<RepublishRequest>();
        while (!asked.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await _client.ReadAsync([Watched], Token);
        }

        var anew = await Next<CreateMonitoredItemsRequest>();
        Assert.That(anew.ItemsToCreate[0].RequestedParameters.ClientHandle, Is.EqualTo(_handle));
        await AnswerPublishAsync(Message(1, 12));
        Assert.That(await Told(2), Is.EqualTo(new[] { "gap 0..0, -1", "12" }));
    }

    [Test]
    public async Task Acknowledgement_ForASubscriptionThatIsUnknown_HasItMadeAnew()
    {
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        await Next<PublishRequest>();
        var acknowledging = await Next<PublishRequest>();
        await _server.AnswerAsync(
            acknowledging, Message(2) with { SubscriptionId = 99, Results = [StatusCodes.BadSubscriptionIdInvalid] });
        await Next<CreateMonitoredItemsRequest>();
        await AnswerPublishAsync(Message(1, 12));
        Assert.That(await Told(3), Is.EqualTo(new[] { "11", "gap 0..0, -1", "12" }));
    }

    [Test]
    public async Task Acknowledgement_ForAMessageThatIsGone_NeedsNothing()
    {
        await StartAsync(TimeProvider.System);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        await Next<PublishRequest>();
        var acknowledging = await Next<PublishRequest>();
        await _server.AnswerAsync(
            acknowledging, Message(2, 22) with { Results = [StatusCodes.BadSequenceNumberUnknown] });
        Assert.That(await Told(2), Is.EqualTo(new[] { "11", "22" }));
        Assert.That(_server.Seen<CreateSubscriptionRequest>(_ => true), Is.Zero);
    }

    [TestCase(0x80780000u, false)] // BadTooManyPublishRequests
    [TestCase(0x801F0000u, true)] // BadUserAccessDenied
    public async Task Publishing_Refused_IsTriedAgainAtAPace(uint refusal, bool isTold)
    {
        var refused = 0;
        var troubles = 0;
        _script = request => request is PublishRequest && Interlocked.Increment(ref refused) <= 5
            ? ScriptedServer.Fault(new StatusCode(refusal))
            : null;
        await StartAsync(TimeProvider.System, client => client.Troubled += _ => Interlocked.Increment(ref troubles));
        for (var i = 0; i < 5; i++)
        {
            await Next<PublishRequest>();
        }

        await AnswerPublishAsync(Message(1, 11));
        Assert.That(await Told(), Is.EqualTo("11"));
        Assert.That(troubles, isTold ? Is.EqualTo(1) : Is.LessThanOrEqualTo(1));
        Assert.That(_client.SessionNumber, Is.EqualTo(1));
    }

    [Test]
    public async Task Item_RefusedWhenMadeAnew_IsReportedWithItsStatusAndTriedAgain()
    {
        var creations = 0;
        _script = request => request switch
        {
            // Long keep-alives, so that the silence of this server means nothing.
            CreateSubscriptionRequest => new CreateSubscriptionResponse
            {
                SubscriptionId = SubscriptionId, RevisedPublishingIntervalMs = 100, RevisedMaxKeepAliveCount = 10_000,
            },
            CreateMonitoredItemsRequest when Interlocked.Increment(ref creations) is 2 or 3 =>
                Refused(StatusCodes.BadNodeIdUnknown),
            _ => null,
        };
        await StartAsync(_time);
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 11));
        await _server.AnswerAsync(await Next<PublishRequest>(), ScriptedServer.Fault(StatusCodes.BadNoSubscription));
        Assert.That(await Told(2), Is.EqualTo(new[] { "11", "BadNodeIdUnknown" }));
        var item = _subscription.Items.Single();
        while (item.Status.IsBad)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await _client.ReadAsync([Watched], Token);
        }

        await AnswerPublishAsync(Message(1, 12));
        Assert.That(await Told(2), Is.EqualTo(new[] { "gap 0..0, -1", "12" }));
        Assert.That(creations, Is.EqualTo(4));
    }

    [Test]
    public async Task Items_MoreThanTheServerTakesAtOnce_AreSplitThoughItTellsNoLimit()
    {
        _script = request => request is CreateMonitoredItemsRequest { ItemsToCreate.Length: > 100 }
            ? ScriptedServer.Fault(StatusCodes.BadTooManyOperations)
            : null;
        await StartAsync(TimeProvider.System);
        var items = await _subscription.AddItemsAsync(
            [.. Enumerable.Range(0, 1000).Select(i => new MonitoredItemRequest(new NodeId(1, (uint)i)))], Token);
        Assert.That(items.Select(item => item.Status), Has.All.EqualTo(StatusCodes.Good));
    }

    [Test]
    public async Task Namespace_WithAnotherIndexInTheNewSession_IsFollowed()
    {
        await StartAsync(TimeProvider.System);
        LoseSession(request => request switch
        {
            TransferSubscriptionsRequest => ScriptedServer.Fault(StatusCodes.BadServiceUnsupported),
            ReadRequest { NodesToRead: [var one] } when one.NodeId == VariableIds.Server_NamespaceArray =>
                new ReadResponse
                {
                    Results =
                    [
                        new DataValue(Variant.Of(["http://opcfoundation.org/UA/", "urn:new", "urn:scripted"])),
                    ],
                },
            _ => null,
        });
        var anew = await Next<CreateMonitoredItemsRequest>();
        Assert.That(anew.ItemsToCreate[0].ItemToMonitor.NodeId, Is.EqualTo(new NodeId(2, "Value")));
    }

    private static ReadResponse? Started(IUaRequest request, DateTime time) =>
        request is ReadRequest { NodesToRead: [var one] } && one.NodeId == VariableIds.Server_ServerStatus_StartTime
            ? new ReadResponse { Results = [new DataValue(Variant.Of(time))] }
            : null;

    private static CreateMonitoredItemsResponse Refused(StatusCode status) =>
        new() { Results = [new MonitoredItemCreateResult { StatusCode = status }] };

    private async Task StartAsync(TimeProvider time, Action<UaClient>? prepare = null)
    {
        _client = await UaClient.ConnectAsync(
            new UaClientOptions
            {
                AllowInsecure = true, EndpointUrl = _server.Url, SessionTimeout = TimeSpan.FromHours(1),
            },
            time,
            Token);
        prepare?.Invoke(_client);
        _client.GapFound += gap => Tell($"gap {gap.FirstLost}..{gap.LastLost}, {gap.LostMessages}");
        _subscription = await _client.CreateSubscriptionAsync(
            new SubscriptionOptions(),
            change => Tell(change.Value.Status.IsBad ? change.Value.Status.ToString() : $"{change.Value.Value}"),
            Token);
        var items = await _subscription.AddItemsAsync([new MonitoredItemRequest(Watched)], Token);
        _handle = items[0].ClientHandle;
        await Next<CreateMonitoredItemsRequest>();
    }

    /// <summary>Cuts the link, and from then on answers so; the old session is not known any more.</summary>
    private void LoseSession(Func<IUaRequest, IUaResponse?> script)
    {
        var activations = 0;
        _script = request => request is ActivateSessionRequest && ++activations == 1
            ? ScriptedServer.Fault(StatusCodes.BadSessionIdInvalid)
            : script(request);
        _server.Cut();
    }

    private async Task ExpectMadeAnewAsync()
    {
        await Next<CreateSubscriptionRequest>();
        var anew = await Next<CreateMonitoredItemsRequest>();
        Assert.That(anew.ItemsToCreate[0].RequestedParameters.ClientHandle, Is.EqualTo(_handle));
        await _server.AnswerAsync(await Next<PublishRequest>(), Message(1, 12));
        Assert.That(await Told(2), Is.EqualTo(new[] { "gap 0..0, -1", "12" }));
        Assert.That(_client.SessionNumber, Is.EqualTo(2));
    }

    /// <summary>Answers the oldest Publish request that waits.</summary>
    private async Task AnswerPublishAsync(PublishResponse response) =>
        await _server.AnswerAsync(await Next<PublishRequest>(), response);

    private void Tell(string what) => _told.Writer.TryWrite(what);

    private async Task<string> Told() => await _told.Reader.ReadAsync(Token);

    private async Task<string[]> Told(int count)
    {
        var told = new string[count];
        for (var i = 0; i < count; i++)
        {
            told[i] = await Told();
        }

        return told;
    }

    private Task<T> Next<T>()
        where T : IUaRequest => _server.NextAsync<T>(Token);

    private RepublishResponse Again(uint number, int value) =>
        new() { NotificationMessage = Message(number, value).NotificationMessage };

    private PublishResponse Message(uint number, params int[] values) => new()
    {
        SubscriptionId = SubscriptionId,
        NotificationMessage = new NotificationMessage
        {
            SequenceNumber = number,
            NotificationData = values.Length == 0
                ? []
                :
                [
                    ExtensionObject.Of(new DataChangeNotification
                    {
                        MonitoredItems = Array.ConvertAll(values, value => new MonitoredItemNotification
                        {
                            ClientHandle = _handle, Value = new DataValue(Variant.Of(value)),
                        }),
                    }),
                ],
        },
    };
}
