using System.Collections.Concurrent;
using CoatLine.Messaging;
using CoatLine.Messaging.Contracts;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace CoatLine.Ledger.Tests.Feeding;

/// <summary>What is recorded arrives.</summary>
[TestFixture]
internal sealed class FeedTests : FeedFixture
{
    [Test]
    public async Task Feed_ManyFacts_ArriveInOrderExactlyOnce()
    {
        await using FeedRig rig = await FeedRig.StartAsync(Folder);
        rig.Record(1234);

        await rig.DrainAsync();

        AssertLedgerIs(rig, 1234);
        Assert.That(rig.Journal.ConfirmedSeq, Is.EqualTo(1234));
        Assert.That(rig.Feed.Status.State, Is.EqualTo(FeedState.Following));
    }

    [Test]
    public async Task Feed_FactAfterFact_EachIsConfirmed()
    {
        await using FeedRig rig = await FeedRig.StartAsync(Folder);
        for (int i = 1; i <= 20; i++)
        {
            rig.Record(1);
            await rig.DrainAsync();
            Assert.That(rig.Ledger.Mark(SampleChain.Line)!.Seq, Is.EqualTo(i));
        }
    }

    [Test]
    public async Task Feed_HostWithABusOfItsOwn_LeavesThatAlone()
    {
        var heard = new TaskCompletionSource<LineEventPublished>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FeedRig rig = await FeedRig.StartAsync(Folder, new FeedFaults
        {
            Services = services => services.AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.UsingInMemory((_, transport) => transport.ReceiveEndpoint("host", endpoint =>
                    endpoint.Handler<LineEventPublished>(context =>
                    {
                        heard.TrySetResult(context.Message);
                        return Task.CompletedTask;
                    })));
            }),
        });
        rig.Record(3);
        await rig.DrainAsync();

        AssertLedgerIs(rig, 3);
        Assert.That(heard.Task.IsCompleted, Is.False, "the host's bus does not carry CoatLine's messages");
    }

    [Test]
    public async Task FanOut_EachFact_IsPublishedOnceInOrderWithItsHash()
    {
        await using FeedRig rig = await FeedRig.StartAsync(Folder);
        await rig.Feed.AgreeAsync(CancellationToken.None).WaitAsync(FeedRig.Patience);
        var heard = new ConcurrentQueue<LineEventPublished>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HostReceiveEndpointHandle endpoint = ((IBusControl)rig.Bus).ConnectReceiveEndpoint("watcher", configurator =>
        {
            configurator.ConcurrentMessageLimit = 1;
            configurator.Handler<LineEventPublished>(context =>
            {
                heard.Enqueue(context.Message);
                if (context.Message.Seq == 40)
                {
                    all.TrySetResult();
                }

                return Task.CompletedTask;
            });
        });
        await endpoint.Ready;

        rig.Record(40);
        await all.Task.WaitAsync(FeedRig.Patience);
        await rig.DrainAsync();

        Assert.That(heard.Select(e => e.Seq), Is.EqualTo(Enumerable.Range(1, 40)));
        Assert.That(
            heard.Select(e => System.Text.Json.JsonDocument.Parse(e.CloudEvent).RootElement
                .GetProperty("hash").GetString()),
            Is.EqualTo(new LedgerReader(LedgerPath).Events(new EventQuery()).Select(r => r.Hash)));
    }

    [Test]
    public void Options_OutOfRange_AreAllNamed()
    {
        void Configure(MessagingOptions options)
        {
            options.Linger = TimeSpan.FromSeconds(2);
            options.ResendAfter = TimeSpan.Zero;
            options.MaxResendAfter = TimeSpan.FromTicks(-1);
            options.PublishTimeout = TimeSpan.Zero;
            options.MaxUnconfirmedSegments = 0;
            options.MaxSegmentEvents = 501;
        }

        Assert.That(
            () => new ServiceCollection().AddCoatLineMessaging(Configure),
            Throws.ArgumentException.With.Message.Contains("Linger").And.Message.Contains("ResendAfter is")
                .And.Message.Contains("MaxResendAfter").And.Message.Contains("PublishTimeout")
                .And.Message.Contains("MaxUnconfirmedSegments").And.Message.Contains("MaxSegmentEvents"));
    }
}
