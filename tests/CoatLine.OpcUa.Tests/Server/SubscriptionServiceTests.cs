using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server;

/// <summary>Subscriptions by hand: Publish is sent by the tests, and the server's clock is moved by them.</summary>
[CancelAfter(30_000)]
internal sealed class SubscriptionServiceTests
{
    private const double IntervalMs = 100;

    private LineServer line = null!;
    private UaClient client = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp()
    {
        line = await LineServer.StartAsync(new UaServerLimits
        {
            MaxSubscriptions = 3, MaxPublishRequestsPerSession = 2, MaxRetransmissionMessages = 2,
        });
        client = await line.ConnectAsync(Token);
    }

    [TearDown]
    public async Task TearDown() => await line.DisposeAsync();

    private void Tick(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            line.Time.Advance(TimeSpan.FromMilliseconds(IntervalMs));
        }
    }

    private async Task<uint> SubscribeAsync(
        uint lifetime = 1000, uint keepAlive = 100, uint most = 0, byte priority = 0) =>
        (await client.SendAsync<CreateSubscriptionResponse>(
            new CreateSubscriptionRequest
            {
                RequestedPublishingIntervalMs = IntervalMs,
                RequestedLifetimeCount = lifetime,
                RequestedMaxKeepAliveCount = keepAlive,
                MaxNotificationsPerPublish = most,
                PublishingEnabled = true,
                Priority = priority,
            },
            Token)).SubscriptionId;

    private async Task<MonitoredItemCreateResult> MonitorAsync(
        uint subscription, UaVariable variable, uint queue = 10, bool discardOldest = true, double samplingMs = 0,
        DataChangeFilter? filter = null, MonitoringMode mode = MonitoringMode.Reporting)
    {
        var response = await client.SendAsync<CreateMonitoredItemsResponse>(
            new CreateMonitoredItemsRequest
            {
                SubscriptionId = subscription,
                TimestampsToReturn = TimestampsToReturn.Both,
                ItemsToCreate =
                [
                    new MonitoredItemCreateRequest
                    {
                        ItemToMonitor = new ReadValueId { NodeId = variable.NodeId, AttributeId = AttributeId.Value },
                        MonitoringMode = mode,
                        RequestedParameters = new MonitoringParameters
                        {
                            ClientHandle = 77,
                            SamplingIntervalMs = samplingMs,
                            QueueSize = queue,
                            DiscardOldest = discardOldest,
                            Filter = ExtensionObject.Of(filter),
                        },
                    },
                ],
            },
            Token);
        return response.Results.Single();
    }

    private Task<PublishResponse> PublishAsync(params SubscriptionAcknowledgement[] acknowledgements) =>
        client.SendAsync<PublishResponse>(
            new PublishRequest { SubscriptionAcknowledgements = acknowledgements }, Token);

    private static DataValue[] Values(PublishResponse response) =>
        response.NotificationMessage.NotificationData
            .Select(data => data.Structure)
            .OfType<DataChangeNotification>()
            .SelectMany(change => change.MonitoredItems)
            .Select(item => item.Value)
            .ToArray();

    private static object?[] Numbers(PublishResponse response) => [.. Values(response).Select(value => value.Value.Value)];

    [Test]
    public async Task FirstMessage_CarriesThePresentValueWithHandleAndTimes()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, line.Count);
        Tick();
        var message = await PublishAsync();
        Assert.That((message.SubscriptionId, message.NotificationMessage.SequenceNumber), Is.EqualTo((id, 1u)));
        Assert.That(message.AvailableSequenceNumbers, Is.EqualTo(new[] { 1u }));
        var value = Values(message).Single();
        Assert.That(value.Value, Is.EqualTo(Variant.Of(1)));
        Assert.That(value.SourceTimestamp, Is.EqualTo(LineServer.Then));
        Assert.That(value.ServerTimestamp, Is.Not.Null);
    }

    [Test]
    public async Task Changes_BetweenTwoTicks_ComeAllAndInOrder()
    {
        await MonitorAsync(await SubscribeAsync(), line.Count);
        for (var i = 2; i <= 5; i++)
        {
            LineServer.Set(line.Count, Variant.Of(i));
        }

        LineServer.Set(line.Count, Variant.Of(5));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 1, 2, 3, 4, 5 }), "5 came twice, once counts");
    }

    [TestCase(true, new[] { 4, 5, 6 }, 0)]
    [TestCase(false, new[] { 1, 2, 6 }, 2)]
    public async Task Queue_ThatOverflows_KeepsTheRightEndAndMarksTheGap(bool discardOldest, int[] kept, int marked)
    {
        await MonitorAsync(await SubscribeAsync(), line.Count, queue: 3, discardOldest: discardOldest);
        for (var i = 2; i <= 6; i++)
        {
            LineServer.Set(line.Count, Variant.Of(i));
        }

        Tick();
        var values = Values(await PublishAsync());
        Assert.That(values.Select(value => value.Value.Get<int>()), Is.EqualTo(kept));
        Assert.That(
            values.Select((value, index) => value.Status.IsOverflow == (index == marked)), Is.All.True);
    }

    [Test]
    public async Task Queue_OfOne_KeepsTheNewestWithoutAMark()
    {
        await MonitorAsync(await SubscribeAsync(), line.Count, queue: 0);
        LineServer.Set(line.Count, Variant.Of(9));
        Tick();
        var value = Values(await PublishAsync()).Single();
        Assert.That((value.Value, value.Status), Is.EqualTo((Variant.Of(9), StatusCodes.Good)));
    }

    [Test]
    public async Task Sampling_SlowerThanTheChanges_TakesTheLatestWhenItIsDue()
    {
        await MonitorAsync(await SubscribeAsync(), line.Count, samplingMs: 250);
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 1 }));
        LineServer.Set(line.Count, Variant.Of(2));
        LineServer.Set(line.Count, Variant.Of(3));
        var next = PublishAsync();
        Tick();
        Assert.That(next.IsCompleted, Is.False, "200 ms: not yet due");
        Tick();
        Assert.That(Numbers(await next), Is.EqualTo(new object[] { 3 }));
    }

    [Test]
    public async Task Deadbands_LetPassOnlyWhatGoesBeyondThem()
    {
        var id = await SubscribeAsync();
        Assert.That(
            (await MonitorAsync(id, line.Speed, filter: new DataChangeFilter
            {
                Trigger = DataChangeTrigger.StatusValue, DeadbandType = DeadbandType.Absolute, DeadbandValue = 2,
            })).StatusCode,
            Is.EqualTo(StatusCodes.Good));
        foreach (var speed in new[] { 12.0, 12.5, 13.0, 10.5 })
        {
            LineServer.Set(line.Speed, Variant.Of(speed));
        }

        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 10.0, 12.5 }), "12 and 10.5 are 2 off, no more");
    }

    [Test]
    public async Task Deadband_InPercent_CountsOfTheRange()
    {
        // 5 % of 0..200 are 10.
        await MonitorAsync(await SubscribeAsync(), line.Speed, filter: new DataChangeFilter
        {
            Trigger = DataChangeTrigger.StatusValue, DeadbandType = DeadbandType.Percent, DeadbandValue = 5,
        });
        foreach (var speed in new[] { 20.0, 20.1, 30.1, 30.2 })
        {
            LineServer.Set(line.Speed, Variant.Of(speed));
        }

        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 10.0, 20.1, 30.2 }));
    }

    [Test]
    public async Task Deadband_WhereThereIsNoRangeOrNoNumber_IsRefused()
    {
        var id = await SubscribeAsync();
        var percent = new DataChangeFilter { DeadbandType = DeadbandType.Percent, DeadbandValue = 5 };
        Assert.That(
            (await MonitorAsync(id, line.Count, filter: percent)).StatusCode,
            Is.EqualTo(StatusCodes.BadDeadbandFilterInvalid));
        Assert.That(
            (await MonitorAsync(id, line.Text, filter: percent)).StatusCode, Is.EqualTo(StatusCodes.BadFilterNotAllowed));
    }

    [Test]
    public async Task Item_ThatOnlySamples_ReportsWhatItHasOnceItMay()
    {
        var id = await SubscribeAsync(keepAlive: 1);
        var item = await MonitorAsync(id, line.Count, mode: MonitoringMode.Sampling);
        LineServer.Set(line.Count, Variant.Of(2));
        Tick();
        Assert.That(Values(await PublishAsync()), Is.Empty, "a keep-alive");
        var results = await client.SendAsync<SetMonitoringModeResponse>(
            new SetMonitoringModeRequest
            {
                SubscriptionId = id,
                MonitoringMode = MonitoringMode.Reporting,
                MonitoredItemIds = [item.MonitoredItemId, 999],
            },
            Token);
        Assert.That(
            results.Results, Is.EqualTo(new[] { StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid }));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 1, 2 }));
    }

    [Test]
    public async Task Item_ThatIsDeleted_TellsNothingMore()
    {
        var id = await SubscribeAsync(keepAlive: 1);
        var item = await MonitorAsync(id, line.Count);
        await client.SendAsync<DeleteMonitoredItemsResponse>(
            new DeleteMonitoredItemsRequest { SubscriptionId = id, MonitoredItemIds = [item.MonitoredItemId] }, Token);
        LineServer.Set(line.Count, Variant.Of(2));
        Tick();
        Assert.That(Values(await PublishAsync()), Is.Empty);
    }

    [Test]
    public async Task Message_OverTheClientsCount_IsContinuedAtOnce()
    {
        await MonitorAsync(await SubscribeAsync(most: 2), line.Count);
        LineServer.Set(line.Count, Variant.Of(2));
        LineServer.Set(line.Count, Variant.Of(3));
        Tick();
        var first = await PublishAsync();
        var second = await PublishAsync();
        Assert.That((Numbers(first), first.MoreNotifications), Is.EqualTo((new object[] { 1, 2 }, true)));
        Assert.That((Numbers(second), second.MoreNotifications), Is.EqualTo((new object[] { 3 }, false)));
    }

    [Test]
    public async Task KeepAlive_ComesAtItsCountWithTheNextNumberAndIsNotKept()
    {
        await MonitorAsync(await SubscribeAsync(keepAlive: 3), line.Count);
        Tick();
        Assert.That((await PublishAsync()).NotificationMessage.SequenceNumber, Is.EqualTo(1));
        var waiting = PublishAsync(new SubscriptionAcknowledgement { SubscriptionId = 1, SequenceNumber = 1 });
        await client.ReadAsync([line.Count.NodeId], Token);
        Tick(2);
        await client.ReadAsync([line.Count.NodeId], Token);
        Assert.That(waiting.IsCompleted, Is.False);
        Tick();
        var keepAlive = await waiting;
        Assert.That(keepAlive.NotificationMessage.NotificationData, Is.Empty);
        Assert.That(keepAlive.NotificationMessage.SequenceNumber, Is.EqualTo(2));
        Assert.That(keepAlive.AvailableSequenceNumbers, Is.Empty, "message 1 was acknowledged");
        LineServer.Set(line.Count, Variant.Of(2));
        Tick();
        Assert.That((await PublishAsync()).NotificationMessage.SequenceNumber, Is.EqualTo(2));
    }

    [Test]
    public async Task Subscription_WithoutPublishRequests_EndsAfterItsLifetimeAndSaysSo()
    {
        await SubscribeAsync(lifetime: 6, keepAlive: 2);
        Tick(5);
        Assert.That(line.Server.SubscriptionCount, Is.EqualTo(1));
        Tick();
        Assert.That(line.Server.SubscriptionCount, Is.Zero);
        var farewell = await PublishAsync();
        var change = (StatusChangeNotification)farewell.NotificationMessage.NotificationData.Single().Structure!;
        Assert.That(change.Status, Is.EqualTo(StatusCodes.BadTimeout));
        Assert.That(await LineServer.RefusalAsync(PublishAsync()), Is.EqualTo(StatusCodes.BadNoSubscription));
    }

    [Test]
    public async Task Republish_GivesTheSameMessageUntilItIsAcknowledgedOrPushedOut()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, line.Count);
        for (var i = 2; i <= 4; i++)
        {
            Tick();
            await PublishAsync();
            LineServer.Set(line.Count, Variant.Of(i));
        }

        Task<RepublishResponse> RepublishAsync(uint number) => client.SendAsync<RepublishResponse>(
            new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = number }, Token);
        Assert.That(
            await LineServer.RefusalAsync(RepublishAsync(1)),
            Is.EqualTo(StatusCodes.BadMessageNotAvailable), "only two are kept");
        var again = await RepublishAsync(2);
        Assert.That(again.NotificationMessage.SequenceNumber, Is.EqualTo(2));
        Tick();
        var acknowledged = await PublishAsync(
            new SubscriptionAcknowledgement { SubscriptionId = id, SequenceNumber = 3 },
            new SubscriptionAcknowledgement { SubscriptionId = id, SequenceNumber = 3 },
            new SubscriptionAcknowledgement { SubscriptionId = 999, SequenceNumber = 1 });
        Assert.That(acknowledged.Results, Is.EqualTo(new[]
        {
            StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown, StatusCodes.BadSubscriptionIdInvalid,
        }));
        Assert.That(await LineServer.RefusalAsync(RepublishAsync(3)), Is.EqualTo(StatusCodes.BadMessageNotAvailable));
    }

    [Test]
    public async Task PublishRequests_OverTheLimit_CostTheOldest()
    {
        await SubscribeAsync();
        Tick();
        await PublishAsync();
        var oldest = PublishAsync();
        await client.ReadAsync([line.Count.NodeId], Token);
        var second = PublishAsync();
        var third = PublishAsync();
        Assert.That(await LineServer.RefusalAsync(oldest), Is.EqualTo(StatusCodes.BadTooManyPublishRequests));
        Assert.That((second.IsCompleted, third.IsCompleted), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Subscriptions_OverTheLimit_AreRefused()
    {
        for (var i = 0; i < 3; i++)
        {
            await SubscribeAsync();
        }

        Assert.That(await LineServer.RefusalAsync(SubscribeAsync()), Is.EqualTo(StatusCodes.BadTooManySubscriptions));
    }

    [Test]
    public async Task HigherPriority_IsServedFirst()
    {
        var low = await SubscribeAsync(priority: 1);
        var high = await SubscribeAsync(priority: 9);
        Tick();
        Assert.That((await PublishAsync()).SubscriptionId, Is.EqualTo(high));
        Assert.That((await PublishAsync()).SubscriptionId, Is.EqualTo(low));
    }

    [Test]
    public async Task Transfer_MovesTheSubscriptionWithItsUnacknowledgedMessages()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, line.Count);
        Tick();
        await PublishAsync();
        var before = client;
        var farewell = PublishAsync();
        await before.ReadAsync([line.Count.NodeId], Token);

        client = await line.ConnectAsync(Token);
        var transfer = await client.SendAsync<TransferSubscriptionsResponse>(
            new TransferSubscriptionsRequest { SubscriptionIds = [id, 999], SendInitialValues = true }, Token);
        Assert.That(transfer.Results[0].AvailableSequenceNumbers, Is.EqualTo(new[] { 1u }));
        Assert.That(transfer.Results[1].StatusCode, Is.EqualTo(StatusCodes.BadSubscriptionIdInvalid));
        var change = (StatusChangeNotification)(await farewell).NotificationMessage.NotificationData.Single().Structure!;
        Assert.That(change.Status, Is.EqualTo(StatusCodes.GoodSubscriptionTransferred));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 1 }), "the initial value again");
        Assert.That(
            await LineServer.RefusalAsync(before.SendAsync<RepublishResponse>(
                new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = 1 }, Token)),
            Is.EqualTo(StatusCodes.BadSubscriptionIdInvalid));
    }

    [Test]
    public async Task Subscription_WhoseSessionTimedOut_CanBeTakenOver()
    {
        await using var brief = await RequestChannel.ConnectAsync(
            new UaClientOptions { EndpointUrl = line.Server.EndpointUrl }, TimeProvider.System, Token);
        Task<T> SendAsync<T>(IUaRequest request, NodeId token = default)
            where T : class, IUaResponse => brief.SendAsync<T>(request, token, TimeSpan.FromSeconds(10), Token);
        var session = await SendAsync<CreateSessionResponse>(
            new CreateSessionRequest { RequestedSessionTimeoutMs = 1000 });
        await SendAsync<ActivateSessionResponse>(new ActivateSessionRequest(), session.AuthenticationToken);
        var created = await SendAsync<CreateSubscriptionResponse>(
            new CreateSubscriptionRequest
            {
                RequestedPublishingIntervalMs = IntervalMs, RequestedLifetimeCount = 1000, PublishingEnabled = true,
            },
            session.AuthenticationToken);
        Tick(15);
        Assert.That((line.Server.SessionCount, line.Server.SubscriptionCount), Is.EqualTo((1, 1)));
        var transfer = await client.SendAsync<TransferSubscriptionsResponse>(
            new TransferSubscriptionsRequest { SubscriptionIds = [created.SubscriptionId] }, Token);
        Assert.That(transfer.Results.Single().StatusCode, Is.EqualTo(StatusCodes.Good));
        Assert.That((await PublishAsync()).SubscriptionId, Is.EqualTo(created.SubscriptionId));
    }

    [Test]
    public async Task Delete_OfTheLastSubscription_AnswersTheWaitingRequests()
    {
        var id = await SubscribeAsync();
        Tick();
        await PublishAsync();
        var waiting = PublishAsync();
        await client.ReadAsync([line.Count.NodeId], Token);
        await client.SendAsync<DeleteSubscriptionsResponse>(
            new DeleteSubscriptionsRequest { SubscriptionIds = [id] }, Token);
        Assert.That(await LineServer.RefusalAsync(waiting), Is.EqualTo(StatusCodes.BadNoSubscription));
    }

    [Test]
    public async Task ComputedVariable_IsSampledByThePublishingTimer()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, line.Space.Variable(VariableIds.Server_ServerStatus_CurrentTime));
        Tick();
        var first = Values(await PublishAsync()).Last().Value.Get<DateTime>();
        Tick();
        var second = Values(await PublishAsync()).Last().Value.Get<DateTime>();
        Assert.That(second - first, Is.EqualTo(TimeSpan.FromMilliseconds(IntervalMs)));
    }

    [Test]
    public async Task Changes_FromManyThreads_ReachTheClientEachOnceAndInTheirOrder()
    {
        const int perThread = 200;
        await MonitorAsync(await SubscribeAsync(), line.Count, queue: 1000);
        var gate = new Lock();
        var written = new List<int> { 1 };
        await Task.WhenAll(Enumerable.Range(1, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < perThread; i++)
            {
                lock (gate)
                {
                    var value = (thread * 1000) + i;
                    written.Add(value);
                    LineServer.Set(line.Count, Variant.Of(value));
                }
            }
        })));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(written));
    }
}
