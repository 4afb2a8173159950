using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Tests.Server;

internal sealed class MonitoredItemTests : SubscriptionFixture
{
    [Test]
    public async Task FirstMessage_CarriesThePresentValueWithHandleAndTimes()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, Line.Count);
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
        await MonitorAsync(await SubscribeAsync(), Line.Count);
        for (var i = 2; i <= 5; i++)
        {
            LineServer.Set(Line.Count, Variant.Of(i));
        }

        LineServer.Set(Line.Count, Variant.Of(5));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 1, 2, 3, 4, 5 }));
    }

    [TestCase(true, new[] { 4, 5, 6 }, 0)]
    [TestCase(false, new[] { 1, 2, 6 }, 2)]
    public async Task Queue_ThatOverflows_KeepsTheRightEndAndMarksTheGap(bool discardOldest, int[] kept, int marked)
    {
        await MonitorAsync(await SubscribeAsync(), Line.Count, queue: 3, discardOldest: discardOldest);
        for (var i = 2; i <= 6; i++)
        {
            LineServer.Set(Line.Count, Variant.Of(i));
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
        await MonitorAsync(await SubscribeAsync(), Line.Count, queue: 0);
        LineServer.Set(Line.Count, Variant.Of(9));
        Tick();
        var value = Values(await PublishAsync()).Single();
        Assert.That((value.Value, value.Status), Is.EqualTo((Variant.Of(9), StatusCodes.Good)));
    }

    [Test]
    public async Task Sampling_SlowerThanTheChanges_TakesTheLatestWhenItIsDue()
    {
        await MonitorAsync(await SubscribeAsync(), Line.Count, samplingMs: 250);
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 1 }));
        LineServer.Set(Line.Count, Variant.Of(2));
        LineServer.Set(Line.Count, Variant.Of(3));
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
            (await MonitorAsync(id, Line.Speed, filter: new DataChangeFilter
            {
                Trigger = DataChangeTrigger.StatusValue, DeadbandType = DeadbandType.Absolute, DeadbandValue = 2,
            })).StatusCode,
            Is.EqualTo(StatusCodes.Good));
        foreach (var speed in new[] { 12.0, 12.5, 13.0, 10.5 })
        {
            LineServer.Set(Line.Speed, Variant.Of(speed));
        }

        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(new object[] { 10.0, 12.5 }), "2 off is not more than 2");
    }

    [Test]
    public async Task Deadband_InPercent_CountsOfTheRange()
    {
        // 5 % of 0..200 are 10.
        await MonitorAsync(await SubscribeAsync(), Line.Speed, filter: new DataChangeFilter
        {
            Trigger = DataChangeTrigger.StatusValue, DeadbandType = DeadbandType.Percent, DeadbandValue = 5,
        });
        foreach (var speed in new[] { 20.0, 20.1, 30.1, 30.2 })
        {
            LineServer.Set(Line.Speed, Variant.Of(speed));
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
            (await MonitorAsync(id, Line.Count, filter: percent)).StatusCode,
            Is.EqualTo(StatusCodes.BadDeadbandFilterInvalid));
        Assert.That(
            (await MonitorAsync(id, Line.Text, filter: percent)).StatusCode,
            Is.EqualTo(StatusCodes.BadFilterNotAllowed));
    }

    [Test]
    public async Task Item_ThatOnlySamples_ReportsWhatItHasOnceItMay()
    {
        var id = await SubscribeAsync(keepAlive: 1);
        var item = await MonitorAsync(id, Line.Count, mode: MonitoringMode.Sampling);
        LineServer.Set(Line.Count, Variant.Of(2));
        Tick();
        Assert.That(Values(await PublishAsync()), Is.Empty, "a keep-alive");
        var results = await Client.SendAsync<SetMonitoringModeResponse>(
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
        var item = await MonitorAsync(id, Line.Count);
        await Client.SendAsync<DeleteMonitoredItemsResponse>(
            new DeleteMonitoredItemsRequest { SubscriptionId = id, MonitoredItemIds = [item.MonitoredItemId] }, Token);
        LineServer.Set(Line.Count, Variant.Of(2));
        Tick();
        Assert.That(Values(await PublishAsync()), Is.Empty);
    }

    [Test]
    public async Task ComputedVariable_IsSampledByThePublishingTimer()
    {
        var id = await SubscribeAsync();
        await MonitorAsync(id, Line.Space.Variable(VariableIds.Server_ServerStatus_CurrentTime));
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
        await MonitorAsync(await SubscribeAsync(), Line.Count, queue: 1000);
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
                    LineServer.Set(Line.Count, Variant.Of(value));
                }
            }
        })));
        Tick();
        Assert.That(Numbers(await PublishAsync()), Is.EqualTo(written));
    }
}
