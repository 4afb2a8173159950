using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tests.Handshake;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Wire;

/// <summary>The whole way over TCP: handshake, reports, lost links, restarted servers.</summary>
[CancelAfter(60_000)]
public sealed class WiredLineTests
{
    [Test]
    public async Task Line_WholePhase_RunsAndGivesItsResult(CancellationToken cancellationToken)
    {
        await using WiredLine test = await WiredLine.StartAsync();
        await StartMixCycleAsync(test, cancellationToken);
        Task<PhaseResult> waiting = test.Line.AwaitResultAsync(Unit.Mixer, LineUnderTest.Id, cancellationToken);
        test.Mixer.Finish(("RevSpeedMean", Variant.Of(1999.5)), ("StepSeconds", Variant.Of(180.0)));
        PhaseResult result = await waiting;

        Assert.That(result.Code, Is.EqualTo(ResultCode.Completed));
        Assert.That(result.Values.Select(v => v.Good), Is.All.True);
        Assert.That(result.Values.Single(v => v.Name == "StepSeconds").Value, Is.EqualTo(180.0));
        await test.Line.ResetAsync(Unit.Mixer, cancellationToken);
        UnitSnapshot snapshot = await test.Line.ReadAsync(Unit.Mixer, cancellationToken);
        Assert.That(snapshot.State, Is.EqualTo(PackMlState.Idle));
        Assert.That(snapshot.ResultId, Is.EqualTo(LineUnderTest.Id));
    }

    [Test]
    public async Task Line_EchoMismatchRefusalAndDuplicate_AreTold(CancellationToken cancellationToken)
    {
        await using WiredLine test = await WiredLine.StartAsync();
        test.Mixer.Refusal = (AckCode.Interlocked, "lid is open");
        RequestAnswer refused = await test.Line.RequestAsync(
            LineUnderTest.MixCycle(new RequestId(1)), cancellationToken);
        Assert.That((refused.Code, refused.Text), Is.EqualTo((AckCode.Interlocked, "lid is open")));

        test.Mixer.Refusal = null;
        test.Mixer.Latched = () => test.Mixer.Set("Active.StepTimeSP", Variant.Of(179.0));
        RequestAnswer differs = await test.Line.RequestAsync(
            LineUnderTest.MixCycle(new RequestId(2)), cancellationToken);
        Assert.That(differs.EchoDifferences, Is.EqualTo(new[] { new EchoDifference("StepTimeSP", "180", "179") }));

        await test.Line.RequestAsync(LineUnderTest.MixCycle(new RequestId(2)), cancellationToken);
        Assert.That(test.Mixer.Accepted, Is.EqualTo(new ulong[] { 2 }));
    }

    [Test]
    public async Task Line_LateAnswer_IsWaitedFor(CancellationToken cancellationToken)
    {
        await using WiredLine test = await WiredLine.StartAsync();
        test.Mixer.IsSilent = true;
        Task<RequestAnswer> sent = test.Line.RequestAsync(LineUnderTest.MixCycle(), cancellationToken);
        await UntilAsync(() => test.Mixer.Get<ulong>("Request.Id") == LineUnderTest.Id.Value, cancellationToken);
        Assert.That(sent.IsCompleted, Is.False);
        test.Mixer.AnswerNow();
        Assert.That((await sent).Code, Is.EqualTo(AckCode.Accepted));
    }

    [Test]
    public async Task Line_BadValueInTheResult_IsNotGood(CancellationToken cancellationToken)
    {
        await using WiredLine test = await WiredLine.StartAsync();
        await StartMixCycleAsync(test, cancellationToken);
        test.Mixer.SetBad("Result.SlurryTempPeak", StatusCodes.BadSensorFailure);
        test.Mixer.Finish();
        PhaseResult result = await test.Line.AwaitResultAsync(Unit.Mixer, LineUnderTest.Id, cancellationToken);
        Assert.That(result.Values.Where(v => !v.Good).Select(v => v.Name), Is.EqualTo(new[] { "SlurryTempPeak" }));
    }

    [Test]
    public async Task Line_LiveValue_ReachesWaitAndDisplay(CancellationToken cancellationToken)
    {
        await using WiredLine test = await WiredLine.StartAsync();
        var shown = new TaskCompletionSource<LiveValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        test.Line.LiveChanged += v =>
        {
            if (v is { Unit: Unit.Mixer, Name: "SlurryTemp", Value: 34.5 })
            {
                shown.TrySetResult(v);
            }
        };
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(50.0));
        Task<LiveValue> waiting = test.Line.AwaitAtMostAsync(Unit.Mixer, "SlurryTemp", 35, cancellationToken);
        test.Mixer.Set("Live.SlurryTemp", Variant.Of(34.5));
        Assert.That((await waiting).Value, Is.EqualTo(34.5));
        Assert.That((await shown.Task.WaitAsync(cancellationToken)).Value, Is.EqualTo(34.5));
    }

    [Test]
    public async Task Line_ServerRestartedWithOtherNamespaceIndexes_GoesOnWhereItWas(
        CancellationToken cancellationToken)
    {
        await using WiredLine test = await WiredLine.StartAsync();
        await StartMixCycleAsync(test, cancellationToken);
        Task<PhaseResult> waiting = test.Line.AwaitResultAsync(Unit.Mixer, LineUnderTest.Id, cancellationToken);
        await test.Server.StopAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<LineUnreachableException>());

        // The wait may end a moment before the link is told to be down.
        await test.LinkAsync(isUp: false).WaitAsync(cancellationToken);
        await test.Server.RestartAsync();
        await test.LinkAsync(isUp: true).WaitAsync(cancellationToken);
        UnitSnapshot snapshot = await test.Line.ReadAsync(Unit.Mixer, cancellationToken);
        Assert.That(snapshot.ActiveId, Is.EqualTo(LineUnderTest.Id));

        // The report comes over the subscription of the new session.
        Task<PhaseResult> again = test.Line.AwaitResultAsync(Unit.Mixer, LineUnderTest.Id, cancellationToken);
        test.Mixer.Finish();
        Assert.That((await again).Code, Is.EqualTo(ResultCode.Completed));
        Assert.That(test.Mixer.Started, Has.Count.EqualTo(1));
        Assert.That(test.Connection.State.Session, Is.EqualTo(2));
    }

    [Test]
    public async Task Line_RepeatedRestarts_LeaveOneSessionAndItsSubscriptions(CancellationToken cancellationToken)
    {
        await using WiredLine test = await WiredLine.StartAsync();
        for (int restart = 0; restart < 3; restart++)
        {
            await test.Server.StopAsync();
            await test.LinkAsync(isUp: false).WaitAsync(cancellationToken);
            await test.Server.RestartAsync();
            await test.LinkAsync(isUp: true).WaitAsync(cancellationToken);
        }

        Assert.That(test.Server.Server.SessionCount, Is.EqualTo(1));
        Assert.That(test.Server.Server.SubscriptionCount, Is.EqualTo(3));
    }

    private static async Task StartMixCycleAsync(WiredLine test, CancellationToken cancellationToken)
    {
        RequestAnswer answer = await test.Line.RequestAsync(LineUnderTest.MixCycle(), cancellationToken);
        Assert.That(answer.EchoDifferences, Is.Empty);
        await test.Line.StartAsync(Unit.Mixer, LineUnderTest.Id, cancellationToken);
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
