using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tests.Plc;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class ResultQualityTests
{
    private static readonly (string, Variant)[] Cycle =
    [
        ("ContainerId", Variant.Of("J-B-0001-BASE")),
        ("CycleIndex", Variant.Of(3)),
        ("RevSpeedMean", Variant.Of(1999.5)),
        ("StepSeconds", Variant.Of(180.0)),
    ];

    [Test]
    public async Task Result_OfTheOtherPhaseOfTheUnit_IsLeftOut()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        var balance = new ScriptedPlc(test.Server, Unit.Balance);
        var request = new PhaseRequest(Unit.Balance, PhaseKind.WeighPunch, LineUnderTest.Id, 1,
        [
            new PhaseParameter("SheetId", "S-B-0001-1"),
            new PhaseParameter("PunchArea", 2.0),
            new PhaseParameter("SampleCount", 3),
        ]);
        await test.CompleteAsync(test.Line.RequestAsync(request, CancellationToken.None));
        await test.CompleteAsync(test.Line.StartAsync(Unit.Balance, LineUnderTest.Id, CancellationToken.None));
        balance.Finish(
            ("PunchMass", Variant.Of(new[] { 6.2, 6.3, 6.1 })),
            ("CalDue", Variant.Of(new DateTime(2026, 12, 31, 0, 0, 0, DateTimeKind.Utc))));
        PhaseResult result = await test.Line.AwaitResultAsync(
            Unit.Balance, LineUnderTest.Id, CancellationToken.None);
        Assert.That(result.Values.Select(v => v.Name), Is.EquivalentTo(
            new[] { "PunchMass", "PunchArea", "CalDue", "BalanceId" }));
        Assert.That(result.Values.Single(v => v.Name == "PunchMass").Value, Is.EqualTo(new[] { 6.2, 6.3, 6.1 }));
        Assert.That(
            result.Values.Single(v => v.Name == "CalDue").Value,
            Is.EqualTo(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero)));
    }

    [TestCase(0x80000000u)]
    [TestCase(0x40930000u)]
    [TestCase(0x00960000u)]
    public async Task Result_ValueNotPlainlyGood_IsNotGoodAndHasNoValue(uint status)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish(Cycle);
        test.Server.Set(
            "Mixer.Result.RevSpeedMean", new DataValue(Variant.Of(2000.0), new StatusCode(status), PlcMemory.Now));
        PhaseResult result = await test.AwaitResultAsync();
        Assert.That(
            result.Values.Single(v => v.Name == "RevSpeedMean"),
            Is.EqualTo(new ResultValue("RevSpeedMean", null, false, PlcMemory.Now)));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public async Task Result_NoNumber_IsNotGood(double value)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish(("RevSpeedMean", Variant.Of(value)));
        PhaseResult result = await test.AwaitResultAsync();
        Assert.That(result.Values.Single(v => v.Name == "RevSpeedMean").Good, Is.False);
    }

    [Test]
    public async Task Result_CommonValueNotGood_IsNamedAndTheCodeIsNone()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish(Cycle);
        test.Mixer.SetBad("Result.Code", StatusCodes.BadDeviceFailure);
        PhaseResult result = await test.AwaitResultAsync();
        Assert.That(result.Code, Is.EqualTo(ResultCode.None));
        Assert.That(result.Values.Where(v => !v.Good).Select(v => v.Name), Is.EqualTo(new[] { "Code" }));
    }

    [Test]
    public async Task Result_ValueOfAnotherType_BreaksTheContract()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Finish(("RevSpeedMean", Variant.Of(2000f)));
        Assert.That(
            () => test.AwaitResultAsync(),
            Throws.InstanceOf<LineContractException>().With.Message.EqualTo(
                "Mixer.Result.RevSpeedMean is Float, the tag contract says Double"));
    }

    [Test]
    public async Task Result_IdsStayBad_IsUnreachable()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.SetBad("Active.Id", StatusCodes.BadNoCommunication);
        Assert.That(
            () => test.CompleteAsync(test.AwaitResultAsync()),
            Throws.InstanceOf<LineUnreachableException>().With.Message.EqualTo(
                "Mixer.Active.Id cannot be read: BadNoCommunication"));
    }
}
