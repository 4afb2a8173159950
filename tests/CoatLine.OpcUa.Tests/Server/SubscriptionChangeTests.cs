using System.Threading.Channels;
using CoatLine.OpcUa.Client;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server;

/// <summary>What a client changes about a subscription that exists, at our server.</summary>
[TestFixture]
[CancelAfter(30_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SubscriptionChangeTests : IAsyncDisposable
{
    private readonly Channel<DataChange> _changes = Channel.CreateUnbounded<DataChange>();
    private LineServer _line = null!;
    private UaSubscription _subscription = null!;
    private IReadOnlyList<UaMonitoredItem> _items = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task SubscribeAsync()
    {
        _line = await LineServer.StartAsync(networkTime: TimeProvider.System);
        var client = await _line.ConnectAsync(Token);
        _subscription = await client.CreateSubscriptionAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(20) },
            change => _changes.Writer.TryWrite(change),
            Token);
        _items = await _subscription.AddItemsAsync(
            [new MonitoredItemRequest(_line.Count.NodeId) { SamplingInterval = TimeSpan.Zero, QueueSize = 5 }],
            Token);
        Assert.That(await NextAsync(), Is.EqualTo(1));
    }

    public async ValueTask DisposeAsync() => await _line.DisposeAsync();

    [Test]
    public async Task Subscription_Modified_HasTheRevisedInterval()
    {
        await _subscription.ModifyAsync(
            new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50), KeepAliveCount = 7 }, Token);
        Assert.That(_subscription.PublishingInterval, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
        Assert.That(_subscription.KeepAliveInterval, Is.EqualTo(TimeSpan.FromMilliseconds(350)));
        LineServer.Set(_line.Count, Variant.Of(2));
        Assert.That(await NextAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Publishing_SwitchedOff_KeepsTheValuesUntilItIsOnAgain()
    {
        await _subscription.SetPublishingModeAsync(false, Token);
        LineServer.Set(_line.Count, Variant.Of(2));
        LineServer.Set(_line.Count, Variant.Of(3));
        Assert.That(_changes.Reader.TryRead(out _), Is.False);
        await _subscription.SetPublishingModeAsync(true, Token);
        Assert.That((await NextAsync(), await NextAsync()), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task Item_Disabled_IsSilentUntilItReportsAgain()
    {
        Assert.That(
            await _subscription.SetMonitoringModeAsync(_items, MonitoringMode.Disabled, Token),
            Is.EqualTo(new[] { StatusCodes.Good }));
        LineServer.Set(_line.Count, Variant.Of(2));
        LineServer.Set(_line.Count, Variant.Of(3));
        await _subscription.SetMonitoringModeAsync(_items, MonitoringMode.Reporting, Token);
        Assert.That(await NextAsync(), Is.EqualTo(3), "only the present value");
    }

    [Test]
    public async Task Item_Modified_HasTheRevisedQueue()
    {
        var results = await _subscription.ModifyItemsAsync(_items, r => r with { QueueSize = 1_000_000 }, Token);
        Assert.That(results, Is.EqualTo(new[] { StatusCodes.Good }));
        Assert.That(_items[0].QueueSize, Is.EqualTo(1000), "the server's own bound");
    }

    [Test]
    public async Task Queue_ThatRanOver_IsToldAsAGap()
    {
        var gaps = Channel.CreateUnbounded<UaGap>();
        _subscription.GapFound += gap => gaps.Writer.TryWrite(gap);
        await _subscription.SetPublishingModeAsync(false, Token);
        for (var number = 2; number <= 20; number++)
        {
            LineServer.Set(_line.Count, Variant.Of(number));
        }

        await _subscription.SetPublishingModeAsync(true, Token);
        var numbers = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(await NextAsync());
        }

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(16, 5)));
        var gap = await gaps.Reader.ReadAsync(Token);
        Assert.That((gap.LostMessages, gap.Subscription), Is.EqualTo((-1, _subscription)));
        Assert.That(gap.Why, Does.Contain("queue"));
        Assert.That(gap.To, Is.GreaterThanOrEqualTo(gap.From));
    }

    [Test]
    public async Task Queue_ByDefault_HoldsWhatIsSampledInTheLifetime()
    {
        var items = await _subscription.AddItemsAsync([new MonitoredItemRequest(_line.Text.NodeId)], Token);
        Assert.That(items[0].QueueSize, Is.EqualTo(600));
    }

    private async Task<int> NextAsync() => (await _changes.Reader.ReadAsync(Token)).Value.Value.Get<int>();
}
