using CoatLine.Domain.Execution;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class SnapshotTests
{
    [Test]
    public async Task Read_RunningUnit_SaysItAllInOneServiceCall()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.Set("Active.Elapsed", Variant.Of(95.5));
        test.Mixer.Set("Interlock", Variant.Of(2u));
        test.Server.Calls.Clear();
        UnitSnapshot snapshot = await test.Line.ReadAsync(Unit.Mixer, CancellationToken.None);
        Assert.That(snapshot, Is.EqualTo(new UnitSnapshot(
            Unit.Mixer,
            PackMlState.Execute,
            LineUnderTest.Id,
            RequestId.None,
            LineUnderTest.Id,
            AckCode.Accepted,
            OwnerEpoch: 7,
            Elapsed: 95.5,
            Interlock: 2,
            LineUnderTest.LineNow)));
        Assert.That(test.Server.Calls, Has.Count.EqualTo(1));
    }

    [TestCase("Active.Id")]
    [TestCase("Result.Id")]
    [TestCase("Ack.Id")]
    [TestCase("Owner.Epoch")]
    [TestCase("Interlock")]
    public async Task Read_ValueThatDecidesIsNotGood_IsUnreachableNotNone(string tag)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.SetBad(tag, StatusCodes.BadNoCommunication);
        Assert.That(
            () => test.Line.ReadAsync(Unit.Mixer, CancellationToken.None),
            Throws.InstanceOf<LineUnreachableException>().With.Message.EqualTo(
                $"Mixer.{tag} cannot be read: BadNoCommunication"));
    }

    [Test]
    public async Task Read_StateNotGood_IsUndefined()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.SetBad("State.Current", StatusCodes.BadSensorFailure);
        test.Mixer.SetBad("Active.Elapsed", StatusCodes.BadSensorFailure);
        UnitSnapshot snapshot = await test.Line.ReadAsync(Unit.Mixer, CancellationToken.None);
        Assert.That(snapshot.State, Is.EqualTo(PackMlState.Undefined));
        Assert.That(snapshot.Elapsed, Is.NaN);
    }

    [Test]
    public async Task Read_MissingNode_BreaksTheContract()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Server.Remove("Mixer.Owner.Epoch");
        Assert.That(
            () => test.Line.ReadAsync(Unit.Mixer, CancellationToken.None),
            Throws.InstanceOf<LineContractException>().With.Message.Contains("Mixer.Owner.Epoch"));
    }

    [Test]
    public async Task Read_LinkDown_IsUnreachable()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Server.Cut();
        Assert.That(
            () => test.Line.ReadAsync(Unit.Mixer, CancellationToken.None),
            Throws.InstanceOf<LineUnreachableException>());
    }
}
