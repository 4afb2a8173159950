using System.Threading.Channels;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Client;

[TestFixture]
[CancelAfter(LongestMs)]
internal sealed class UaSubscriptionTests
{
    private const int LongestMs = 30_000;
    private const uint SubscriptionId = 5;

    private readonly Channel<string> _delivered = Channel.CreateUnbounded<string>();
    private ScriptedServer _server = null!;
    private UaClient _client = null!;
    private UaSubscription _subscription = null!;
    private uint _handle;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SubscribeAsync()
    {
        _server = ScriptedServer.Start(_ => null);
        _client = await UaClient.ConnectAsync(
            new UaClientOptions { EndpointUrl = _server.Url, AllowInsecure = true }, TimeProvider.System, Token);
        _subscription = await _client.CreateSubscriptionAsync(
            new SubscriptionOptions(), change => Note(change.Value.Value.ToString()), Token);
        _subscription.GapFound += gap => Note($"missed {gap.FirstLost}..{gap.LastLost}, {gap.LostMessages}");
        var items = await _subscription.AddItemsAsync([new MonitoredItemRequest(new NodeId(1, "Value"))], Token);
        _handle = items[0].ClientHandle;
        await _server.NextAsync<CreateMonitoredItemsRequest>(Token);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        while (_delivered.Reader.TryRead(out _))
        {
            // What the test did not look at.
        }
    }

    [Test]
    public async Task Subscription_Begun_HasTwoRequestsWaitingInTheServer()
    {
        var first = await NextPublish();
        var second = await NextPublish();
        Assert.That(first.RequestHeader.RequestHandle, Is.Not.EqualTo(second.RequestHeader.RequestHandle));

        // The hint outlasts a keep-alive (1 s) for each of the requests, or the server would time them out.
        Assert.That(first.RequestHeader.TimeoutHintMs, Is.GreaterThan(3000));
    }

    [Test]
    public async Task Message_Arrived_IsAcknowledgedWithTheNextRequest()
    {
        await _server.AnswerAsync(await NextPublish(), Message(1, 11));
        await NextPublish();
        var next = await NextPublish();
        Assert.That(next.SubscriptionAcknowledgements, Is.EqualTo(new[]
        {
            new SubscriptionAcknowledgement { SubscriptionId = SubscriptionId, SequenceNumber = 1 },
        }));
    }

    [Test]
    public async Task KeepAlive_Arrived_NeitherAdvancesNorIsAcknowledged()
    {
        await _server.AnswerAsync(await NextPublish(), Message(1));
        await NextPublish();
        var next = await NextPublish();
        await _server.AnswerAsync(next, Message(1, 11));
        Assert.That(next.SubscriptionAcknowledgements, Is.Empty);
        Assert.That(await Delivered(), Is.EqualTo("11"));
    }

    [Test]
    public async Task Message_ThatIsMissing_IsAskedForAndDeliveredInItsPlace()
    {
        await _server.AnswerAsync(await NextPublish(), Message(1, 11));
        await _server.AnswerAsync(await NextPublish(), Message(3, 33));
        var republish = await _server.NextAsync<RepublishRequest>(Token);
        Assert.That(
            (republish.SubscriptionId, republish.RetransmitSequenceNumber), Is.EqualTo((SubscriptionId, 2u)));
        await _server.AnswerAsync(republish, new RepublishResponse { NotificationMessage = Notification(2, 22) });
        Assert.That(await DeliveredInOrder(3), Is.EqualTo(new[] { "11", "22", "33" }));
    }

    [Test]
    public async Task Message_ThatTheServerNoLongerHas_IsReportedInItsPlace()
    {
        await _server.AnswerAsync(await NextPublish(), Message(1, 11));
        await _server.AnswerAsync(await NextPublish(), Message(3, 33));
        await _server.AnswerAsync(
            await _server.NextAsync<RepublishRequest>(Token), Fault(StatusCodes.BadMessageNotAvailable));
        Assert.That(await DeliveredInOrder(3), Is.EqualTo(new[] { "11", "missed 2..2, 1", "33" }));
    }

    [Test]
    public async Task KeepAlive_WithALaterNumber_ShowsThatAMessageIsMissing()
    {
        await _server.AnswerAsync(await NextPublish(), Message(2));
        await _server.AnswerAsync(
            await _server.NextAsync<RepublishRequest>(Token),
            new RepublishResponse { NotificationMessage = Notification(1, 11) });
        await _server.AnswerAsync(await NextPublish(), Message(2, 22));
        Assert.That(await DeliveredInOrder(2), Is.EqualTo(new[] { "11", "22" }));
    }

