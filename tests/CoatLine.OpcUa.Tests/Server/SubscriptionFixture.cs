using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Server;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server;

/// <summary>Subscriptions by hand: Publish is sent by the tests, and the server's clock is moved by them.</summary>
[CancelAfter(30_000)]
internal abstract class SubscriptionFixture
{
    protected const double IntervalMs = 100;

    protected LineServer Line { get; private set; } = null!;

    protected UaClient Client { get; set; } = null!;

    protected static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SetUp()
    {
        Line = await LineServer.StartAsync(new UaServerLimits
        {
            MaxSubscriptions = 3, MaxPublishRequestsPerSession = 2, MaxRetransmissionMessages = 2,
        });
        Client = await Line.ConnectAsync(Token);
    }

    [TearDown]
    public async Task TearDown() => await Line.DisposeAsync();

    protected void Tick(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Line.Time.Advance(TimeSpan.FromMilliseconds(IntervalMs));
        }
    }

    protected async Task<uint> SubscribeAsync(
        uint lifetime = 1000, uint keepAlive = 100, uint most = 0, byte priority = 0) =>
        (await Client.SendAsync<CreateSubscriptionResponse>(
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

    protected async Task<MonitoredItemCreateResult> MonitorAsync(
        uint subscription, UaVariable variable, uint queue = 10, bool discardOldest = true, double samplingMs = 0,
        DataChangeFilter? filter = null, MonitoringMode mode = MonitoringMode.Reporting)
    {
        var response = await Client.SendAsync<CreateMonitoredItemsResponse>(
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

    protected Task<PublishResponse> PublishAsync(params SubscriptionAcknowledgement[] acknowledgements) =>
        Client.SendAsync<PublishResponse>(
            new PublishRequest { SubscriptionAcknowledgements = acknowledgements }, Token);

    protected static DataValue[] Values(PublishResponse response) =>
        response.NotificationMessage.NotificationData
            .Select(data => data.Structure)
            .OfType<DataChangeNotification>()
            .SelectMany(change => change.MonitoredItems)
            .Select(item => item.Value)
            .ToArray();

    protected static object?[] Numbers(PublishResponse response) =>
        [.. Values(response).Select(value => value.Value.Value)];
}
