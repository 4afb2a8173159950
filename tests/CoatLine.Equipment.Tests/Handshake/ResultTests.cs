using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class ResultTests
{
    private static readonly (string, Variant)[] Cycle =
    [
        ("ContainerId", Variant.Of("J-B-0001-BASE")),
        ("CycleIndex", Variant.Of(3)),
        ("RevSpeedMean", Variant.Of(1999.5)),
        ("StepSeconds", Variant.Of(180.0)),
    ];

    [Test]
    public async Task Result_LatchedWhileWaiting_IsReadWholeWithTimesAndQuality()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        Task<PhaseResult> waiting = test.AwaitResultAsync();
        Assert.That(waiting.IsCompleted, Is.False);
        test.Mixer.Finish(Cycle);

        // No network time passes: the report wakes the wait.
        PhaseResult result = await waiting;
        Assert.That(result.Id, Is.EqualTo(LineUnderTest.Id));
        Assert.That(result.Code, Is.EqualTo(ResultCode.Completed));
        Assert.That(result.EndedAt - result.StartedAt, Is.EqualTo(TimeSpan.FromSeconds(180)));
        Assert.That(result.Values.Select(v => v.Name), Is.EqualTo(new[]
        {
            "ContainerId", "StageId", "CycleIndex", "RevSpeedMean", "RevSpeedMin", "RevSpeedMax", "StepSeconds",
            "RampSeconds", "SlurryTempStart", "SlurryTempPeak", "SlurryTempEnd", "VibrationMax",
        }));
        Assert.That(
            result.Values.Single(v => v.Name == "RevSpeedMean"),
            Is.EqualTo(new ResultValue("RevSpeedMean", 1999.5, true, PlcMemory.Now)));
        const string wholeBlock = "read Mixer.Result.Id Mixer.Result.Phase";
        Assert.That(
            test.Server.Calls.Count(c => c.StartsWith(wholeBlock, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Result_LatchedBeforeWaiting_IsReadAtOnce()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish(Cycle);
        PhaseResult result = await test.AwaitResultAsync();
        Assert.That(result.Code, Is.EqualTo(ResultCode.Completed));
    }

    [Test]
    public async Task Result_NotReported_IsFoundByTheSafetyRead()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Server.IsMute = true;
        Task<PhaseResult> waiting = test.AwaitResultAsync();
        test.Mixer.Finish(Cycle);
        Assert.That((await test.CompleteAsync(waiting)).Code, Is.EqualTo(ResultCode.Completed));
    }

    [Test]
    public async Task Result_ReplacedWhileItIsRead_IsNotTakenForTheOther()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish(Cycle);
        int reads = 0;
        test.Server.Serving = call =>
        {
            // The block is read with our id still in front, and another result is latched right after it.
            if (call == "read Mixer.Result.Id" && ++reads == 1)
            {
                test.Mixer.Set("Result.Id", Variant.Of(99ul));
            }
        };
        Assert.That(
            () => test.CompleteAsync(test.AwaitResultAsync()),
            Throws.InstanceOf<LineContractException>().With.Message.EqualTo(
                "Mixer neither runs request 1122334455667788 nor has its result: "
                + "Active.Id is 0000000000000000, Result.Id is 0000000000000063"));
    }

    [Test]
    public async Task Result_LatchedAnewWhileItIsRead_IsReadAgain()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish(("RevSpeedMean", Variant.Of(1.0)));
        int reads = 0;
        test.Server.Serving = call =>
        {
            if (call == "read Mixer.Result.Id" && ++reads == 1)
            {
                test.Mixer.Set("Result.Id", Variant.Of(0ul));
            }
            else if (call.StartsWith("read Mixer.Active.Id", StringComparison.Ordinal) && reads == 1)
            {
                test.Mixer.Set("Result.RevSpeedMean", Variant.Of(2000.0));
                test.Mixer.Set("Result.Id", Variant.Of(LineUnderTest.Id.Value));
            }
        };
        PhaseResult result = await test.CompleteAsync(test.AwaitResultAsync());
        Assert.That(result.Values.Single(v => v.Name == "RevSpeedMean").Value, Is.EqualTo(2000.0));
    }

    [Test]
    public async Task Result_UnitThatKnowsNothingOfTheRequest_BreaksTheContract()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        Assert.That(
            () => test.CompleteAsync(test.AwaitResultAsync()),
            Throws.InstanceOf<LineContractException>().With.Message.StartsWith("Mixer neither runs"));
    }

    [Test]
    public async Task Result_LinkLostWhileWaiting_EndsTheWaitAtOnceAndTheResultIsThereAfterwards()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        Task<PhaseResult> waiting = test.AwaitResultAsync();
        test.Server.Cut();
        Assert.That(
            async () => await waiting,
            Throws.InstanceOf<LineUnreachableException>().With.Message.EqualTo(
                "Mixer: the link was lost while waiting for a result: connection reset by peer"));

        test.Mixer.Finish(Cycle);
        test.Server.Restore();
        Assert.That((await test.AwaitResultAsync()).Code, Is.EqualTo(ResultCode.Completed));
    }

    [Test]
    public async Task Result_PlcStandsStill_IsUnreachable()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        Assert.That(
            () => test.CompleteAsync(test.AwaitResultAsync(), plcLives: false),
            Throws.InstanceOf<LineUnreachableException>().With.Message.StartsWith(
                "Mixer.Heartbeat.Plc has stood still for"));
    }

    [Test]
    public async Task Result_WaitCancelled_EndsAtOnce()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        using var cancel = new CancellationTokenSource();
        Task<PhaseResult> waiting = test.Line.AwaitResultAsync(Unit.Mixer, LineUnderTest.Id, cancel.Token);
        await cancel.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }
}