    [Test]
    public async Task Message_ThatComesTwice_IsDeliveredOnce()
    {
        await _server.AnswerAsync(await NextPublish(), Message(1, 11));
        await _server.AnswerAsync(await NextPublish(), Message(1, 11));
        await _server.AnswerAsync(await NextPublish(), Message(2, 22));
        Assert.That(await DeliveredInOrder(2), Is.EqualTo(new[] { "11", "22" }));
    }

    [Test]
    public async Task Server_WithTooManyRequests_GetsNoMoreThanItTakes()
    {
        var first = await NextPublish();
        var second = await NextPublish();
        await _server.AnswerAsync(second, Fault(StatusCodes.BadTooManyPublishRequests));
        await _server.AnswerAsync(first, Message(1, 11));
        var third = await NextPublish();
        await _server.AnswerAsync(third, Message(2, 22));
        Assert.That(await DeliveredInOrder(2), Is.EqualTo(new[] { "11", "22" }));
        Assert.That(third.SubscriptionAcknowledgements, Has.Length.EqualTo(1));
        Assert.That(_client.IsConnected);
    }

    [Test]
    public async Task Subscription_ThatTheServerNoLongerKnows_IsMadeAnewBehindAGap()
    {
        await _server.AnswerAsync(await NextPublish(), Message(1, 11));
        Assert.That(await Delivered(), Is.EqualTo("11"));
        await _server.AnswerAsync(await NextPublish(), Fault(StatusCodes.BadNoSubscription));
        var items = await _server.NextAsync<CreateMonitoredItemsRequest>(Token);
        Assert.That(items.ItemsToCreate[0].RequestedParameters.ClientHandle, Is.EqualTo(_handle));
        await _server.AnswerAsync(await NextPublish(), Message(1, 12));
        Assert.That(await DeliveredInOrder(2), Is.EqualTo(new[] { "missed 0..0, -1", "12" }));
    }

    [Test]
    public async Task Subscription_ThatTheServerEnds_IsMadeAnewBehindAGap()
    {
        var notification = new NotificationMessage
        {
            SequenceNumber = 1,
            NotificationData =
            [
                ExtensionObject.Of(new StatusChangeNotification { Status = StatusCodes.BadTimeout }),
            ],
        };
        await _server.AnswerAsync(
            await NextPublish(),
            new PublishResponse { SubscriptionId = SubscriptionId, NotificationMessage = notification });
        await _server.NextAsync<CreateMonitoredItemsRequest>(Token);
        await _server.AnswerAsync(await NextPublish(), Message(1, 12));
        Assert.That(await DeliveredInOrder(2), Is.EqualTo(new[] { "missed 0..0, -1", "12" }));
    }

    [Test]
    public async Task Subscription_Disposed_IsDeletedInTheServer()
    {
        await _subscription.DisposeAsync();
        var delete = await _server.NextAsync<DeleteSubscriptionsRequest>(Token);
        Assert.That(delete.SubscriptionIds, Is.EqualTo(new[] { SubscriptionId }));

        // The server then has no use for the waiting requests and says so; that is no fault.
        Assert.That(_client.IsConnected);
    }

    [TestCase(1u, 2u)]
    [TestCase(uint.MaxValue, 1u)]
    public void SequenceOrder_Next_SkipsZero(uint number, uint next) =>
        Assert.That(SequenceOrder.Next(number), Is.EqualTo(next));

    [TestCase(5u, 5u, 0)]
    [TestCase(7u, 5u, 2)]
    [TestCase(4u, 5u, -1)]
    [TestCase(1u, uint.MaxValue, 1)]
    [TestCase(uint.MaxValue, 1u, -1)]
    public void SequenceOrder_Ahead_CountsAroundTheEnd(uint number, uint expected, long ahead) =>
        Assert.That(SequenceOrder.Ahead(number, expected), Is.EqualTo(ahead));

    private void Note(string what) => _delivered.Writer.TryWrite(what);

    private async Task<string> Delivered() => await _delivered.Reader.ReadAsync(Token);

    private async Task<string[]> DeliveredInOrder(int count)
    {
        var delivered = new string[count];
        for (var i = 0; i < count; i++)
        {
            delivered[i] = await Delivered();
        }

        return delivered;
    }

    private Task<PublishRequest> NextPublish() => _server.NextAsync<PublishRequest>(Token);

    private PublishResponse Message(uint number, params int[] values) => new()
    {
        SubscriptionId = SubscriptionId, NotificationMessage = Notification(number, values),
    };

    private NotificationMessage Notification(uint number, params int[] values) => new()
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
    };

    private static ServiceFault Fault(StatusCode status) =>
        new() { ResponseHeader = new ResponseHeader { ServiceResult = status } };
}
