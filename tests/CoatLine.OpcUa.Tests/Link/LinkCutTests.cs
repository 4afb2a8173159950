using System.Diagnostics;
using CoatLine.OpcUa.Client;

namespace CoatLine.OpcUa.Tests.Link;

/// <summary>
/// A counter that changes every 100 ms behind a cable that is cut: every number comes once and in order, or the gap is
/// told with its bounds. The silence after the link is back is printed, not judged.
/// </summary>
[TestFixture]
[CancelAfter(LongestMs)]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LinkCutTests
{
    private const int LongestMs = 90_000;

    private static readonly TimeSpan EightSeconds = TimeSpan.FromSeconds(8);

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [TestCase(Cut.BlackHole)]
    [TestCase(Cut.Stall)]
    [TestCase(Cut.Reset)]
    public async Task Link_CutForEightSecondsAtDefaultSettings_LosesNothing(Cut cut)
    {
        await using var server = await CountingServer.StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        await using var watch = await Watch(proxy, server, new SubscriptionOptions());
        server.Begin();
        await watch.SeenAsync(10, Token);
        await CutAsync(proxy, watch, server, cut, EightSeconds);
        await watch.SeenAsync(server.Count + 10, Token);
        ExpectAllInOrder(watch);
        Assert.That(watch.Gaps, Is.Empty);
        Assert.That(watch.Client.SessionNumber, Is.EqualTo(1), "the session is the same");
        Assert.That((server.Sessions, server.Subscriptions), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Link_CutForLongerThanTheSessionLives_LosesNothing()
    {
        await using var server = await CountingServer.StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        await using var watch = await Watch(proxy, server, new SubscriptionOptions(), TimeSpan.FromSeconds(1));
        server.Begin();
        await watch.SeenAsync(10, Token);
        await CutAsync(proxy, watch, server, Cut.BlackHole, TimeSpan.FromSeconds(4));
        await watch.SeenAsync(server.Count + 10, Token);
        ExpectAllInOrder(watch);
        Assert.That(watch.Gaps, Is.Empty);
        Assert.That(watch.Client.SessionNumber, Is.EqualTo(2), "the subscription was transferred to a new session");
        Assert.That((server.Sessions, server.Subscriptions), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Link_CutForLongerThanTheSubscriptionLives_TellsTheGapWithItsBounds()
    {
        await using var server = await CountingServer.StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        var brief = new SubscriptionOptions { KeepAliveCount = 5, LifetimeCount = 15 };
        await using var watch = await Watch(proxy, server, brief, TimeSpan.FromSeconds(1));
        server.Begin();
        await watch.SeenAsync(10, Token);
        await CutAsync(proxy, watch, server, Cut.BlackHole, TimeSpan.FromSeconds(5));
        await watch.UntilAsync(() => watch.Numbers[^1] >= server.Count - 1 && watch.Numbers.Length > 20, Token);
        ExpectOneGap(watch);
        Assert.That((server.Sessions, server.Subscriptions), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Server_RestartedOnTheSamePort_FlowsAgainBehindAGap()
    {
        var server = await CountingServer.StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        await using var watch = await Watch(proxy, server, new SubscriptionOptions());
        server.Begin();
        await watch.SeenAsync(10, Token);
        var (port, count) = (server.Port, server.Count);
        await server.DisposeAsync();

        // The line goes on while its server is away, and the namespaces are numbered otherwise afterwards.
        await using var restarted = await CountingServer.StartAsync(port, count + 50, ["urn:test:other"]);
        var back = Stopwatch.GetTimestamp();
        restarted.Begin();
        await watch.SeenAsync(count + 60, Token);
        TestContext.Out.WriteLine($"silence after the restart: {watch.SilenceAfter(back).TotalMilliseconds:0} ms");
        var gap = ExpectOneGap(watch);
        Assert.That(gap.Why, Does.Contain("restarted"));
        Assert.That(watch.Subscription.Items.Single().NodeId, Is.EqualTo(restarted.Counter));
        Assert.That((restarted.Sessions, restarted.Subscriptions), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Link_CutAgainAndAgain_LosesNothing()
    {
        await using var server = await CountingServer.StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        await using var watch = await Watch(proxy, server, new SubscriptionOptions());
        server.Begin();
        await watch.SeenAsync(5, Token);
        for (var i = 0; i < 10; i++)
        {
            proxy.Sever(Cut.Reset);
            proxy.Mend();
            await watch.SeenAsync(server.Count + (i % 3), Token);
        }

        ExpectAllInOrder(watch);
        Assert.That(watch.Gaps, Is.Empty);
        Assert.That(watch.Client.SessionNumber, Is.EqualTo(1));
    }

    [Test]
    public async Task Link_WhoseFarEndIsGone_IsNoticedAndMadeAnew()
    {
        await using var server = await CountingServer.StartAsync();
        await using var proxy = new LinkProxy(server.Port);
        await using var watch = await Watch(proxy, server, new SubscriptionOptions());
        server.Begin();
        await watch.SeenAsync(5, Token);
        proxy.HalfOpen();
        var gone = Stopwatch.GetTimestamp();
        await watch.SeenAsync(server.Count + 10, Token);
        TestContext.Out.WriteLine($"half-open link: silence {watch.SilenceAfter(gone).TotalMilliseconds:0} ms");
        ExpectAllInOrder(watch);
        Assert.That(watch.Gaps, Is.Empty);
    }

    [Test]
    public async Task Link_ThatIsSlow_LosesNothingAndStays()
    {
        await using var server = await CountingServer.StartAsync();
        await using var proxy = new LinkProxy(server.Port) { Delay = TimeSpan.FromMilliseconds(150) };
        await using var watch = await Watch(proxy, server, new SubscriptionOptions());
        server.Begin();
        await watch.SeenAsync(30, Token);
        ExpectAllInOrder(watch);
        Assert.That(proxy.Taken, Is.EqualTo(1));
    }

    private static async Task<CountWatch> Watch(
        LinkProxy proxy, CountingServer server, SubscriptionOptions subscription, TimeSpan? sessionTimeout = null)
    {
        var options = new UaClientOptions { AllowInsecure = true, EndpointUrl = proxy.Url };
        options = sessionTimeout is { } timeout ? options with { SessionTimeout = timeout } : options;
        return await CountWatch.StartAsync(options, subscription, server.Counter, Token);
    }

    private static async Task CutAsync(
        LinkProxy proxy, CountWatch watch, CountingServer server, Cut cut, TimeSpan length)
    {
        proxy.Sever(cut);
        var during = server.Count + (int)(length / CountingServer.Period);
        using var timer = new PeriodicTimer(CountingServer.Period, TimeProvider.System);
        while (server.Count < during)
        {
            await timer.WaitForNextTickAsync(Token);
        }

        var (back, count) = (Stopwatch.GetTimestamp(), server.Count);
        proxy.Mend();
        await watch.UntilAsync(() => watch.Numbers is [.., var last] && last >= count, Token);
        TestContext.Out.WriteLine(
            $"{cut}, {length.TotalSeconds:0} s: silence after the link is back "
            + $"{watch.SilenceAfter(back).TotalMilliseconds:0} ms");
    }

    /// <summary>From the first number on each one once and in order.</summary>
    private static void ExpectAllInOrder(CountWatch watch)
    {
        var numbers = watch.Numbers;
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(numbers[0], numbers.Length)));
    }

    /// <summary>Each number once and in order but for those whose time lies in the one gap that was told.</summary>
    private static UaGap ExpectOneGap(CountWatch watch)
    {
        var told = watch.Told;
        var at = Array.FindIndex(told, what => what is UaGap);
        Assert.That(watch.Gaps, Has.Length.EqualTo(1));
        var gap = (UaGap)told[at];
        var before = told[..at].Cast<Seen>().ToArray();
        var after = told[(at + 1)..].Cast<Seen>().ToArray();
        foreach (var part in new[] { before, after })
        {
            Assert.That(
                part.Select(seen => seen.Number), Is.EqualTo(Enumerable.Range(part[0].Number, part.Length)));
        }

        Assert.That(after[0].Number, Is.GreaterThan(before[^1].Number));
        Assert.That(gap.LostMessages, Is.EqualTo(-1));
        Assert.That(before[^1].At, Is.LessThanOrEqualTo(gap.From), "what was delivered lies before the gap");
        Assert.That(after.Skip(1).Select(seen => seen.At), Has.All.GreaterThanOrEqualTo(gap.From));
        Assert.That(gap.To, Is.GreaterThan(gap.From));
        Assert.That(after[0].At, Is.LessThanOrEqualTo(gap.To), "the first one after it comes with its end");
        TestContext.Out.WriteLine($"gap {gap.From:HH:mm:ss.fff} to {gap.To:HH:mm:ss.fff}: {gap.Why}");
        return gap;
    }
}
