using CoatLine.Domain.Events;
using CoatLine.Messaging;
using CoatLine.Messaging.Contracts;
using MassTransit;

namespace CoatLine.Ledger.Tests.Feeding;

/// <summary>What is recorded arrives, whatever happens to the messages and to the ledger meanwhile.</summary>
[TestFixture]
internal sealed class FeedFaultTests : FeedFixture
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task Feed_SegmentsLostRepeatedReorderedAndSpoilt_AllArriveExactlyOnce(int seed)
    {
        const int FaultsEnd = 120;
        var random = new Random(seed);
        SegmentFate Decide(int count, LedgerSegment segment) => count > FaultsEnd
            ? SegmentFate.Deliver
            : random.Next(10) switch
            {
                0 or 1 => SegmentFate.Drop,
                2 or 3 => SegmentFate.DeliverTwice,
                4 or 5 => SegmentFate.DeliverAfterTheNext,
                6 => SegmentFate.Spoil,
                _ => SegmentFate.Deliver,
            };

        await using FeedRig rig = await FeedRig.StartAsync(
            Folder, new FeedFaults { MaxSegmentEvents = 5, Segment = Decide });
        rig.Record(300);

        await rig.UntilAsync(s => s.ConfirmedSeq == 300);

        AssertLedgerIs(rig, 300);
    }

    [Test]
    public async Task Feed_LedgerFailsForAWhile_SaysSoAndCatchesUp()
    {
        var repaired = new TaskCompletionSource();
        await using FeedRig rig = await FeedRig.StartAsync(Folder, new FeedFaults
        {
            Ledger = (_, append) => repaired.Task.IsCompleted
                ? append()
                : throw new LedgerException(LedgerFault.Unavailable, "no room left on the disk"),
        });
        rig.Record(50);

        FeedStatus waiting = await rig.UntilAsync(s => s.State == FeedState.Waiting);
        Assert.That(waiting.Reason, Does.Contain("no room left"));
        Assert.That(rig.Journal.ConfirmedSeq, Is.Zero);
        Assert.That(rig.Journal.Read(0, 100), Has.Count.EqualTo(50), "nothing is retired before it is confirmed");
        repaired.SetResult();
        await rig.DrainAsync();

        AssertLedgerIs(rig, 50);
        Assert.That(rig.Journal.Read(0, 100), Is.Empty, "facts of the line itself are retired once confirmed");
        await rig.UntilAsync(s => s.State == FeedState.Following);
    }

    [Test]
    public async Task Feed_ConsumerThrowsSomethingUnforeseen_IsNotTheEndOfIt()
    {
        await using FeedRig rig = await FeedRig.StartAsync(Folder, new FeedFaults
        {
            Ledger = (call, append) => call < 3 ? throw new InvalidOperationException("surprise") : append(),
        });
        rig.Record(10);

        await rig.DrainAsync();

        AssertLedgerIs(rig, 10);
    }

    [Test]
    public async Task Feed_PoisonOnTheBus_IsParkedAndBlocksNothing()
    {
        await using FeedRig rig = await FeedRig.StartAsync(Folder);
        await rig.Feed.AgreeAsync(CancellationToken.None).WaitAsync(FeedRig.Patience);
        var zero = new string('0', 64);
        var bad = new SegmentEvent("id", "type", "", DateTimeOffset.UnixEpoch, [1, 2, 3], zero);

        await rig.Bus.Publish(new LedgerSegment("line-1", 1, zero, 999, [bad]));
        await rig.Bus.Publish(new LedgerSegment("line-1", 1, "no hash", 999, [bad]));
        await rig.Bus.Publish(new LedgerSegment("line-1", 1, zero, 999, []));
        await rig.Bus.Publish(new LedgerSegment("line-1", 1, zero, 999, null!));
        await rig.Bus.Publish(new LedgerSegment("NO LINE", 1, zero, 999, [bad]));
        FeedStatus status = await rig.UntilAsync(s => s.Parked.Length == 4);
        rig.Record(20);
        await rig.DrainAsync();

        Assert.That(
            status.Parked.Select(p => p.Verdict),
            Is.EqualTo(new[] { "Malformed", "Unreadable", "Unreadable", "Unreadable" }));
        Assert.That(status.Parked.Select(p => p.Reason), Has.None.Empty);
        AssertLedgerIs(rig, 20);
    }

    [Test]
    public async Task Feed_SegmentSpoiltEachTime_IsReportedAndArrivesOnceThatEnds()
    {
        bool spoil = true;
        await using FeedRig rig = await FeedRig.StartAsync(Folder, new FeedFaults
        {
            // The filter publishes the spoilt copy, which comes by again and is let through: every other one is bad.
            Segment = (_, segment) => Volatile.Read(ref spoil) && segment.Events[0].Payload[^1] == (byte)'}'
                ? SegmentFate.Spoil
                : SegmentFate.Deliver,
        });
        rig.Record(9);

        FeedStatus status = await rig.UntilAsync(s => s.State == FeedState.Faulted);
        Assert.That(status.Reason, Does.Contain("Malformed"));
        Volatile.Write(ref spoil, false);
        await rig.UntilAsync(s => s.State == FeedState.Following && s.ConfirmedSeq == 9);

        AssertLedgerIs(rig, 9);
    }

    [Test]
    public async Task Feed_LedgerStandsStill_SendsNoMoreThanTheWindow()
    {
        using var gate = new SemaphoreSlim(0);
        await using FeedRig rig = await FeedRig.StartAsync(Folder, new FeedFaults
        {
            MaxSegmentEvents = 2,
            Ledger = (_, append) =>
            {
                gate.Wait(FeedRig.Patience);
                gate.Release();
                return append();
            },
        });
        await rig.Feed.AgreeAsync(CancellationToken.None).WaitAsync(FeedRig.Patience);
        var sent = new SegmentCount();
        rig.Bus.ConnectPublishObserver(sent);
        rig.Record(200);

        int beforeTheResend = -1;
        await rig.UntilAsync(status =>
        {
            beforeTheResend = sent.Count;
            return status.State == FeedState.Waiting;
        });
        gate.Release();
        await rig.DrainAsync();

        Assert.That(beforeTheResend, Is.InRange(1, new MessagingOptions().MaxUnconfirmedSegments));
        AssertLedgerIs(rig, 200);
    }

    private sealed class SegmentCount : IPublishObserver
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class
        {
            if (context.Message is LedgerSegment)
            {
                Interlocked.Increment(ref _count);
            }

            return Task.CompletedTask;
        }

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
