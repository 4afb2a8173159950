using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Tests.Transport;

namespace CoatLine.OpcUa.Tests.Server;

internal sealed class SubscriptionServiceTests : SubscriptionFixture
{
    [Test]
    public async Task Message_OverTheClientsCount_IsContinuedAtOnce()
    {
        await MonitorAsync(await SubscribeAsync(most: 2), Line.Count);
        LineServer.Set(Line.Count, Variant.Of(2));
        LineServer.Set(Line.Count, Variant.Of(3));
        Tick();
        var first = await PublishAsync();
        var second = await PublishAsync();
        Assert.That((Numbers(first), first.MoreNotifications), Is.EqualTo((new object[] { 1, 2 }, true)));
        Assert.That((Numbers(second), second.MoreNotifications), Is.EqualTo((new object[] { 3 }, false)));
    }

    [Test]
    public async Task Message_OverTheClientsOctets_IsContinuedAndNothingIsLost()
    {
        using var small = await RawPeer.OpenAsync(Line.Server.Port, Token);
        var header = new RequestHeader
        {
            AuthenticationToken = await small.OpenSessionAsync(Token, maxResponseOctets: 1000),
        };
        var subscription = ((CreateSubscriptionResponse)await small.AskAsync(
            new CreateSubscriptionRequest
            {
                RequestHeader = header, RequestedPublishingIntervalMs = IntervalMs, PublishingEnabled = true,
            },
            Token)).SubscriptionId;
        await small.AskAsync(
            new CreateMonitoredItemsRequest
            {
                RequestHeader = header,
                SubscriptionId = subscription,
                ItemsToCreate =
                [
                    new MonitoredItemCreateRequest
                    {
                        ItemToMonitor = ReadValueId.Of(Line.Text.NodeId),
                        MonitoringMode = MonitoringMode.Reporting,
                        RequestedParameters = new MonitoringParameters { QueueSize = 100 },
                    },
                ],
            },
            Token);
        string[] texts = [.. Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 100))];
        LineServer.Set(Line.Text, Variant.Of(new string('x', 2000)));
        foreach (var text in texts)
        {
            LineServer.Set(Line.Text, Variant.Of(text));
        }

        Tick();
        var seen = new List<DataValue>();
        while (seen.Count < texts.Length + 2)
        {
            var response = (PublishResponse)await small.AskAsync(new PublishRequest { RequestHeader = header }, Token);
            seen.AddRange(Values(response));
        }

        Assert.That(seen[0].Value, Is.EqualTo(Variant.Of("start")));
        Assert.That(
            (seen[1].Value, seen[1].Status), Is.EqualTo((Variant.Null, StatusCodes.BadEncodingLimitsExceeded)));
        Assert.That(seen.Skip(2).Select(value => value.Value.Get<string>()), Is.EqualTo(texts));
    }

    [Test]
    public async Task PublishDue_AnIntervalAfterTheLastMessage_NeedsNoTimerAndSoonerWaitsForIt()
    {
        await MonitorAsync(await SubscribeAsync(), Line.Count);
        Tick();
        await PublishAsync();
        var second = PublishAsync();
        Tick();
        await Client.ReadAsync([Line.Count.NodeId], Token);
        Assert.That(second.IsCompleted, Is.False, "there is nothing to tell");

        LineServer.Set(Line.Count, Variant.Of(2));
        Line.Server.PublishDue();
        Assert.That(Numbers(await second), Is.EqualTo(new object[] { 2 }));

        var third = PublishAsync();
        await Client.ReadAsync([Line.Count.NodeId], Token);
        LineServer.Set(Line.Count, Variant.Of(3));
        Line.Server.PublishDue();
        await Client.ReadAsync([Line.Count.NodeId], Token);
        Assert.That(third.IsCompleted, Is.False, "a message went out within the interval");
        Tick();
        Assert.That(Numbers(await third), Is.EqualTo(new object[] { 3 }));
    }

    [Test]
    public async Task KeepAlive_ComesAtItsCountWithTheNextNumberAndIsNotKept()
    {
        await MonitorAsync(await SubscribeAsync(keepAlive: 3), Line.Count);
        Tick();
        Assert.That((await PublishAsync()).NotificationMessage.SequenceNumber, Is.EqualTo(1));
        var waiting = PublishAsync(new SubscriptionAcknowledgement { SubscriptionId = 1, SequenceNumber = 1 });
        await Client.ReadAsync([Line.Count.NodeId], Token);
        Tick(2);
        await Client.ReadAsync([Line.Count.NodeId], Token);
        Assert.That(waiting.IsCompleted, Is.False);
        Tick();
        var keepAlive = await waiting;
        Assert.That(keepAlive.NotificationMessage.NotificationData, Is.Empty);
        Assert.That(keepAlive.NotificationMessage.SequenceNumber, Is.EqualTo(2));
        Assert.That(keepAlive.AvailableSequenceNumbers, Is.Empty, "message 1 was acknowledged");
        LineServer.Set(Line.Count, Variant.Of(2));
        Tick();
        Assert.That((await PublishAsync()).NotificationMessage.SequenceNumber, Is.EqualTo(2));
    }

    [Test]
    public async Task Subscription_WithoutPublishRequests_EndsAfterItsLifetimeAndSaysSo()
    {
        await SubscribeAsync(lifetime: 6, keepAlive: 2);
        Tick(5);
        Assert.That(Line.Server.SubscriptionCount, Is.EqualTo(1));
        Tick();
        Assert.That(Line.Server.SubscriptionCount, Is.Zero);
        var farewell = await PublishAsync();
        var change = (StatusChangeNotification)farewell.NotificationMessage.NotificationData.Single().Structure!;
        Assert.That(change.Status, Is.EqualTo(StatusCodes.BadTimeout));
        Assert.That(await LineServer.RefusalAsync(PublishAsync()), Is.EqualTo(StatusCodes.BadNoSubscription));
    }

    [Test]
    public async Task Republish_GivesTheSameMessageUntilItIsAcknowledgedOrPushedOut()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, Line.Count);
        for (var i = 2; i <= 4; i++)
        {
            Tick();
            await PublishAsync();
            LineServer.Set(Line.Count, Variant.Of(i));
        }

        Task<RepublishResponse> RepublishAsync(uint number) => Client.SendAsync<RepublishResponse>(
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
        await Client.ReadAsync([Line.Count.NodeId], Token);
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
        await MonitorAsync(id, Line.Count);
        Tick();
        await PublishAsync();
        var before = Client;
        var farewell = PublishAsync();
        await before.ReadAsync([Line.Count.NodeId], Token);

        Client = await Line.ConnectAsync(Token);
        var transfer = await Client.SendAsync<TransferSubscriptionsResponse>(
            new TransferSubscriptionsRequest { SubscriptionIds = [id, 999], SendInitialValues = true }, Token);
        Assert.That(transfer.Results[0].AvailableSequenceNumbers, Is.EqualTo(new[] { 1u }));
        Assert.That(transfer.Results[1].StatusCode, Is.EqualTo(StatusCodes.BadSubscriptionIdInvalid));
        var told = (await farewell).NotificationMessage.NotificationData.Single().Structure;
        Assert.That(((StatusChangeNotification)told!).Status, Is.EqualTo(StatusCodes.GoodSubscriptionTransferred));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 1 }), "the initial value again");
        Assert.That(
            await LineServer.RefusalAsync(before.SendAsync<RepublishResponse>(
                new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = 1 }, Token)),
            Is.EqualTo(StatusCodes.BadSubscriptionIdInvalid));
    }

    [Test]
    public async Task Transfer_ToAnotherApplicationOfAnAnonymousUser_IsDenied()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, Line.Count);
        Tick();
        await PublishAsync();
        var stranger = await Line.ConnectAsync(Token, "urn:stranger");
        Assert.That(
            (await TransferAsync(stranger, id)).StatusCode, Is.EqualTo(StatusCodes.BadUserAccessDenied));
        LineServer.Set(Line.Count, Variant.Of(2));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 2 }), "it stays where it was");
    }

    [Test]
    public async Task Subscription_WhoseSessionWasClosed_IsStillNobodyElses()
    {
        var id = await SubscribeAsync();
        await Client.SendAsync<CloseSessionResponse>(new CloseSessionRequest(), Token);
        var stranger = await Line.ConnectAsync(Token, "urn:stranger");
        Assert.That(
            (await TransferAsync(stranger, id)).StatusCode, Is.EqualTo(StatusCodes.BadUserAccessDenied));
        Client = await Line.ConnectAsync(Token);
        Assert.That((await TransferAsync(Client, id)).StatusCode, Is.EqualTo(StatusCodes.Good));
    }

    [Test]
    public async Task Transfer_WhileTheOldSessionHasNoRequestWaiting_IsToldWithItsNext()
    {
        uint[] ids = [await SubscribeAsync(), await SubscribeAsync()];
        var before = Client;
        Client = await Line.ConnectAsync(Token);
        await TransferAsync(Client, ids[0]);
        await TransferAsync(Client, ids[1]);
        foreach (var id in ids)
        {
            var told = await before.SendAsync<PublishResponse>(new PublishRequest(), Token);
            Assert.That(told.SubscriptionId, Is.EqualTo(id));
            Assert.That(
                ((StatusChangeNotification)told.NotificationMessage.NotificationData.Single().Structure!).Status,
                Is.EqualTo(StatusCodes.GoodSubscriptionTransferred));
        }

        Assert.That(
            await LineServer.RefusalAsync(before.SendAsync<PublishResponse>(new PublishRequest(), Token)),
            Is.EqualTo(StatusCodes.BadNoSubscription));
    }

    [Test]
    public async Task Transfer_OfTheLastSubscription_AnswersTheOtherWaitingRequests()
    {
        var id = await SubscribeAsync();
        Tick();
        await PublishAsync();
        var told = PublishAsync();
        await Client.ReadAsync([Line.Count.NodeId], Token);
        var left = PublishAsync();
        await Client.ReadAsync([Line.Count.NodeId], Token);
        await TransferAsync(await Line.ConnectAsync(Token), id);
        Assert.That((await told).NotificationMessage.NotificationData, Has.Length.EqualTo(1));
        Assert.That(await LineServer.RefusalAsync(left), Is.EqualTo(StatusCodes.BadNoSubscription));
    }

    [TestCase("user:a", "urn:x", "user:a", "urn:y", true)]
    [TestCase("user:a", "urn:x", "user:b", "urn:x", false)]
    [TestCase(null, "urn:x", null, "urn:x", true)]
    [TestCase(null, "urn:x", null, "urn:y", false)]
    [TestCase(null, "urn:x", "user:a", "urn:x", false)]
    public void Owner_IsTheUserOrTheApplicationOfAnAnonymousOne(
        string? user, string uri, string? other, string otherUri, bool same) =>
        Assert.That(new SessionOwner(user, uri).IsSameAs(new SessionOwner(other, otherUri)), Is.EqualTo(same));

    [Test]
    public async Task Subscription_WhoseSessionTimedOut_CanBeTakenOver()
    {
        await using var brief = await RequestChannel.ConnectAsync(
            new UaClientOptions { EndpointUrl = Line.Server.EndpointUrl, AllowInsecure = true },
            TimeProvider.System, Token);
        Task<T> SendAsync<T>(IUaRequest request, NodeId token = default)
            where T : class, IUaResponse => brief.SendAsync<T>(request, token, TimeSpan.FromSeconds(10), Token);
        var session = await SendAsync<CreateSessionResponse>(
            new CreateSessionRequest
            {
                RequestedSessionTimeoutMs = 1000,
                ClientDescription = new ApplicationDescription { ApplicationUri = LineServer.ClientUri },
            });
        await SendAsync<ActivateSessionResponse>(new ActivateSessionRequest(), session.AuthenticationToken);
        var created = await SendAsync<CreateSubscriptionResponse>(
            new CreateSubscriptionRequest
            {
                RequestedPublishingIntervalMs = IntervalMs, RequestedLifetimeCount = 1000, PublishingEnabled = true,
            },
            session.AuthenticationToken);
        Tick(15);
        Assert.That((Line.Server.SessionCount, Line.Server.SubscriptionCount), Is.EqualTo((1, 1)));
        var transfer = await Client.SendAsync<TransferSubscriptionsResponse>(
            new TransferSubscriptionsRequest { SubscriptionIds = [created.SubscriptionId] }, Token);
        Assert.That(transfer.Results.Single().StatusCode, Is.EqualTo(StatusCodes.Good));
        Assert.That((await PublishAsync()).SubscriptionId, Is.EqualTo(created.SubscriptionId));
    }

    private static async Task<TransferResult> TransferAsync(UaClient client, uint id) =>
        (await client.SendAsync<TransferSubscriptionsResponse>(
            new TransferSubscriptionsRequest { SubscriptionIds = [id] }, Token)).Results.Single();

    [Test]
    public async Task Delete_OfTheLastSubscription_AnswersTheWaitingRequests()
    {
        var id = await SubscribeAsync();
        Tick();
        await PublishAsync();
        var waiting = PublishAsync();
        await Client.ReadAsync([Line.Count.NodeId], Token);
        await Client.SendAsync<DeleteSubscriptionsResponse>(
            new DeleteSubscriptionsRequest { SubscriptionIds = [id] }, Token);
        Assert.That(await LineServer.RefusalAsync(waiting), Is.EqualTo(StatusCodes.BadNoSubscription));
    }
}
