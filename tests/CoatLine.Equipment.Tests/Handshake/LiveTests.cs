using System.Threading.Channels;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Handshake;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class LiveTests
{
    [Test]
    public async Task AwaitAtMost_ValueAboveTheLimit_WaitsUntilItIsReached()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(35.1));
        Task<LiveValue> waiting = Await(test, 35);
        Assert.That(waiting.IsCompleted, Is.False);
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(35.0));
        Assert.That(await waiting, Is.EqualTo(new LiveValue(Unit.Mixer, "SlurryTemp", 35.0, PlcMemory.Now)));
    }

    [Test]
    public async Task Gap_OfTheLink_IsToldWithItsBounds()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        var told = new List<DataGap>();
        test.Line.GapFound += told.Add;
        DateTime from = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        test.Server.Lose(new LinkGap(from, from.AddSeconds(8), 80, "the server restarted"));
        Assert.That(told, Is.EqualTo(new[]
        {
            new DataGap(
                LineUnderTest.LineNow, LineUnderTest.LineNow.AddSeconds(8), 80, "the server restarted"),
        }));
    }

    [Test]
    public async Task AwaitAtMost_ValueNotReported_IsReadBack()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(50.0));
        Task<LiveValue> waiting = Await(test, 35);
        test.Server.IsMute = true;
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(20.0));
        Assert.That((await test.CompleteAsync(waiting)).Value, Is.EqualTo(20.0));
    }

    [TestCase(0x80000000u)]
    [TestCase(0x40900000u)]
    [TestCase(0x00960000u)]
    public async Task AwaitAtMost_ValueNotPlainlyGood_NeverSatisfies(uint status)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Server.Set("Mixer.Live.SlurryTemp", new DataValue(Variant.Of(20.0), new StatusCode(status)));
        Task<LiveValue> waiting = Await(test, 35);
        await test.PassAsync(TimeSpan.FromSeconds(30));
        Assert.That(waiting.IsCompleted, Is.False);
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(30.0));
        Assert.That((await test.CompleteAsync(waiting)).Value, Is.EqualTo(30.0));
    }

    [Test]
    public async Task AwaitAtMost_NotANumber_NeverSatisfies()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(double.NaN));
        Task<LiveValue> waiting = Await(test, 35);
        await test.PassAsync(TimeSpan.FromSeconds(5));
        Assert.That(waiting.IsCompleted, Is.False);
        test.Server.Cut();
        Assert.That(async () => await waiting, Throws.InstanceOf<LineUnreachableException>());
    }

    [Test]
    public async Task AwaitAtMost_PlcThatStandsStill_NeverSatisfies()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(20.0));
        test.NetworkTime.Advance(test.Options.HeartbeatStaleAfter + TimeSpan.FromMilliseconds(1));
        Assert.That(
            () => test.CompleteAsync(Await(test, 35), plcLives: false),
            Throws.InstanceOf<LineUnreachableException>());
    }

    [Test]
    public async Task AwaitAtMost_SwitchOrUnknownTag_IsAProgrammersMistake()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        foreach (string tag in new[] { "LidClosed", "Nonsense" })
        {
            Assert.That(
                () => test.Line.AwaitAtMostAsync(Unit.Mixer, tag, 1, CancellationToken.None),
                Throws.ArgumentException);
        }
    }

    [Test]
    public async Task LiveChanged_NumberSwitchAndBadValue_AreNumberOneAndNaN()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        var seen = Channel.CreateUnbounded<LiveValue>();
        test.Line.LiveChanged += v => seen.Writer.TryWrite(v);
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(41.5));
        test.Mixer.Set("Live.LidClosed", Variant.Of(true));
        test.Mixer.SetBad("Live.Vibration", StatusCodes.BadSensorFailure);
        Assert.That(await NextAsync(seen), Is.EqualTo(Live("SlurryTemp", 41.5)));
        Assert.That(await NextAsync(seen), Is.EqualTo(Live("LidClosed", 1)));
        Assert.That(await NextAsync(seen), Is.EqualTo(Live("Vibration", double.NaN)));
    }

    [Test]
    public async Task LiveChanged_HandlerThatBlocks_DelaysNobodyAndLosesTheOldest()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        using var blocked = new SemaphoreSlim(0);
        var slow = Channel.CreateUnbounded<double>();
        var quick = Channel.CreateUnbounded<double>();
        test.Line.LiveChanged += v =>
        {
            blocked.Wait();
            slow.Writer.TryWrite(v.Value);
        };
        test.Line.LiveChanged += v => quick.Writer.TryWrite(v.Value);
        const int count = LiveFeed.Backlog + 100;
        for (int i = 1; i <= count; i++)
        {
            test.Mixer.Set("Live.SlurryTemp", Variant.Of((double)i));
            Assert.That(await NextAsync(quick), Is.EqualTo(i));
        }

        blocked.Release(count);
        var kept = new List<double>();
        do
        {
            kept.Add(await NextAsync(slow));
        }
        while (kept[^1] != count);
        Assert.That(kept, Is.Ordered.And.Count.InRange(LiveFeed.Backlog, LiveFeed.Backlog + 1));
    }

    [Test]
    public async Task LiveChanged_HandlerThatFails_IsCalledAgain()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        var seen = Channel.CreateUnbounded<double>();
        test.Line.LiveChanged += v =>
        {
            seen.Writer.TryWrite(v.Value);
            throw new InvalidOperationException("display failed");
        };
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(1.0));
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(2.0));
        Assert.That(await NextAsync(seen), Is.EqualTo(1.0));
        Assert.That(await NextAsync(seen), Is.EqualTo(2.0));
    }

    [Test]
    public async Task Heartbeat_WhileConnected_CountsUpInEveryUnit()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        uint first = test.Server.Get<uint>("Press.Heartbeat.Mes");
        while (test.Server.Get<uint>("Press.Heartbeat.Mes") < first + 3)
        {
            await test.PassAsync(test.Options.HeartbeatPeriod);
        }

        Assert.That(
            Enum.GetValues<Unit>().Select(u => test.Server.Get<uint>($"{u}.Heartbeat.Mes")),
            Is.All.GreaterThanOrEqualTo(first + 3));
    }

    private static LiveValue Live(string name, double value) => new(Unit.Mixer, name, value, PlcMemory.Now);

    private static Task<T> NextAsync<T>(Channel<T> channel) =>
        LineUnderTest.SoonAsync(channel.Reader.ReadAsync().AsTask());

    private static Task<LiveValue> Await(LineUnderTest test, double limit) =>
        LineUnderTest.SoonAsync(
            test.Line.AwaitAtMostAsync(Unit.Mixer, "SlurryTemp", limit, CancellationToken.None));
}
